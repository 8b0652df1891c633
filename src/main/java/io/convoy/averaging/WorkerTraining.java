package io.convoy.averaging;

import io.convoy.averaging.AveragedNumbers.Range;
import io.convoy.engine.LocalTrainer;
import io.convoy.onednn.DropoutSeed;
import io.convoy.spark.CountedTasks;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.TaskContext;
import org.nd4j.linalg.dataset.DataSet;

/**
 * Trains a worker's network on the minibatches of one round after another, and reads ahead those
 * that come next. A round whose task came to an end between two minibatches goes on where it was.
 * For one thread at a time.
 */
final class WorkerTraining implements AutoCloseable {
  private final int worker;
  private final WorkerPlan plan;
  private final WorkerNetwork network;
  private final List<RunningStatistics> statistics;

  private final List<MinibatchLoss> losses = new ArrayList<>();
  private Optional<Reading> reading = Optional.empty();
  private Optional<RuntimeException> broken = Optional.empty();

  /**
   * The minibatches of a round.
   *
   * @param paths in order
   * @param next those of the round after it, as far as they are read ahead
   * @param loader of the epoch
   * @param counted are told of the images; none where they are trained again
   */
  record Minibatches(
      List<String> paths, List<String> next, MinibatchLoader loader, List<CountedTasks> counted) {}

  /** The reading of one epoch. */
  private record Reading(int epoch, ReadAhead<DataSet> ahead) {}

  WorkerTraining(
      int worker, WorkerPlan plan, WorkerNetwork network, List<RunningStatistics> statistics) {
    this.worker = worker;
    this.plan = plan;
    this.network = network;
    this.statistics = statistics;
  }

  /**
   * @throws RuntimeException that stopped an earlier minibatch: nobody knows what became of the
   *     parameters
   */
  void requireWhole() {
    if (broken.isPresent()) {
      throw broken.get();
    }
  }

  /** Begins a round, from parameters that may be others than those which were trained last. */
  void begin(RoundTask task) {
    losses.clear();
    network.begin(task.epochs(), task.iterations());
  }

  /**
   * Trains what is left of the round.
   *
   * @return the losses of all its minibatches, in order
   */
  List<MinibatchLoss> fitAll(RoundTask task, Minibatches minibatches) {
    int images = losses.stream().mapToInt(MinibatchLoss::examples).sum();
    minibatches.counted().forEach(counted -> counted.add(images));
    network.prepareTraining(minibatches.loader().image(), task.exchange());
    List<String> paths = minibatches.paths();
    ReadAhead<DataSet> ahead = reading(task, minibatches.loader());
    ahead.goOn(
        Stream.concat(paths.stream().skip(losses.size()), minibatches.next().stream()).toList());
    while (losses.size() < paths.size()) {
      DataSet minibatch = ahead.next();
      try {
        losses.add(fit(task, minibatch));
      } catch (RuntimeException e) {
        broken = Optional.of(e);
        throw e;
      }
      minibatches.counted().forEach(counted -> counted.add(minibatch.numExamples()));
      // A minibatch's memory outside the heap would wait for a collection of the heap.
      minibatch.getFeatures().close();
    }
    return List.copyOf(losses);
  }

  private ReadAhead<DataSet> reading(RoundTask task, MinibatchLoader loader) {
    if (reading.filter(current -> current.epoch == task.epochs()).isEmpty()) {
      reading.ifPresent(old -> old.ahead.close());
      ReadAhead<DataSet> ahead =
          new ReadAhead<>(
              Collections.emptyIterator(), loader::read, () -> TaskContext.get().isInterrupted());
      reading = Optional.of(new Reading(task.epochs(), ahead));
    }
    return reading.get().ahead;
  }

  private MinibatchLoss fit(RoundTask task, DataSet minibatch) {
    int step = losses.size();
    long seed = new DropoutSeed(plan.seed()).of(task.iterations() + step).of(worker).value();
    LocalTrainer.Fit fit =
        switch (task.exchange()) {
          case PARAMETERS ->
              network.trainer().fit(minibatch, task.rate().factor(worker, step), seed);
          case GRADIENTS -> gradient(minibatch, sharedFactor(task), seed);
        };
    Applied applied = Applied.of(fit.learningRate(), minibatch);
    return new MinibatchLoss(worker, step, minibatch.numExamples(), fit.loss(), applied);
  }

  /** All workers together take the steps of one. */
  private static double sharedFactor(RoundTask task) {
    return task.rate().factor(0, 0);
  }

  /** Running statistics are no matter of an average of gradients: each worker's own move. */
  private LocalTrainer.Fit gradient(DataSet minibatch, double factor, long seed) {
    LocalTrainer.Fit fit = network.trainer().gradient(minibatch, factor, seed);
    for (RunningStatistics layer : statistics) {
      step(factor, layer.mean(), layer.length());
      step(factor, layer.variance(), layer.length());
    }
    return fit;
  }

  /** Takes the step of a round in which workers share a minibatch, for some of the parameters. */
  void stepShared(RoundTask task, List<Range> ranges) {
    ranges.forEach(range -> step(sharedFactor(task), range.first(), range.length()));
  }

  private void step(double factor, long first, int length) {
    network.trainer().step(factor, Math.toIntExact(first), length);
  }

  @Override
  public void close() {
    reading.ifPresent(current -> current.ahead.close());
  }
}
