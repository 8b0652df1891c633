package io.convoy.job;

import io.convoy.averaging.Applied;
import io.convoy.evaluate.BinaryPredictions;
import io.convoy.evaluate.Predictions;
import io.convoy.evaluate.ThresholdRow;
import io.convoy.failure.Amount;
import io.convoy.report.EpochResult;
import io.convoy.settings.Architecture;
import io.convoy.settings.Stopping;
import io.convoy.train.Traffic;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/** The epochs of one architecture as the tables have them, measured from its notes. */
final class EpochResults {
  private final Architecture architecture;
  private final int before;
  private final int images;
  private final IntFunction<Traffic> traffic;
  private final List<EpochResult> results = new ArrayList<>();

  /**
   * @param architecture that is trained
   * @param before epochs that its network was trained before, by another run
   * @param images of the training split
   * @param traffic of an epoch, from 1
   */
  EpochResults(Architecture architecture, int before, int images, IntFunction<Traffic> traffic) {
    this.architecture = architecture;
    this.before = before;
    this.images = images;
    this.traffic = traffic;
  }

  /**
   * Takes the epochs that have come to the notes.
   *
   * @return the notes with all that is needed of the epochs so far, and no more
   */
  TrainingNotes follow(TrainingNotes notes) {
    TrainingNotes measured = notes.measured();
    for (TrainingNotes.Epoch epoch :
        measured.epochs().subList(results.size(), measured.epochs().size())) {
      results.add(result(results.size(), epoch));
    }
    return results.isEmpty() ? measured : measured.withProbabilitiesOf(results.indexOf(best()));
  }

  private EpochResult result(int index, TrainingNotes.Epoch epoch) {
    Double loss =
        switch (architecture.loss()) {
          case MSE -> epoch.metrics().mse();
          case CROSS_ENTROPY -> epoch.metrics().crossEntropy();
        };
    int number = before + index + 1;
    Traffic sent = traffic.apply(number);
    return new EpochResult(
        architecture.name(),
        number,
        epoch.trainLoss(),
        loss,
        epoch.metrics(),
        Optional.ofNullable(epoch.atBest()),
        epoch.temperature() == null ? 1 : epoch.temperature(),
        threshold(epoch),
        epoch.seconds(),
        images / epoch.seconds(),
        sent.rounds(),
        sent.broadcastBytes(),
        sent.averagedBytes(),
        sent.frequency(),
        epoch.applied() == null ? Applied.NOTHING : epoch.applied());
  }

  private static double threshold(TrainingNotes.Epoch epoch) {
    return Stream.of(
            Optional.ofNullable(epoch.threshold()),
            Optional.ofNullable(epoch.atBest()).map(ThresholdRow::threshold))
        .flatMap(Optional::stream)
        .findFirst()
        .orElse((double) BinaryPredictions.EVEN);
  }

  /** The predictions of the validation split after the best epoch. */
  Predictions bestValidation(TrainingNotes notes) {
    return new Predictions(
        notes.classes(), notes.epochs().get(results.indexOf(best())).validation(), notes.labels());
  }

  /** All epochs so far. */
  List<EpochResult> all() {
    return Collections.unmodifiableList(results);
  }

  EpochResult last() {
    return results.get(results.size() - 1);
  }

  boolean lastIsBest() {
    return best() == last();
  }

  /** The last epoch where none before it was better. */
  Optional<EpochResult> lastIfBest() {
    return lastIsBest() ? Optional.of(last()) : Optional.empty();
  }

  /** The best epoch by the recipe's metric; without validation images the last. */
  EpochResult best() {
    return order().best(results);
  }

  private EpochOrder order() {
    return new EpochOrder(architecture.recipe().best());
  }

  /** Which epoch is kept and why, in words. */
  String choice() {
    EpochResult best = best();
    if (results.size() == 1) {
      return String.format(Locale.ROOT, "epoch %d is kept, the only one", best.epoch());
    }
    if (order().value(best) == null) {
      return String.format(Locale.ROOT, "epoch %d is kept, the last", best.epoch());
    }
    return String.format(
        Locale.ROOT,
        "epoch %d is kept, the best of %d by its %s%s",
        best.epoch(),
        results.size(),
        order().words(best),
        best.validation().auc() == null
            ? "; warning: the validation photos are of one class only, which tells nothing of the other"
            : "");
  }

  /** Why training ends after the epochs so far, in words; empty where it goes on. */
  Optional<String> stop() {
    return results.isEmpty()
        ? Optional.empty()
        : architecture.recipe().stopping().patient().flatMap(this::stop);
  }

  private Optional<String> stop(Stopping.Patience patience) {
    EpochOrder order = new EpochOrder(patience.metric());
    EpochResult best = order.best(results);
    // The network is not yet at home in images as large as those of the evaluation.
    int growing = before + architecture.recipe().resizing().lastGrowing(architecture.epochs());
    int since = last().epoch() - Math.max(best.epoch(), growing);
    return since < patience.patience()
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "stopped early, after epoch %d of %d: the %s of epoch %d was not bettered in %s",
                last().epoch(),
                before + architecture.epochs(),
                order.words(best),
                best.epoch(),
                Amount.of(since, "epoch")));
  }
}
