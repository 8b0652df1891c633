package io.convoy.train;

import io.convoy.averaging.ParameterAveraging;
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
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.descriptive.rank.Median;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.nd4j.linalg.api.memory.MemoryWorkspaceManager;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The predictions of a network for a whole split, computed by the workers: by those that stay with
 * what they have trained, and else with a copy of the driver's network.
 */
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

  /** Scores a split with a network of the driver's. */
  Evaluation score(Network network, Examples source) {
    if (source.examples() == 0) {
      return evaluation(source, List.of());
    }
    Part part = new Part(source, plan, testTime);
    List<Integer> workers = IntStream.range(0, plan.workers()).boxed().toList();
    Broadcast<NetworkState> model = context.broadcast(NetworkState.ofParameters(network));
    try {
      return evaluation(
          source,
          PinnedRdd.of(context.parallelize(workers, workers.size()), locations())
              .map(
                  worker -> {
                    ArrayList<Scored> scored = part.answer(worker, model.value().shared());
                    // What is left of the network's memory goes with the heap's.
                    Nd4j.getMemoryManager().invokeGc();
                    return scored;
                  })
              .collect());
    } finally {
      model.destroy();
    }
  }

  /**
   * Scores a split with the network that workers have trained.
   *
   * @return empty where no workers stay that have it
   */
  Optional<Evaluation> score(ParameterAveraging workers, Examples source) {
    return source.examples() == 0
        ? Optional.of(evaluation(source, List.of()))
        : workers.ask(new Part(source, plan, testTime)).map(answers -> evaluation(source, answers));
  }

  private static Evaluation evaluation(Examples source, List<ArrayList<Scored>> ofWorkers) {
    List<Scored> scored = ofWorkers.stream().flatMap(List::stream).toList();
    return source.examples() == 0
        ? new Evaluation(Predictions.none(source.classes()), null)
        : new Evaluation(joined(scored, source), median(scored));
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

  /** What each worker scores: a part of the split, in whole minibatches as far as they go. */
  private record Part(Examples source, WorkerPlan plan, TestTimeAugmentation testTime)
      implements ParameterAveraging.Inquiry<ArrayList<Scored>> {
    private static final long serialVersionUID = 1L;

    private Shape image() {
      return new Shape(Rgb.CHANNELS, source.layout().height(), source.layout().width());
    }

    /** With a network that is not asked again. */
    ArrayList<Scored> answer(int worker, Network network) {
      Natives.useThreads(plan.threads());
      try (Predictor predictor =
          Predictor.of(network, image(), plan.threads(), plan.precision(), testTime)) {
        return answer(worker, predictor);
      }
    }

    @Override
    public ArrayList<Scored> answer(int worker, ParameterAveraging.Asked asked) {
      return answer(worker, asked.predictor(image(), testTime));
    }

    private ArrayList<Scored> answer(int worker, Predictor predictor) {
      ArrayList<Scored> scored = new ArrayList<>();
      Set<Integer> sizes = new HashSet<>();
      boolean timed = false;
      int end = from(worker + 1);
      for (int from = from(worker); from < end; from += BATCH) {
        int[] positions = IntStream.range(from, Math.min(from + BATCH, end)).toArray();
        Minibatch minibatch = Minibatch.read(source, positions);
        long start = System.nanoTime();
        float[] probabilities = predictor.output(minibatch.pixels()).dup('c').data().asFloat();
        double seconds = (System.nanoTime() - start) * NANO;
        boolean steady = !sizes.add(positions.length);
        if (!steady && !timed && from + BATCH >= end) {
          start = System.nanoTime();
          predictor.output(minibatch.pixels()).dup('c').data().asFloat();
          seconds = (System.nanoTime() - start) * NANO;
          steady = true;
        }
        timed |= steady;
        minibatch.pixels().close();
        scored.add(
            new Scored(
                from,
                probabilities,
                minibatch.classes(),
                steady ? seconds / positions.length : Double.NaN));
      }
      // Not all of them by one call, which has the whole heap collected too.
      MemoryWorkspaceManager workspaces = Nd4j.getWorkspaceManager();
      workspaces.getAllWorkspacesForCurrentThread().forEach(workspaces::destroyWorkspace);
      return scored;
    }

    /** Where a worker's part begins, which is where that of the one before ends. */
    private int from(int worker) {
      int minibatches = (source.examples() + BATCH - 1) / BATCH;
      long first = (long) minibatches * worker / plan.workers();
      return (int) Math.min(first * BATCH, source.examples());
    }
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
