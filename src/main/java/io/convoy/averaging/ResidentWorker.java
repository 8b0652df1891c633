package io.convoy.averaging;

import io.convoy.averaging.AveragedNumbers.SlicePlace;
import io.convoy.engine.LocalTrainer;
import io.convoy.engine.Minibatch;
import io.convoy.engine.Natives;
import io.convoy.network.Network;
import io.convoy.network.NetworkState;
import io.convoy.onednn.DropoutSeed;
import io.convoy.spark.CountedTasks;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.TaskContext;
import org.apache.spark.storage.BlockId;
import org.nd4j.linalg.dataset.DataSet;

/**
 * A worker that stays on its executor from round to round, with its network, its optimizer's state
 * and the minibatches that it has read ahead. What a round came to stays too, until the next: Spark
 * asks again for a result that was lost.
 */
final class ResidentWorker implements AutoCloseable {
  private final int worker;
  private final WorkerPlan plan;
  private final Network network;
  private final List<RunningStatistics> statistics;

  /** The parameters before the round. */
  private final AveragedNumbers before;

  private final List<MinibatchLoss> losses = new ArrayList<>();
  private final List<BlockId> published = new ArrayList<>();
  private Optional<LocalTrainer> trainer = Optional.empty();
  private Optional<Reading> reading = Optional.empty();
  private Optional<RuntimeException> broken = Optional.empty();
  private int round;
  private Optional<Trained> trained = Optional.empty();

  /**
   * @param worker from 0
   * @param network that it trains, and nobody else meanwhile
   * @param statistics where running statistics lie among the parameters
   */
  ResidentWorker(int worker, WorkerPlan plan, Network network, List<RunningStatistics> statistics) {
    this.worker = worker;
    this.plan = plan;
    this.network = network;
    this.statistics = statistics;
    this.before =
        new AveragedNumbers(NetworkState.arrays(network.parameters().dup(), null), statistics);
  }

  /**
   * What a worker did in a round.
   *
   * @param losses of its minibatches, in order
   * @param changes of the parameters, where it is alone
   */
  record Trained(List<MinibatchLoss> losses, List<SliceChange> changes) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

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

  /**
   * Trains a round, or the rest of one whose task came to an end between two minibatches.
   *
   * @return empty where the worker does not stand before this round
   */
  synchronized Optional<Trained> train(RoundTask task, Minibatches minibatches) {
    if (broken.isPresent()) {
      throw broken.get();
    }
    if (round == task.round() - 1) {
      begin(task);
    }
    if (round != task.round()) {
      return Optional.empty();
    }
    if (trained.isEmpty()) {
      fitAll(task, minibatches);
      trained = Optional.of(new Trained(List.copyOf(losses), finishAlone(task)));
    }
    return trained;
  }

  private void begin(RoundTask task) {
    withdraw();
    losses.clear();
    trained = Optional.empty();
    round = task.round();
    network.countEpochs(task.epochs());
    network.countIterations(task.iterations());
  }

  private void fitAll(RoundTask task, Minibatches minibatches) {
    Natives.useThreads(plan.threads());
    int images = losses.stream().mapToInt(MinibatchLoss::examples).sum();
    minibatches.counted.forEach(counted -> counted.add(images));
    List<String> paths = minibatches.paths;
    ReadAhead<DataSet> ahead = reading(task, minibatches.loader);
    ahead.goOn(
        Stream.concat(paths.stream().skip(losses.size()), minibatches.next.stream()).toList());
    while (losses.size() < paths.size()) {
      DataSet minibatch = ahead.next();
      try {
        losses.add(fit(task, minibatch));
      } catch (RuntimeException e) {
        // Nobody knows what became of the parameters.
        broken = Optional.of(e);
        throw e;
      }
      minibatches.counted.forEach(counted -> counted.add(minibatch.numExamples()));
      // A minibatch's memory outside the heap would wait for a collection of the heap.
      minibatch.getFeatures().close();
    }
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
    if (trainer.isEmpty()) {
      trainer =
          Optional.of(
              LocalTrainer.of(
                  network,
                  Minibatch.shape(minibatch.getFeatures()),
                  plan.threads(),
                  plan.precision()));
    }
    int step = losses.size();
    double factor = task.rate().factor(worker, step);
    long seed = new DropoutSeed(plan.seed()).of(task.iterations() + step).of(worker).value();
    LocalTrainer.Fit fit = trainer.get().fit(minibatch, factor, seed);
    Applied applied = Applied.of(fit.learningRate(), minibatch);
    return new MinibatchLoss(worker, step, minibatch.numExamples(), fit.loss(), applied);
  }

  /** One worker alone is its own mean. */
  private List<SliceChange> finishAlone(RoundTask task) {
    switch (task.extent()) {
      case PARAMETERS -> {}
      case ALL -> {
        AveragedNumbers all = numbers(Extent.ALL);
        List<SlicePlace> cut = all.places(1);
        for (int slice = 0; slice < cut.size(); slice++) {
          publish(task.blocks().mean(round, slice), all.read(cut.get(slice)));
        }
      }
    }
    AveragedNumbers parameters = numbers(Extent.PARAMETERS);
    List<SlicePlace> places = parameters.places(1);
    ArrivingRound change = new ArrivingRound(before, places, Optional.empty());
    List<SliceChange> changes = new ArrayList<>();
    for (int slice = 0; slice < places.size(); slice++) {
      byte[] numbers = parameters.read(places.get(slice));
      changes.add(change.take(slice, new Slice.Mean(numbers, 0)));
    }
    return changes;
  }

  private AveragedNumbers numbers(Extent extent) {
    return AveragedNumbers.of(network, extent, statistics);
  }

  private void publish(BlockId id, byte[] bytes) {
    SliceBlocks.publish(id, bytes);
    published.add(id);
  }

  private void withdraw() {
    published.forEach(SliceBlocks::remove);
    published.clear();
  }

  @Override
  public synchronized void close() {
    reading.ifPresent(current -> current.ahead.close());
    trainer.ifPresent(LocalTrainer::close);
    withdraw();
  }
}
