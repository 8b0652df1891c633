package io.convoy.averaging;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.convoy.augment.EpochAugmentation;
import io.convoy.dataset.Examples;
import io.convoy.dataset.Split;
import io.convoy.dataset.SyntheticExamples;
import io.convoy.engine.Targets;
import io.convoy.network.Network;
import io.convoy.network.NetworkBuilder;
import io.convoy.optimizer.LearningRate;
import io.convoy.progress.Progress;
import io.convoy.settings.Activation;
import io.convoy.settings.Architecture;
import io.convoy.settings.AveragingFrequency;
import io.convoy.settings.BatchOf;
import io.convoy.settings.Layer;
import io.convoy.settings.Loss;
import io.convoy.settings.Optimizer;
import io.convoy.settings.Precision;
import io.convoy.settings.Schedule;
import io.convoy.settings.UpdaterState;
import io.convoy.spark.CountedTasks;
import io.convoy.spark.SharedSpark;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobEnd;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Workers that are lost, on a clock that the test sets: each round takes 25 seconds of it. */
class ResidentMasterTest {
  private static final String RUN = "of the test";
  private static final Duration ROUND = Duration.ofSeconds(25);
  private static final int EXAMPLES = 96;

  /** Of two minibatches of each worker. */
  private static final int ROUNDS = 6;

  @TempDir static Path folder;

  private static Examples training;
  private final JavaSparkContext context = SharedSpark.context();

  @BeforeAll
  static void writeExamples() {
    training = SyntheticExamples.write(folder, Split.TRAIN, EXAMPLES, 12, 10);
  }

  static Stream<WorkerPlan> plans() {
    return Stream.of(
        plan(8, 1, BatchOf.WORKER, UpdaterState.KEPT),
        plan(8, 1, BatchOf.WORKER, UpdaterState.AVERAGED),
        plan(8, 1, BatchOf.ALL_WORKERS, UpdaterState.KEPT),
        plan(4, 2, BatchOf.ALL_WORKERS, UpdaterState.KEPT));
  }

  private static WorkerPlan plan(
      int batch, int frequency, BatchOf batchOf, UpdaterState updaterState) {
    return new WorkerPlan(
        2,
        1,
        Precision.FLOAT32,
        batch,
        batchOf,
        AveragingFrequency.always(frequency),
        updaterState,
        0,
        5);
  }

  @ParameterizedTest
  @MethodSource("plans")
  void workersThatAreLostTrainAgainToTheSameNumbers(WorkerPlan plan) throws TimeoutException {
    Trained undisturbed = train(plan, List.of());
    Trained disturbed = train(plan, List.of(2, 5));
    assertArrayEquals(undisturbed.parameters, disturbed.parameters);
    assertArrayEquals(undisturbed.state, disturbed.state);
    assertEquals(undisturbed.losses, disturbed.losses);
  }

  /** The driver is given what workers go on with at the end of the fourth round, after a minute. */
  @Test
  void whatIsTrainedAgainIsAMinuteAtMost() throws TimeoutException {
    WorkerPlan plan = plan(8, 1, BatchOf.WORKER, UpdaterState.KEPT);
    assertEquals(2 * ROUNDS, train(plan, List.of()).jobs);
    // One finds out; then the fifth round, of two, is trained again.
    assertEquals(2 * ROUNDS + 1 + 2, train(plan, List.of(5)).jobs);
  }

  @Test
  void theClockChangesNoNumbers() throws TimeoutException {
    WorkerPlan plan = plan(8, 1, BatchOf.WORKER, UpdaterState.KEPT);
    Trained slow = train(plan, List.of(), Duration.ofMinutes(2));
    assertArrayEquals(train(plan, List.of(), Duration.ZERO).parameters, slow.parameters);
  }

  private record Trained(float[] parameters, float[] state, List<Double> losses, int jobs) {}

  private Trained train(WorkerPlan plan, List<Integer> lost) throws TimeoutException {
    return train(plan, lost, ROUND);
  }

  /**
   * @param lost rounds, from 0, before which all workers are lost
   * @param each what a round takes
   */
  private Trained train(WorkerPlan plan, List<Integer> lost, Duration each)
      throws TimeoutException {
    Network network =
        NetworkBuilder.configuration(
                new Architecture(
                    "small",
                    List.of(new Layer.Dense(8, Activation.RELU)),
                    Loss.CROSS_ENTROPY,
                    new Optimizer.Adam(0.01, 0.9, 0.999, 1e-8),
                    8,
                    1),
                2,
                12,
                10,
                5)
            .initialized();
    Instant[] now = {Instant.EPOCH};
    Jobs jobs = new Jobs();
    List<Double> losses = new ArrayList<>();
    LearningRate rate = new LearningRate(new Schedule.Constant(0), 1);
    List<List<List<int[]>>> rounds = EpochPlan.of(EXAMPLES, plan, 1, 0).rounds();
    try (ParameterAveraging averaging =
            new ParameterAveraging(
                context, RUN, () -> now[0], plan, network, Optional.empty(), List::of);
        CountedTasks counted = new CountedTasks(context.sc(), Progress.NONE)) {
      context.sc().addSparkListener(jobs);
      ParameterAveraging.EpochRounds epoch =
          averaging.epoch(plan, 1, training, EpochAugmentation.NONE, Targets.PLAIN, counted);
      int iterations = 0;
      for (int i = 0; i < ROUNDS; i++) {
        if (lost.contains(i)) {
          Residents.here().end(RUN);
        }
        boolean isLast = i == ROUNDS - 1;
        List<Integer> steps = rounds.get(i).stream().map(List::size).toList();
        losses.add(
            epoch
                .train(
                    rounds.get(i),
                    isLast ? List.of() : rounds.get(i + 1),
                    new RoundLearningRate(rate, 0, 100, i, steps),
                    isLast ? Extent.ALL : epoch.least())
                .lossSum());
        iterations += steps.get(0);
        network.countIterations(iterations);
        now[0] = now[0].plus(each);
      }
      context.sc().listenerBus().waitUntilEmpty();
    } finally {
      context.sc().removeSparkListener(jobs);
    }
    return new Trained(
        network.parameters().toFloatVector(),
        network.updaterState().orElseThrow().toFloatVector(),
        losses,
        jobs.ended.get());
  }

  private static final class Jobs extends SparkListener {
    private final AtomicInteger ended = new AtomicInteger();

    @Override
    public void onJobEnd(SparkListenerJobEnd job) {
      ended.incrementAndGet();
    }
  }
}
