package io.convoy.job;

import io.convoy.evaluate.Predictions;
import io.convoy.report.EpochResult;
import io.convoy.report.SplitResult;
import io.convoy.settings.Architecture;
import io.convoy.train.Traffic;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntFunction;

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

  /** Measures the epochs that have come to the notes. */
  void follow(TrainingNotes notes) {
    while (results.size() < notes.epochs().size()) {
      results.add(measure(results.size(), notes));
    }
  }

  private EpochResult measure(int index, TrainingNotes notes) {
    TrainingNotes.Epoch epoch = notes.epochs().get(index);
    SplitResult validation =
        SplitResult.ofValidation(new Predictions(epoch.validation(), notes.labels()));
    Double loss =
        switch (architecture.loss()) {
          case MSE -> validation.metrics().mse();
          case CROSS_ENTROPY -> validation.metrics().crossEntropy();
        };
    int number = before + index + 1;
    Traffic sent = traffic.apply(number);
    return new EpochResult(
        architecture.name(),
        number,
        epoch.trainLoss(),
        loss,
        validation,
        epoch.seconds(),
        images / epoch.seconds(),
        sent.rounds(),
        sent.broadcastBytes(),
        sent.averagedBytes(),
        sent.frequency());
  }

  /** The predictions of the validation split after the best epoch. */
  Predictions bestValidation(TrainingNotes notes) {
    return new Predictions(
        notes.epochs().get(results.indexOf(best())).validation(), notes.labels());
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
