package io.convoy.report;

import io.convoy.evaluate.BinaryPredictions;
import io.convoy.evaluate.Predictions;
import io.convoy.evaluate.TemperatureScaling;
import io.convoy.evaluate.ThresholdRow;
import io.convoy.settings.Architecture;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

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
 * @param scaling what temperature scaling does for it, whether it is applied or not
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
    TemperatureScaling scaling,
    Optional<String> failure) {
  /** Best first: by mean squared error on validation (Brier's score); those without one last. */
  public static final Comparator<ArchitectureResult> RANKING =
      Comparator.comparing(
          result -> result.validation.metrics().mse(),
          Comparator.nullsLast(Comparator.naturalOrder()));

  /**
   * What cross-validation comes to: the figures of all photos, each predicted by the network that
   * was not trained on it, and the means of what the networks cost.
   *
   * @param folds one or more, in their order
   * @param outOfFold the predictions of the photos that validated; without images where a training
   *     failed
   */
  public static ArchitectureResult ofFolds(List<ArchitectureResult> folds, Predictions outOfFold) {
    ArchitectureResult first = folds.get(0);
    SplitResult validation = SplitResult.ofValidation(outOfFold);
    double epochs = mean(folds, ArchitectureResult::epochs);
    return new ArchitectureResult(
        first.architecture.ofAllFolds(),
        first.parameters,
        Math.round(mean(folds, ArchitectureResult::modelBytes)),
        (int) Math.round(mean(folds, ArchitectureResult::trainImages)),
        (int) Math.round(epochs),
        (int) Math.round(mean(folds, ArchitectureResult::bestEpoch)),
        first.workers,
        first.averagingFrequency,
        mean(folds, ArchitectureResult::trainSeconds) / Math.round(epochs),
        folds.stream().allMatch(fold -> fold.inferenceSecondsPerImage != null)
            ? (Double) mean(folds, ArchitectureResult::inferenceSecondsPerImage)
            : null,
        validation,
        SplitResult.ofTest(Predictions.none(outOfFold.classes()), validation),
        // Each network has its own.
        TemperatureScaling.UNKNOWN,
        folds.stream().flatMap(fold -> fold.failure.stream()).findFirst());
  }

  private static double mean(
      List<ArchitectureResult> folds, ToDoubleFunction<ArchitectureResult> figure) {
    return folds.stream().mapToDouble(figure).average().orElseThrow();
  }

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
