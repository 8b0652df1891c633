package io.convoy.job;

import io.convoy.evaluate.Predictions;
import io.convoy.report.EpochResult;
import io.convoy.report.SplitResult;
import io.convoy.settings.Architecture;
import io.convoy.train.Traffic;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The epochs of one architecture as the tables have them, measured from its notes. */
final class EpochResults {
  private final Architecture architecture;
  private final int images;
  private final Traffic traffic;
  private final List<EpochResult> results = new ArrayList<>();

  /**
   * @param architecture that is trained
   * @param images of the training split
   * @param traffic of an epoch
   */
  EpochResults(Architecture architecture, int images, Traffic traffic) {
    this.architecture = architecture;
    this.images = images;
    this.traffic = traffic;
  }

  /** Measures the epochs that have come to the notes. */
  void follow(TrainingNotes notes) {
    while (results.size() < notes.epochs().size()) {
      results.add(measure(results.size() + 1, notes));
    }
  }

  private EpochResult measure(int number, TrainingNotes notes) {
    TrainingNotes.Epoch epoch = notes.epochs().get(number - 1);
    SplitResult validation = SplitResult.ofValidation(validation(notes, number));
    Double loss =
        switch (architecture.loss()) {
          case MSE -> validation.metrics().mse();
          case CROSS_ENTROPY -> validation.metrics().crossEntropy();
        };
    return new EpochResult(
        architecture.name(),
        number,
        epoch.trainLoss(),
        loss,
        validation,
        epoch.seconds(),
        images / epoch.seconds(),
        traffic.rounds(),
        traffic.broadcastBytes(),
        traffic.averagedBytes());
  }

  /** The predictions of the validation split after an epoch. */
  static Predictions validation(TrainingNotes notes, int epoch) {
    return new Predictions(notes.epochs().get(epoch - 1).validation(), notes.labels());
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

  /** The epoch with the lowest loss on validation; without one the last that has none either. */
  EpochResult best() {
    EpochResult best = results.get(0);
    for (EpochResult result : results) {
      if (best.validationLoss() == null
          || result.validationLoss() != null && result.validationLoss() < best.validationLoss()) {
        best = result;
      }
    }
    return best;
  }
}
