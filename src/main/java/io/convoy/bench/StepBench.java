package io.convoy.bench;

import io.convoy.engine.LocalTrainer;
import io.convoy.engine.Minibatch;
import io.convoy.engine.Natives;
import io.convoy.network.Network;
import io.convoy.network.NetworkBuilder;
import io.convoy.network.Shape;
import io.convoy.settings.Architecture;
import io.convoy.settings.Precision;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** One architecture's training step, by one network or by several side by side. */
final class StepBench {
  /** Long enough that what else the machine does is in it as it is in an epoch. */
  private static final double BLOCK_SECONDS = 0.5;

  private final Architecture architecture;
  private final Minibatch minibatch;
  private final Precision precision;

  /**
   * @param minibatch of the architecture's size
   * @param precision of the passes
   */
  StepBench(Architecture architecture, Minibatch minibatch, Precision precision) {
    this.architecture = architecture;
    this.minibatch = minibatch;
    this.precision = precision;
  }

  /**
   * Seconds of a step, over a block of steps after the first.
   *
   * @param networks that train at the same time, each its own steps; the slowest of them counts
   * @param threads of each
   */
  double seconds(int networks, int threads) {
    ExecutorService pool = Executors.newFixedThreadPool(networks);
    List<LocalTrainer> trainers = new ArrayList<>();
    try {
      for (int i = 0; i < networks; i++) {
        trainers.add(LocalTrainer.of(network(), minibatch.image(), threads, precision));
      }
      int steps = (int) Math.ceil(BLOCK_SECONDS / steps(pool, trainers, threads, 1));
      return steps(pool, trainers, threads, steps) / steps;
    } finally {
      pool.shutdown();
      trainers.forEach(LocalTrainer::close);
    }
  }

  private double steps(ExecutorService pool, List<LocalTrainer> trainers, int threads, int steps) {
    List<Callable<Void>> tasks =
        trainers.stream().map(trainer -> task(trainer, threads, steps)).toList();
    long start = System.nanoTime();
    try {
      for (Future<Void> each : pool.invokeAll(tasks)) {
        each.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
    return (System.nanoTime() - start) / 1e9;
  }

  private Callable<Void> task(LocalTrainer trainer, int threads, int steps) {
    DataSet data = new DataSet(minibatch.pixels(), minibatch.labels());
    return () -> {
      Natives.useThreads(threads);
      Collections.nCopies(steps, data).forEach(each -> trainer.fit(each, 1));
      Nd4j.getWorkspaceManager().destroyAllWorkspacesForCurrentThread();
      return null;
    };
  }

  private Network network() {
    Shape image = minibatch.image();
    return NetworkBuilder.configuration(
            architecture, minibatch.classCount(), image.height(), image.width(), 1)
        .initialized();
  }
}
