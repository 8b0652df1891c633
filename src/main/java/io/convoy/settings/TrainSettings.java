package io.convoy.settings;

import io.convoy.failure.UserException;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How training is spread over the cluster. Stays on the driver ({@link OptionalInt} does not
 * serialise).
 *
 * @param seed decides the initial parameters and the order of the images
 * @param repeats how often each architecture is trained, with other seeds, at least 1
 * @param folds into how many parts the training and validation photos are divided, each of which
 *     validates once while the others train, at least 2; empty: the splits are as they are
 * @param workers number of workers, at least 1; empty: one an executor
 * @param parallel what the executors do side by side; empty: trials where there are at least as
 *     many as executors
 * @param precision of the networks' passes; empty: bfloat16 where processors compute it natively
 * @param batchOf whose minibatch an architecture's batch is the size of
 * @param averagingFrequency minibatches that a worker trains between two averagings; empty: chosen
 *     at the start of each epoch
 * @param outer momentum over the averagings; empty: the mean of the workers as it is
 * @param updaterState when the optimizer's state is averaged
 * @param checkpointRounds averaging rounds between two checkpoints within an epoch; 0 for none
 */
public record TrainSettings(
    long seed,
    int repeats,
    OptionalInt folds,
    OptionalInt workers,
    Optional<Parallel> parallel,
    Optional<Precision> precision,
    BatchOf batchOf,
    Optional<AveragingFrequency> averagingFrequency,
    Optional<OuterMomentum> outer,
    UpdaterState updaterState,
    int checkpointRounds) {
  /** Each is a training of its own. */
  private static final int MOST_FOLDS = 1000;

  /** Their settings alone would be longer than a conf may be. */
  private static final int MOST_TRAININGS = 10_000;

  /** Refuses nulls. */
  public TrainSettings {
    Objects.requireNonNull(folds, "folds");
    Objects.requireNonNull(workers, "workers");
    Objects.requireNonNull(parallel, "parallel");
    Objects.requireNonNull(precision, "precision");
    Objects.requireNonNull(batchOf, "batchOf");
    Objects.requireNonNull(averagingFrequency, "averagingFrequency");
    Objects.requireNonNull(outer, "outer");
    Objects.requireNonNull(updaterState, "updaterState");
  }

  /** Reads its block, which has all keys. */
  static TrainSettings read(Section train) {
    return new TrainSettings(
        train.entry("seed").wholeNumber("a whole number", Long.MIN_VALUE, Long.MAX_VALUE),
        train.entry("repeats").integer(1),
        folds(train.entry("folds")),
        workers(train.entry("workers")),
        parallel(train.entry("parallel"), train.entry("workers")),
        train.entry("precision").wordOr(Precision.AUTO, Precision.class),
        train.entry("batch-of").word(BatchOf.class),
        AveragingFrequency.read(train.entry("averaging-frequency")),
        OuterMomentum.read(train.entry("outer")),
        train.entry("average-updater-state").truth() ? UpdaterState.AVERAGED : UpdaterState.KEPT,
        train.entry("checkpoint-rounds").integer(0));
  }

  private static OptionalInt folds(Entry entry) {
    return entry.text().filter("none"::equals).isPresent()
        ? OptionalInt.empty()
        : OptionalInt.of(
            (int) entry.wholeNumber("none or a whole number from 2 to 1,000", 2, MOST_FOLDS));
  }

  private static OptionalInt workers(Entry entry) {
    if (entry.text().filter("auto"::equals).isPresent()) {
      return OptionalInt.empty();
    }
    return OptionalInt.of(
        (int) entry.wholeNumber("auto or a whole number of at least 1", 1, Integer.MAX_VALUE));
  }

  private static Optional<Parallel> parallel(Entry entry, Entry workers) {
    Optional<Parallel> parallel = entry.wordOr("auto", Parallel.class);
    if (parallel.filter(Parallel.TRIALS::equals).isPresent() && workers(workers).isPresent()) {
      throw new UserException(
          "%s%s = trials gives each network one worker; leave train.workers at auto, or take averaging.",
          Place.of(entry.value().origin()), entry.name());
    }
    return parallel;
  }

  /**
   * Whether the executors train different networks side by side.
   *
   * @param networks to be trained, at least 1
   * @param executors at least 1
   */
  public boolean isOfTrials(int networks, int executors) {
    return parallel
        .map(Parallel.TRIALS::equals)
        // Who asks for workers, or for momentum over their averagings, wants them averaged.
        .orElse(workers.isEmpty() && outer.isEmpty() && networks >= executors);
  }

  /**
   * The same with one worker's training shared by several: each minibatch is, and averaged after
   * it, which comes to the same up to rounding, but for dropout, batch normalisation and clipped
   * gradients.
   */
  public TrainSettings sharingMinibatches() {
    return new TrainSettings(
        seed,
        repeats,
        folds,
        workers,
        parallel,
        precision,
        BatchOf.ALL_WORKERS,
        Optional.of(AveragingFrequency.always(1)),
        Optional.empty(),
        UpdaterState.KEPT,
        checkpointRounds);
  }

  /**
   * How often each architecture is trained.
   *
   * @throws UserException if that is more often than any run could
   */
  public int trainings() {
    long trainings = (long) repeats * folds.orElse(1);
    if (trainings > MOST_TRAININGS) {
      throw tooMany(trainings);
    }
    return (int) trainings;
  }

  static UserException tooMany(long trainings) {
    return new UserException(
        "train.repeats and train.folds make %,d trainings, more than one run may have: give fewer, or"
            + " divide them among several runs with other seeds.",
        trainings);
  }

  /** The same without repeats and folds. */
  TrainSettings once() {
    return new TrainSettings(
        seed,
        1,
        OptionalInt.empty(),
        workers,
        parallel,
        precision,
        batchOf,
        averagingFrequency,
        outer,
        updaterState,
        checkpointRounds);
  }

  /** Minibatches between two averagings, in most epochs. */
  public int usualFrequency() {
    return averagingFrequency.map(AveragingFrequency::atLast).orElse(AveragingFrequency.BASE);
  }

  /** Its block, without the braces. */
  String hocon() {
    return """
          seed = %s
          repeats = %s
          folds = %s
          workers = %s
          parallel = %s
          precision = %s
          batch-of = %s
          averaging-frequency = %s
          outer = %s
          average-updater-state = %s
          checkpoint-rounds = %s
        """
        .formatted(
            seed,
            repeats,
            folds.isPresent() ? folds.getAsInt() : "none",
            workers.isPresent() ? workers.getAsInt() : "auto",
            parallel.map(Entry::word).orElse("auto"),
            precision.map(Precision::key).orElse(Precision.AUTO),
            Entry.word(batchOf),
            averagingFrequency.map(AveragingFrequency::hocon).orElse(AveragingFrequency.AUTO),
            outer.map(OuterMomentum::hocon).orElse("none"),
            updaterState == UpdaterState.AVERAGED,
            checkpointRounds);
  }
}
