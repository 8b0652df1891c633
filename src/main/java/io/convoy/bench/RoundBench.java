package io.convoy.bench;

import io.convoy.averaging.WorkerPlan;
import io.convoy.dataset.Examples;
import io.convoy.network.NetworkBuilder;
import io.convoy.network.NetworkConfiguration;
import io.convoy.plan.RoundTime;
import io.convoy.progress.Progress;
import io.convoy.settings.Architecture;
import io.convoy.train.Traffic;
import io.convoy.train.Trainer;
import org.apache.spark.api.java.JavaSparkContext;

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
   * @param averageUpdaterState as the settings have it
   */
  RoundTime measure(Architecture architecture, boolean averageUpdaterState) {
    int batch = Math.min(architecture.batch(), MOST_IMAGES_A_MINIBATCH);
    Examples source = examples.limited(examples(batch));
    try (Trainer often = trainer(architecture, batch, 1, averageUpdaterState);
        Trainer once = trainer(architecture, batch, MINIBATCHES, averageUpdaterState)) {
      Traffic traffic = once.traffic(source.examples(), 1);
      return new RoundTime(
          seconds(often, once, source),
          traffic.broadcastBytes(),
          traffic.averagedBytes() / WORKERS);
    }
  }

  private static double seconds(Trainer often, Trainer once, Examples source) {
    often.trainEpoch(source, Progress.NONE);
    once.trainEpoch(source, Progress.NONE);
    double many = Double.MAX_VALUE;
    double one = Double.MAX_VALUE;
    double spent = 0;
    for (int i = 0; i < LEAST_TIMES || i < MOST_TIMES && spent < ENOUGH_SECONDS; i++) {
      double epochOfMany = epoch(often, source);
      double epochOfOne = epoch(once, source);
      many = Math.min(many, epochOfMany);
      one = Math.min(one, epochOfOne);
      spent += epochOfMany + epochOfOne;
    }
    return Math.max(0, many - one) / (MINIBATCHES - 1);
  }

  private static double epoch(Trainer trainer, Examples source) {
    long start = System.nanoTime();
    trainer.trainEpoch(source, Progress.NONE);
    return (System.nanoTime() - start) / 1e9;
  }

  private Trainer trainer(
      Architecture architecture, int batch, int frequency, boolean averageUpdaterState) {
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
        new WorkerPlan(WORKERS, THREADS, batch, frequency, averageUpdaterState, 0, 1));
  }
}
