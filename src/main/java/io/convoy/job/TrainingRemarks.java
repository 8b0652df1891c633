package io.convoy.job;

import io.convoy.failure.Amount;
import io.convoy.network.NetworkConfiguration;
import io.convoy.network.NetworkNode;
import io.convoy.plan.Workload;
import io.convoy.report.EpochResult;
import io.convoy.settings.Architecture;
import io.convoy.settings.AveragingFrequency;
import io.convoy.settings.BatchOf;
import io.convoy.storage.Storage;
import io.convoy.train.Traffic;
import io.convoy.train.TrainingState;
import io.convoy.train.Workers;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What the training of an architecture tells the user.
 *
 * @param before epochs of an earlier training
 */
record TrainingRemarks(Context context, Architecture architecture, int before) {
  private static final int FEWEST_AVERAGINGS = 20;
  private static final int FEWEST_STEPS = 500;

  /**
   * Images of a worker's part of a minibatch, below which its share of a step is mostly overhead.
   */
  private static final int LEAST_SHARE = 8;

  private void say(String format, Object... arguments) {
    context.remark(
        "train %s: %s%n", architecture.name(), String.format(Locale.ROOT, format, arguments));
  }

  /**
   * @param reason the checkpoint's file, and what is wrong with it
   */
  void damagedCheckpoint(String reason) {
    say("a damaged checkpoint is passed over, %s", reason);
  }

  void nothingToAverage() {
    say("one worker alone averages nothing, so that train.outer does nothing");
  }

  /**
   * What an epoch sends; of one worker alone nothing, as it has nothing to average with.
   *
   * @param when it is so, as in " at first"; may be empty
   */
  void traffic(Traffic traffic, String when) {
    if (traffic.workers() > 1) {
      say(
          "%s an epoch%s, each %s to an executor and %s from all workers",
          Amount.of(traffic.rounds(), "averaging round"),
          when,
          Amount.ofBytes(traffic.broadcastBytes()),
          Amount.ofBytes(traffic.averagedBytes()));
    }
  }

  /**
   * That several workers will hardly learn together, where there are few averagings or few steps.
   *
   * @param workers that train beside one another
   * @param workload of an epoch
   * @param frequency of averaging, as far as it can be foreseen
   * @param batchOf whose minibatch the architecture's batch is the size of
   */
  void tooFew(int workers, Workload workload, AveragingFrequency frequency, BatchOf batchOf) {
    if (workers == 1) {
      return;
    }
    int epochs = architecture.epochs();
    long averagings =
        IntStream.rangeClosed(before + 1, before + epochs)
            .mapToLong(epoch -> workload.rounds(workers, frequency.minibatches(epoch)))
            .sum();
    long steps = (long) epochs * workload.minibatchesOfAWorker(workers);
    // Those of each minibatch cannot be more.
    if (averagings < FEWEST_AVERAGINGS && frequency.atLast() > 1) {
      say(
          "%s in all, below %d: the workers learn by themselves for the most part; lower"
              + " train.averaging-frequency",
          Amount.of(averagings, "averaging"), FEWEST_AVERAGINGS);
    }
    if (steps < FEWEST_STEPS) {
      say(
          "%s in all, below %d: %s",
          Amount.of(steps, "step") + " of each worker", FEWEST_STEPS, moreSteps(workers, batchOf));
    }
    int share = BatchOf.ALL_WORKERS.perWorker(architecture.batch(), workers);
    if (batchOf == BatchOf.ALL_WORKERS && share < LEAST_SHARE) {
      say(
          "a worker's part of a minibatch is %s, below %d, and takes nearly as long as a larger one;"
              + " better is %s",
          Amount.of(share, "image"), LEAST_SHARE, largerBatch(workers));
    }
  }

  /** Rates for larger batches as for Adam: times the root of their growth. */
  private String largerBatch(int workers) {
    return String.format(
        Locale.ROOT,
        "batch = %d with %.3g times the learning rate and 3 warm-up-epochs",
        LEAST_SHARE * workers,
        Math.sqrt((double) LEAST_SHARE * workers / architecture.batch()));
  }

  private String moreSteps(int workers, BatchOf batchOf) {
    int shared = BatchOf.ALL_WORKERS.perWorker(architecture.batch(), workers);
    return switch (batchOf) {
      case ALL_WORKERS -> "train more epochs";
      case WORKER ->
          shared >= LEAST_SHARE
              ? String.format(
                  Locale.ROOT,
                  "train.batch-of = all-workers takes %d times as many, of %s each",
                  workers,
                  Amount.of(shared, "image"))
              : "train more epochs, or train.batch-of = all-workers and " + largerBatch(workers);
    };
  }

  /**
   * How often the workers are averaged in an epoch, where that is another number than before.
   *
   * @param epoch from 1
   */
  Optional<String> of(AveragingFrequency frequency, int epoch) {
    int now = frequency.minibatches(epoch);
    int old = epoch == before + 1 ? 0 : frequency.minibatches(epoch - 1);
    return now == old
        ? Optional.empty()
        : Optional.of(
            "epoch %d: the workers are averaged after every %s of each%s"
                .formatted(
                    epoch,
                    now == 1 ? "minibatch" : Amount.of(now, "minibatch"),
                    old == 0 ? "" : String.format(Locale.ROOT, ", instead of %,d", old)));
  }

  void beginning(String model, NetworkConfiguration network) {
    say(
        "beginning with %s, %,d of %,d parameters are frozen",
        model,
        network.nodes().stream()
            .filter(NetworkNode::isFrozen)
            .mapToLong(NetworkNode::parameters)
            .sum(),
        network.nodes().stream().mapToLong(NetworkNode::parameters).sum());
  }

  /**
   * @param obstacle why the optimizer begins afresh; empty where it goes on
   */
  void goingOnFrom(Storage model, Optional<String> obstacle) {
    say("going on after epoch %d from %s", before, model);
    obstacle.ifPresent(reason -> say("the optimizer begins afresh: %s", reason));
  }

  void outerMomentumAfresh() {
    say("the outer momentum begins afresh: models are kept without it");
  }

  void resuming(TrainingState state) {
    if (state.epoch() > before + architecture.epochs()) {
      say("its %s are trained already", Amount.of(architecture.epochs(), "epoch"));
      return;
    }
    say(
        "going on with epoch %d of %d, after its first %s",
        state.epoch(), before + architecture.epochs(), Amount.of(state.minibatches(), "minibatch"));
  }

  void otherWorkers(Workers now, TrainingNotes stopped) {
    say(
        "with %s instead of %s, the result is another than without the stop",
        now, new Workers(stopped.workers(), stopped.threads()));
  }

  void diverged(int epochs) {
    say("the loss is no number after epoch %d; a lower learning rate may help.", before + epochs);
  }

  /**
   * @param reason in a line
   */
  void stopping(String reason) {
    say("%s", reason);
  }

  void choice(String choice) {
    say("%s", choice);
  }

  /** A line about an epoch, for the progress. */
  String of(EpochResult result) {
    String measured =
        Optional.ofNullable(result.validationLoss())
            .map(
                loss ->
                    String.format(
                        Locale.ROOT,
                        ", validation loss %.4f, accuracy %.3f",
                        loss,
                        result.validation().accuracy()))
            .orElse("");
    return String.format(
        Locale.ROOT,
        "epoch %d of %d: loss %.4f%s",
        result.epoch(),
        before + architecture.epochs(),
        result.trainLoss(),
        measured);
  }
}
