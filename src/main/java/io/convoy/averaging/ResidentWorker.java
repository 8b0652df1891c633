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
  private final List<BlockId> parts = new ArrayList<>();
  private final List<BlockId> means = new ArrayList<>();
  private Optional<LocalTrainer> trainer = Optional.empty();
  private Optional<Reading> reading = Optional.empty();
  private Optional<RuntimeException> broken = Optional.empty();
  private long examples;
  private int round;
  private Optional<Trained> trained = Optional.empty();
  private Averaging averaging = Averaging.DONE;
  private Extent averaged = Extent.PARAMETERS;
  private List<SliceChange> changes = List.of();

  private enum Averaging {
    TO_DO,
    BEGUN,
    DONE
  }

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
   * @param examples of them
   * @param allExamples since all was averaged, by which the optimizer's state is weighted
   */
  record Trained(List<MinibatchLoss> losses, long examples, long allExamples)
      implements Serializable {
    private static final long serialVersionUID = 1L;

    /** What the other workers need to know of it. */
    Trained withoutLosses() {
      return new Trained(List.of(), examples, allExamples);
    }
  }

  /** Slices of what is averaged. */
  private record Cut(AveragedNumbers numbers, List<SlicePlace> places) {}

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
    if (round == task.round() - 1 && averaging == Averaging.DONE && gather(task)) {
      begin(task);
    }
    if (round != task.round()) {
      return Optional.empty();
    }
    if (trained.isEmpty()) {
      fitAll(task, minibatches);
      long images = losses.stream().mapToLong(MinibatchLoss::examples).sum();
      Trained done = new Trained(List.copyOf(losses), images, examples + images);
      publishParts(task, done);
      examples += images;
      trained = Optional.of(done);
    }
    return trained;
  }

  /** Takes the means that the other workers have made of the last round. */
  private boolean gather(RoundTask task) {
    Cut cut = cut(averaged);
    for (int slice = 0; slice < cut.places.size() && round > 0; slice++) {
      int owner = slice % plan.workers();
      if (owner != worker) {
        Optional<byte[]> mean =
            SliceBlocks.fetch(task.places().get(owner), task.blocks().mean(round, slice));
        if (mean.isEmpty()) {
          return false;
        }
        cut.numbers.write(cut.places.get(slice), mean.get());
      }
    }
    return true;
  }

  private Cut cut(Extent extent) {
    AveragedNumbers numbers = AveragedNumbers.of(network, extent, statistics);
    return new Cut(numbers, numbers.shares(plan.workers()));
  }

  private void begin(RoundTask task) {
    withdraw(parts);
    losses.clear();
    trained = Optional.empty();
    averaging = Averaging.TO_DO;
    round = task.round();
    network.countEpochs(task.epochs());
    network.countIterations(task.iterations());
    // The mean is another network than the one that this worker has trained.
    trainer.ifPresent(LocalTrainer::readParameters);
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

  /** Leaves the slices of other workers for them. */
  private void publishParts(RoundTask task, Trained done) {
    Cut cut = cut(task.extent());
    for (int slice = 0; slice < cut.places.size(); slice++) {
      if (slice % plan.workers() != worker && weight(done, cut, slice) > 0) {
        byte[] numbers = cut.numbers.read(cut.places.get(slice));
        publish(task.blocks().part(round, worker, slice), numbers, parts);
      }
    }
  }

  private long weight(Trained of, Cut cut, int slice) {
    boolean isState = cut.places.get(slice).learned() == 0 && !isOfStatistics(cut, slice);
    return isState ? of.allExamples : of.examples;
  }

  private boolean isOfStatistics(Cut cut, int slice) {
    return !statistics.isEmpty() && slice == cut.places.size() - 1;
  }

  /**
   * Averages this worker's slices of a round.
   *
   * @param workers what each has trained
   * @return empty where the worker has not just trained this round, or another one is gone
   */
  synchronized Optional<List<SliceChange>> average(RoundTask task, List<Trained> workers) {
    if (round != task.round() || trained.isEmpty()) {
      return Optional.empty();
    }
    return switch (averaging) {
      case TO_DO -> averageShare(task, workers);
      // Some slices are means already, others are not.
      case BEGUN -> Optional.empty();
      case DONE -> Optional.of(changes);
    };
  }

  private Optional<List<SliceChange>> averageShare(RoundTask task, List<Trained> workers) {
    averaging = Averaging.BEGUN;
    withdraw(means);
    Cut cut = cut(task.extent());
    ArrivingRound arriving = new ArrivingRound(before, cut.places, Optional.empty());
    List<SliceChange> done = new ArrayList<>();
    for (int slice = worker; slice < cut.places.size(); slice += workers.size()) {
      Optional<Slice.Mean> mean = mean(task, workers, cut, slice);
      if (mean.isEmpty()) {
        return Optional.empty();
      }
      if (cut.places.get(slice).learned() > 0) {
        done.add(arriving.take(slice, mean.get()));
      }
      cut.numbers.write(cut.places.get(slice), mean.get().numbers());
      if (workers.size() > 1 || task.extent() == Extent.ALL) {
        publish(task.blocks().mean(round, slice), mean.get().numbers(), means);
      }
    }
    averaged = task.extent();
    examples = averaged == Extent.ALL ? 0 : examples;
    changes = done;
    averaging = Averaging.DONE;
    return Optional.of(done);
  }

  private Optional<Slice.Mean> mean(RoundTask task, List<Trained> workers, Cut cut, int slice) {
    SlicePlace place = cut.places.get(slice);
    if (workers.size() == 1) {
      return Optional.of(new Slice.Mean(cut.numbers.read(place), 0));
    }
    SliceMean mean = new SliceMean(place.length(), place.learned());
    List<Slice> pooled = new ArrayList<>();
    for (int each = 0; each < workers.size(); each++) {
      long weight = weight(workers.get(each), cut, slice);
      if (weight > 0) {
        Optional<byte[]> numbers =
            each == worker
                ? Optional.of(cut.numbers.read(place))
                : SliceBlocks.fetch(
                    task.places().get(each), task.blocks().part(round, each, slice));
        if (numbers.isEmpty()) {
          return Optional.empty();
        }
        if (isOfStatistics(cut, slice)) {
          pooled.add(new Slice(each, weight, numbers.get()));
        } else {
          mean.add(weight, numbers.get());
        }
      }
    }
    return Optional.of(pooled.isEmpty() ? mean.result() : Slice.pooled(pooled, statistics));
  }

  private static void publish(BlockId id, byte[] bytes, List<BlockId> published) {
    SliceBlocks.publish(id, bytes);
    published.add(id);
  }

  private static void withdraw(List<BlockId> published) {
    published.forEach(SliceBlocks::remove);
    published.clear();
  }

  @Override
  public synchronized void close() {
    reading.ifPresent(current -> current.ahead.close());
    trainer.ifPresent(LocalTrainer::close);
    withdraw(parts);
    withdraw(means);
  }
}
