package io.convoy.averaging;

import io.convoy.averaging.AveragedNumbers.Range;
import io.convoy.averaging.Shares.Kind;
import io.convoy.averaging.Shares.Share;
import io.convoy.averaging.SliceArrays.Use;
import io.convoy.engine.Natives;
import io.convoy.engine.Predictor;
import io.convoy.network.Network;
import io.convoy.network.NetworkState;
import io.convoy.network.Shape;
import io.convoy.onednn.DenseWeights;
import io.convoy.settings.TestTimeAugmentation;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.spark.storage.BlockId;

/**
 * A worker that stays on its executor from round to round, with its network, its optimizer's state
 * and the minibatches that it has read ahead. What a round came to stays too, until the next: Spark
 * asks again for a result that was lost.
 */
final class ResidentWorker implements ParameterAveraging.Asked, AutoCloseable {
  private final int worker;
  private final WorkerPlan plan;
  private final Network network;
  private final WorkerNetwork engines;
  private final WorkerTraining training;
  private final List<RunningStatistics> statistics;

  /** The parameters that this worker owns, before a round in which parameters are averaged. */
  private final AveragedNumbers before;

  private final List<BlockId> parts = new ArrayList<>();
  private final List<BlockId> means = new ArrayList<>();
  private final SliceArrays arrays = new SliceArrays();

  /** The slices of the last round's means that this worker has. */
  private final Set<Integer> gathered = new HashSet<>();

  private long examples;
  private int round;
  private Optional<Trained> trained = Optional.empty();
  private Averaging averaging = Averaging.DONE;
  private Extent averaged = Extent.PARAMETERS;
  private Exchange exchanged = Exchange.PARAMETERS;
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
   * @param examples that it has trained since all optimizers' states were averaged
   */
  ResidentWorker(
      int worker,
      WorkerPlan plan,
      Network network,
      List<RunningStatistics> statistics,
      long examples) {
    this.worker = worker;
    this.plan = plan;
    this.network = network;
    this.engines = new WorkerNetwork(plan, network);
    this.training = new WorkerTraining(worker, plan, engines, statistics);
    this.statistics = statistics;
    this.examples = examples;
    this.before =
        new AveragedNumbers(NetworkState.arrays(network.parameters().dup(), null), statistics);
  }

  /**
   * What a worker did in a round.
   *
   * @param losses of its minibatches, in order
   * @param examples of them
   * @param allExamples since all was averaged, by which the optimizer's state is weighted
   * @param factored weights whose gradient it has left as factors
   */
  record Trained(
      List<MinibatchLoss> losses, long examples, long allExamples, List<DenseWeights> factored)
      implements Serializable {
    private static final long serialVersionUID = 1L;

    /** What the other workers need to know of it. */
    Trained withoutLosses() {
      return new Trained(List.of(), examples, allExamples, factored);
    }
  }

  /**
   * Trains a round, or the rest of one whose task came to an end between two minibatches.
   *
   * @return empty where the worker does not stand before this round
   */
  synchronized Optional<Trained> train(RoundTask task, WorkerTraining.Minibatches minibatches) {
    training.requireWhole();
    if (round == task.round() - 1
        && averaging == Averaging.DONE
        && gather(task, share -> isExchanged(share, task))) {
      begin(task);
    }
    if (round != task.round()) {
      return Optional.empty();
    }
    if (trained.isEmpty()) {
      List<MinibatchLoss> losses = training.fitAll(task, minibatches);
      long images = losses.stream().mapToLong(MinibatchLoss::examples).sum();
      Trained done = new Trained(losses, images, examples + images, factors().weights());
      publishParts(task, done);
      factors().publish(task, done, parts);
      examples += images;
      trained = Optional.of(done);
    }
    return trained;
  }

  /**
   * Answers with the mean of a round.
   *
   * @return empty where the worker does not stand behind this round, or a mean is gone
   */
  synchronized <T extends Serializable> Optional<T> answer(
      RoundTask task, ParameterAveraging.Inquiry<T> inquiry) {
    boolean isThere =
        round == task.round()
            && averaging == Averaging.DONE
            && gather(task, share -> share.kind() != Kind.STATE);
    return isThere ? Optional.of(inquiry.answer(worker, this)) : Optional.empty();
  }

  @Override
  public Network network() {
    return network;
  }

  /** The same from epoch to epoch: its memory and its kernels are there then. */
  @Override
  public Predictor predictor(Shape shown, TestTimeAugmentation testTime) {
    return engines.predictor(shown, testTime);
  }

  /** Takes the means that the other workers have made of the last round. */
  private boolean gather(RoundTask task, Predicate<Share> wanted) {
    List<Share> shares = round > 0 ? left(averaged, exchanged) : List.of();
    for (int slice = 0; slice < shares.size(); slice++) {
      Share share = shares.get(slice);
      if (share.owner() != worker
          && !share.isEmpty()
          && wanted.test(share)
          && !gathered.contains(slice)) {
        Optional<byte[]> mean =
            SliceBlocks.fetch(
                task.places().get(share.owner()),
                task.blocks().mean(round, slice),
                arrays.passing(share));
        if (mean.isEmpty()) {
          return false;
        }
        share.write(mean.get());
        gathered.add(slice);
      }
    }
    return true;
  }

  private List<Share> shares(Extent extent) {
    return Shares.of(network, extent, statistics, plan.workers()).slices();
  }

  private void begin(RoundTask task) {
    withdraw(parts);
    gathered.clear();
    trained = Optional.empty();
    averaging = Averaging.TO_DO;
    if (task.exchange() == Exchange.PARAMETERS && exchanged == Exchange.GRADIENTS) {
      readBefore();
    }
    exchanged = task.exchange();
    round = task.round();
    training.begin(task);
  }

  /** Rounds of gradients have changed what this worker owns. */
  private void readBefore() {
    for (Share share : shares(Extent.PARAMETERS)) {
      if (share.owner() == worker) {
        before.write(share.place(), share.read(arrays.passing(share)));
      }
    }
  }

  /** Leaves the slices of other workers for them. */
  private void publishParts(RoundTask task, Trained done) {
    List<Share> given = given(task, shares(task.extent()));
    for (int slice = 0; slice < given.size(); slice++) {
      Share share = given.get(slice);
      if (share.owner() != worker
          && isExchanged(share, task)
          && !share.isEmpty()
          && weight(done, share) > 0) {
        publish(
            task.blocks().part(round, worker, slice),
            share.read(arrays.of(Use.PART, slice, share)),
            parts);
      }
    }
  }

  /** The shares of which workers give one another their numbers: of the parameters, or by these. */
  private List<Share> given(RoundTask task, List<Share> shares) {
    return switch (task.exchange()) {
      case PARAMETERS -> shares;
      case GRADIENTS -> {
        List<Share> gradients =
            Shares.ofParameters(network.gradient(), statistics, plan.workers()).slices();
        yield IntStream.range(0, shares.size())
            .mapToObj(
                i ->
                    shares.get(i).kind() == Kind.LEARNED
                        ? factors().rest(gradients.get(i))
                        : shares.get(i))
            .toList();
      }
    };
  }

  /** What the owners leave for the others, and for the driver, at the end of a round. */
  private List<Share> left(Extent extent, Exchange exchange) {
    List<Share> shares = shares(extent);
    return switch (exchange) {
      case PARAMETERS -> shares;
      case GRADIENTS ->
          switch (extent) {
            case PARAMETERS -> shares.stream().map(factors()::rest).toList();
            // The driver wants all. On processors that round in other ways the workers' own weights
            // lie a little apart by then.
            case STATE, SNAPSHOT, ALL -> shares;
          };
    };
  }

  private FactorExchange factors() {
    return new FactorExchange(worker, engines.trainer().factors(), arrays);
  }

  private static boolean isExchanged(Share share, RoundTask task) {
    return switch (task.exchange()) {
      case PARAMETERS -> true;
      // Its owner alone takes steps by it.
      case GRADIENTS -> share.kind() != Kind.STATE;
    };
  }

  private static long weight(Trained of, Share share) {
    return switch (share.kind()) {
      case LEARNED, STATISTICS -> of.examples;
      case STATE -> of.allExamples;
    };
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
      case TO_DO -> {
        // Before anything is averaged: Spark asks again where it fails.
        factors().requireAlike(workers);
        yield averageShare(task, workers);
      }
      // Some slices are means already, others are not.
      case BEGUN -> Optional.empty();
      case DONE -> Optional.of(changes);
    };
  }

  private Optional<List<SliceChange>> averageShare(RoundTask task, List<Trained> workers) {
    averaging = Averaging.BEGUN;
    withdraw(means);
    Optional<List<SliceChange>> done =
        switch (task.exchange()) {
          case PARAMETERS -> averageParameters(task, workers);
          case GRADIENTS -> averageGradients(task, workers);
        };
    if (done.isEmpty()) {
      return done;
    }
    if (task.extent() == Extent.SNAPSHOT) {
      KeptStates.publish(network, task.blocks(), worker, means);
    }
    averaged = task.extent();
    examples =
        switch (averaged) {
          case PARAMETERS, SNAPSHOT -> examples;
          case STATE, ALL -> 0;
        };
    changes = done.get();
    averaging = Averaging.DONE;
    return done;
  }

  /**
   * Goes on from the means of the parameters, and of the optimizers' states where these are due.
   */
  private Optional<List<SliceChange>> averageParameters(RoundTask task, List<Trained> workers) {
    List<Share> shares = shares(task.extent());
    ArrivingRound arriving =
        new ArrivingRound(before, shares.stream().map(Share::place).toList(), Optional.empty());
    List<SliceChange> done = new ArrayList<>();
    for (int slice : own(shares)) {
      Share share = shares.get(slice);
      Optional<Slice.Mean> mean =
          mean(task, workers, share, slice, arrays.of(Use.MEAN, slice, share));
      if (mean.isEmpty()) {
        return Optional.empty();
      }
      byte[] numbers = mean.get().numbers();
      share.write(numbers);
      if (share.kind() == Kind.LEARNED) {
        done.add(arriving.take(slice, mean.get()));
      }
      if (workers.size() > 1 || task.extent() == Extent.ALL) {
        publish(task.blocks().mean(round, slice), numbers, means);
      }
    }
    return Optional.of(done);
  }

  /** Goes on with a step by the means of the gradients. Workers that share these do not part. */
  private Optional<List<SliceChange>> averageGradients(RoundTask task, List<Trained> workers) {
    List<Share> shares = shares(task.extent());
    List<Share> given = given(task, shares);
    List<Integer> own = own(shares);
    Natives.useThreads(plan.threads());
    if (!factors().multiply(task, workers)) {
      return Optional.empty();
    }
    List<Range> steps = new ArrayList<>(factors().ranges());
    for (int slice : own) {
      Share share = given.get(slice);
      if (isExchanged(share, task)) {
        Optional<Slice.Mean> mean =
            mean(task, workers, share, slice, arrays.of(Use.GRADIENT, slice, share));
        if (mean.isEmpty()) {
          return Optional.empty();
        }
        share.write(mean.get().numbers());
      }
      if (share.kind() == Kind.LEARNED) {
        steps.addAll(share.numbers().ranges(share.place()));
      }
    }
    Map<Integer, SliceSample> unstepped = new TreeMap<>();
    for (int slice : own) {
      if (shares.get(slice).kind() == Kind.LEARNED) {
        unstepped.put(slice, shares.get(slice).sample());
      }
    }
    training.stepShared(task, steps);
    List<SliceChange> done = new ArrayList<>();
    unstepped.forEach(
        (slice, sample) ->
            done.add(
                new SliceChange(slice, shares.get(slice).sample().squaredDistance(sample), 0)));
    List<Share> left = left(task.extent(), task.exchange());
    for (int slice : own) {
      Share share = left.get(slice);
      if (!share.isEmpty()) {
        byte[] numbers = share.read(arrays.of(Use.MEAN, slice, share));
        publish(task.blocks().mean(round, slice), numbers, means);
      }
    }
    return Optional.of(done);
  }

  /** The places of the shares that this worker averages. */
  private List<Integer> own(List<Share> shares) {
    return IntStream.range(0, shares.size())
        .filter(slice -> shares.get(slice).owner() == worker)
        .boxed()
        .toList();
  }

  private Optional<Slice.Mean> mean(
      RoundTask task, List<Trained> workers, Share own, int slice, byte[] bytes) {
    if (workers.size() == 1 || own.isEmpty()) {
      return Optional.of(new Slice.Mean(own.read(bytes), 0));
    }
    SliceMean mean = new SliceMean(bytes, own.place().learned());
    List<Slice> pooled = new ArrayList<>();
    byte[] into = bytes;
    for (int each = 0; each < workers.size(); each++) {
      long weight = weight(workers.get(each), own);
      if (weight > 0) {
        Optional<byte[]> numbers =
            each == worker
                ? Optional.of(own.read(into))
                : SliceBlocks.fetch(
                    task.places().get(each), task.blocks().part(round, each, slice), into);
        if (numbers.isEmpty()) {
          return Optional.empty();
        }
        if (own.kind() == Kind.STATISTICS) {
          pooled.add(new Slice(each, weight, into));
          into = new byte[bytes.length];
        } else {
          mean.add(weight, into);
          into = arrays.passing(own);
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
    training.close();
    engines.close();
    withdraw(parts);
    withdraw(means);
  }
}
