package io.convoy.train;

import io.convoy.averaging.WorkerPlan;
import io.convoy.dataset.Examples;
import io.convoy.engine.Minibatch;
import io.convoy.engine.Natives;
import io.convoy.engine.Predictor;
import io.convoy.evaluate.Predictions;
import io.convoy.image.Rgb;
import io.convoy.network.Network;
import io.convoy.network.NetworkState;
import io.convoy.network.Shape;
import io.convoy.settings.TestTimeAugmentation;
import io.convoy.spark.ExecutorPoll.Executor;
import io.convoy.spark.PinnedRdd;
import io.convoy.spark.SessionExecutors;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.descriptive.rank.Median;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.nd4j.linalg.factory.Nd4j;

/** The predictions of a network for a whole split, computed by the workers. */
final class Scorer {
  static final int BATCH = 64;
  private static final double NANO = 1e-9;

  private final JavaSparkContext context;
  private final WorkerPlan plan;
  private final TestTimeAugmentation testTime;
  private final Supplier<List<Executor>> executors;

  Scorer(
      JavaSparkContext context,
      WorkerPlan plan,
      TestTimeAugmentation testTime,
      Supplier<List<Executor>> executors) {
    this.context = context;
    this.plan = plan;
    this.testTime = testTime;
    this.executors = executors;
  }

  /** Scores a split. */
  Evaluation score(Network network, Examples source) {
    if (source.examples() == 0) {
      return new Evaluation(Predictions.none(source.classes()), null);
    }
    Broadcast<NetworkState> model = context.broadcast(NetworkState.ofParameters(network));
    WorkerPlan how = plan;
    TestTimeAugmentation views = testTime;
    try {
      List<Scored> parts =
          PinnedRdd.of(
                  context.parallelize(
                      ranges(source.examples()), Math.min(plan.workers(), source.examples())),
                  locations())
              .mapPartitions(ranges -> scored(ranges, model.value(), source, how, views))
              .collect();
      return new Evaluation(joined(parts, source), median(parts));
    } finally {
      model.destroy();
    }
  }

  /** One worker alone stays where it trains: other executors may have other trainings. */
  private List<String> locations() {
    return plan.workers() > 1 || context.sc().isLocal()
        ? List.of()
        : executors.get().stream()
            .limit(1)
            .map(executor -> SessionExecutors.location(executor.id(), executor.host()))
            .toList();
  }

  private record Range(int from, int to) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  /**
   * A minibatch.
   *
   * @param steadySeconds an image, where the predictor had had a minibatch of the size before; else
   *     NaN
   */
  private record Scored(int from, float[] probabilities, int[] labels, double steadySeconds)
      implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  private static List<Range> ranges(int examples) {
    List<Range> ranges = new ArrayList<>();
    for (int from = 0; from < examples; from += BATCH) {
      ranges.add(new Range(from, Math.min(from + BATCH, examples)));
    }
    return ranges;
  }

  private static Iterator<Scored> scored(
      Iterator<Range> ranges,
      NetworkState model,
      Examples source,
      WorkerPlan plan,
      TestTimeAugmentation testTime) {
    Natives.useThreads(plan.threads());
    Network network = model.shared();
    List<Scored> scored = new ArrayList<>();
    Set<Integer> sizes = new HashSet<>();
    boolean timed = false;
    Shape image = new Shape(Rgb.CHANNELS, source.layout().height(), source.layout().width());
    try (Predictor predictor =
        Predictor.of(network, image, plan.threads(), plan.precision(), testTime)) {
      while (ranges.hasNext()) {
        Range range = ranges.next();
        int[] positions = IntStream.range(range.from, range.to).toArray();
        Minibatch minibatch = Minibatch.read(source, positions);
        long start = System.nanoTime();
        float[] probabilities = predictor.output(minibatch.pixels()).dup('c').data().asFloat();
        double seconds = (System.nanoTime() - start) * NANO;
        boolean steady = !sizes.add(positions.length);
        if (!steady && !timed && !ranges.hasNext()) {
          start = System.nanoTime();
          predictor.output(minibatch.pixels()).dup('c').data().asFloat();
          seconds = (System.nanoTime() - start) * NANO;
          steady = true;
        }
        timed |= steady;
        minibatch.pixels().close();
        scored.add(
            new Scored(
                range.from,
                probabilities,
                minibatch.classes(),
                steady ? seconds / positions.length : Double.NaN));
      }
    }
    Nd4j.getWorkspaceManager().destroyAllWorkspacesForCurrentThread();
    return scored.iterator();
  }

  private static double median(List<Scored> parts) {
    return new Median()
        .evaluate(
            parts.stream()
                .mapToDouble(Scored::steadySeconds)
                .filter(seconds -> !Double.isNaN(seconds))
                .toArray());
  }

  private static Predictions joined(List<Scored> parts, Examples source) {
    int classes = source.classes();
    int outputs = Predictions.outputs(classes);
    float[] probabilities = new float[source.examples() * outputs];
    int[] labels = new int[source.examples()];
    for (Scored part : parts) {
      System.arraycopy(
          part.probabilities, 0, probabilities, part.from * outputs, part.probabilities.length);
      System.arraycopy(part.labels, 0, labels, part.from, part.labels.length);
    }
    return new Predictions(classes, probabilities, labels);
  }
}
