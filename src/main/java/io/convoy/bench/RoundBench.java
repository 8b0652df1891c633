package io.convoy.bench;

import io.convoy.averaging.WorkerPlan;
import io.convoy.dataset.Examples;
import io.convoy.network.NetworkBuilder;
import io.convoy.network.NetworkConfiguration;
import io.convoy.plan.RoundTime;
import io.convoy.progress.Progress;
import io.convoy.settings.Architecture;
import io.convoy.settings.AveragingFrequency;
import io.convoy.settings.BatchOf;
import io.convoy.settings.Precision;
import io.convoy.settings.UpdaterState;
import io.convoy.train.Traffic;
import io.convoy.train.Trainer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.apache.spark.api.java.JavaSparkContext;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What an averaging round costs: epochs of the same steps by the real trainer with many rounds and
 * with one, and the difference by the difference of their rounds. A round's cost does not depend on
 * the images of a minibatch, so these are small.
 */
final class RoundBench {
  private static final int WORKERS = 2;
  private static final int THREADS = 1;

  /** Of each worker in an epoch: as many rounds, or one. */
  private static final int MINIBATCHES = 4;

  private static final int MOST_IMAGES_A_MINIBATCH = 8;
  private static final int LEAST_TIMES = 2;
  private static final int MOST_TIMES = 24;

  /** Rounds of small networks become twice as fast while the executors compile them. */
  private static final double ENOUGH_SECONDS = 15;

  /** Of the mean by sockets, as processor time is told in hundredths of a second. */
  private static final int SOCKET_ROUNDS = 20;

  private final JavaSparkContext context;
  private final Examples examples;

  /**
   * @param context Spark's, with two executors on this machine
   * @param examples at least {@link #examples} of the largest minibatch
   */
  RoundBench(JavaSparkContext context, Examples examples) {
    this.context = context;
    this.examples = examples;
  }

  /** How many examples are needed. */
  static int examples(int batch) {
    return WORKERS * MINIBATCHES * Math.min(batch, MOST_IMAGES_A_MINIBATCH);
  }

  /**
   * Measures.
   *
   * @param updaterState as the settings have it
   * @param factored of the workers that are planned
   */
  RoundTime measure(
      Architecture architecture, UpdaterState updaterState, RoundTime.Factored factored) {
    try (Epochs epochs = new Epochs(architecture, updaterState)) {
      double seconds =
          Stopwatch.median(
              epochs.measured(LEAST_TIMES, () -> {}).stream()
                  .mapToDouble(pair -> pair.round().seconds()));
      // Each of two workers sends the other half of what a round averages.
      long averaged = epochs.traffic().averagedBytes();
      return new RoundTime(Math.max(0, seconds), averaged, epochs.bytes() - averaged, factored);
    }
  }

  /**
   * Measures a round against the same mean by sockets without Spark: seconds, seconds of all
   * threads of driver and executors, and what they send one another.
   *
   * @param updaterState as the settings have it
   * @param repeats how often each is measured, for the medians
   */
  List<Measurement> compare(Architecture architecture, UpdaterState updaterState, int repeats) {
    List<Usage> sockets = new ArrayList<>();
    try (Epochs epochs = new Epochs(architecture, updaterState);
        SocketAverage average = new SocketAverage(epochs.even(), epochs.even())) {
      average.round();
      List<Usage> rounds =
          epochs
              .measured(repeats, () -> sockets.add(Usage.of(average::round, SOCKET_ROUNDS)))
              .stream()
              .map(Pair::round)
              .toList();
      return List.of(
          measurement(architecture, "s", rounds, sockets, Usage::seconds),
          measurement(architecture, "cpu-s", rounds, sockets, Usage::cpuSeconds),
          measurement(architecture, "MB", rounds, sockets, Usage::megabytes));
    }
  }

  private static Measurement measurement(
      Architecture architecture,
      String unit,
      List<Usage> rounds,
      List<Usage> sockets,
      ToDoubleFunction<Usage> figure) {
    return new Measurement(
        "averaging_round",
        architecture.name(),
        unit,
        Stopwatch.median(rounds.stream().mapToDouble(figure)),
        Stopwatch.median(sockets.stream().mapToDouble(figure)));
  }

  /** Two epochs of the same steps. */
  private record Pair(Usage manyRounds, Usage oneRound) {
    Usage round() {
      return manyRounds.less(oneRound, MINIBATCHES - 1);
    }
  }

  /** Of one architecture: a trainer that averages often, and one that does so once an epoch. */
  private final class Epochs implements AutoCloseable {
    private final Examples source;
    private final Trainer often;
    private final Trainer once;

    Epochs(Architecture architecture, UpdaterState updaterState) {
      int batch = Math.min(architecture.batch(), MOST_IMAGES_A_MINIBATCH);
      source = examples.limited(examples(batch));
      often = trainer(architecture, batch, 1, updaterState);
      once = trainer(architecture, batch, MINIBATCHES, updaterState);
    }

    /**
     * By turns, after one time of each that does not count.
     *
     * @param least how many turns
     * @param other is called in each
     */
    List<Pair> measured(int least, Runnable other) {
      train(often);
      train(once);
      List<Pair> pairs = new ArrayList<>();
      double spent = 0;
      for (int i = 0; i < least || i < MOST_TIMES && spent < ENOUGH_SECONDS; i++) {
        Pair pair = new Pair(Usage.of(() -> train(often), 1), Usage.of(() -> train(once), 1));
        spent += pair.manyRounds().seconds() + pair.oneRound().seconds();
        pairs.add(pair);
        other.run();
      }
      return pairs;
    }

    private void train(Trainer trainer) {
      trainer.trainEpoch(source, Progress.NONE);
    }

    /** As many numbers as there are parameters, or one less: two workers share them evenly. */
    float[] even() {
      return new float[(int) once.network().parameters().length() / WORKERS * WORKERS];
    }

    @Override
    public void close() {
      often.close();
      once.close();
    }

    Traffic traffic() {
      return once.traffic(source, 1);
    }

    /** Of all that is averaged at the end of an epoch. */
    long bytes() {
      long state = once.network().updaterState().map(INDArray::length).orElse(0L);
      return (once.network().parameters().length() + state) * Float.BYTES;
    }
  }

  private Trainer trainer(
      Architecture architecture, int batch, int frequency, UpdaterState updaterState) {
    NetworkConfiguration configuration =
        NetworkBuilder.configuration(
            architecture,
            examples.classes(),
            examples.layout().height(),
            examples.layout().width(),
            1);
    return new Trainer(
        context,
        architecture.name(),
        configuration,
        new WorkerPlan(
            WORKERS,
            THREADS,
            Precision.FLOAT32,
            batch,
            BatchOf.WORKER,
            AveragingFrequency.always(frequency),
            updaterState,
            0,
            1));
  }
}
