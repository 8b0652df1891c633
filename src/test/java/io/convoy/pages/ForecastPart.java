package io.convoy.pages;

import io.convoy.plan.EpochSteps;
import io.convoy.plan.Forecast;
import io.convoy.plan.PlannedCluster;
import io.convoy.plan.RoundTime;
import io.convoy.plan.StepTime;
import io.convoy.plan.Workload;
import java.util.List;
import java.util.Locale;

/** What {@code plan} predicts for large clusters, from what was measured on two cores. */
final class ForecastPart {
  /** Of conv48x2 between two executors of one core: their epoch less half of one executor's. */
  private static final double ROUND_SECONDS = 0.08;

  private static final long PARAMETER_BYTES = 7_928_177L * Float.BYTES;

  /** Of 64 images of conv48x2 in float32, on two threads; the half of it on each. */
  private static final double STEP_SECONDS = 0.084;

  private static final int CORES = 2;
  private static final int BATCH = 64;
  private static final int IMAGES = 1_000_000;
  private static final List<Integer> EXECUTORS = List.of(2, 8, 64);
  private static final List<Integer> GIGABITS = List.of(10, 25);

  private ForecastPart() {}

  static String text() {
    RoundTime round =
        new RoundTime(ROUND_SECONDS, PARAMETER_BYTES, 2 * PARAMETER_BYTES, RoundTime.Factored.NONE);
    EpochSteps steps =
        new EpochSteps(
            new Workload(IMAGES, BATCH),
            new StepTime(CORES * STEP_SECONDS, STEP_SECONDS, CORES, 1));
    Forecast forecast = new Forecast("conv48x2", steps, steps, round);
    StringBuilder table =
        new StringBuilder(
            "| executors | Gbit/s | s a round | MB an executor sends | times as fast, averaged each"
                + " minibatch | every 4 | every 16 |\n|---|---|---|---|---|---|---|\n");
    for (int executors : EXECUTORS) {
      for (int gigabits : GIGABITS) {
        PlannedCluster cluster = new PlannedCluster(executors, CORES, gigabits);
        table.append(
            String.format(
                Locale.ROOT,
                "| %d | %d | %.2f | %.1f | %.1f | %.1f | %.1f |\n",
                executors,
                gigabits,
                round.seconds(cluster, 1),
                2 * round.bytesToExecutor(cluster, 1) / 1e6,
                forecast.speedUp(cluster, 1),
                forecast.speedUp(cluster, 4),
                forecast.speedUp(cluster, 16)));
      }
    }
    return table.toString();
  }
}
