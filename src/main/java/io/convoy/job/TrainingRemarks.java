package io.convoy.job;

import io.convoy.failure.Amount;
import io.convoy.network.NetworkConfiguration;
import io.convoy.network.NetworkNode;
import io.convoy.report.EpochResult;
import io.convoy.settings.Architecture;
import io.convoy.storage.Storage;
import io.convoy.train.Traffic;
import io.convoy.train.TrainingState;
import io.convoy.train.Workers;
import java.util.Locale;
import java.util.Optional;

/**
 * What the training of an architecture tells the user.
 *
 * @param before epochs of an earlier training
 */
record TrainingRemarks(Context context, Architecture architecture, int before) {
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
