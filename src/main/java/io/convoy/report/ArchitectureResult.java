package io.convoy.report;

import io.convoy.evaluate.BinaryPredictions;
import io.convoy.evaluate.ThresholdRow;
import io.convoy.settings.Architecture;
import java.util.Comparator;
import java.util.Optional;

/**
 * What training an architecture came to. All figures are those of the best epoch: the one with the
 * lowest validation loss, or the last where there is no validation split.
 *
 * @param architecture as in the settings
 * @param parameters weights and biases
 * @param modelBytes size of the best model's file
 * @param trainImages in the training split
 * @param epochs that its network was trained, with those of an earlier run
 * @param bestEpoch from 1
 * @param workers that trained beside one another
 * @param averagingFrequency minibatches between two averagings
 * @param epochSeconds mean wall time of an epoch's training, without validation
 * @param inferenceSecondsPerImage that a worker takes to predict one of many images; see {@code
 *     train.Evaluation}; null where it is not known, as of a run of an older convoy
 * @param validation the validation split's figures
 * @param test the test split's figures
 * @param failure why its training failed, in a line; empty where it did not
 */
public record ArchitectureResult(
    Architecture architecture,
    long parameters,
    long modelBytes,
    int trainImages,
    int epochs,
    int bestEpoch,
    int workers,
    int averagingFrequency,
    double epochSeconds,
    Double inferenceSecondsPerImage,
    SplitResult validation,
    SplitResult test,
    Optional<String> failure) {
  /** Best first: by mean squared error on validation (Brier's score); those without one last. */
  public static final Comparator<ArchitectureResult> RANKING =
      Comparator.comparing(
          result -> result.validation.metrics().mse(),
          Comparator.nullsLast(Comparator.naturalOrder()));

  /** The threshold that is best on validation; 0.5 where there is none to choose it on. */
  public double threshold() {
    return validation.atBest().map(ThresholdRow::threshold).orElse((double) BinaryPredictions.EVEN);
  }

  /** The key of the split that it is judged by: validation or, where that has no images, test. */
  public String judgedSplit() {
    return validation.metrics().images() > 0 ? "validation" : "test";
  }

  /** The figures of the split that it is judged by. */
  public SplitResult judged() {
    return validation.metrics().images() > 0 ? validation : test;
  }

  /** Wall time of the training of all epochs, in seconds; NaN where that is not known. */
  public double trainSeconds() {
    return epochSeconds * epochs;
  }

  /** Training images over the wall time of training. */
  public double imagesPerSecond() {
    return trainImages / epochSeconds;
  }
}
