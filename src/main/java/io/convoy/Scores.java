package io.convoy;

import io.convoy.evaluate.SplitMetrics;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How well a network's probabilities agree with the labels of a split. A figure that is not defined
 * is empty: all of them for a split without images. The table {@code metrics} of the run has more.
 *
 * @param images in the split
 * @param accuracy share of right answers, 0 to 1; of two classes at the threshold 0.5
 * @param auc area under the ROC curve, 0 to 1; of more than two classes the mean of those of each
 *     class against the rest
 * @param mse mean squared error between probability and label, 0 to 1
 * @param crossEntropy mean cross-entropy in nats, 0 or more
 */
public record Scores(
    long images,
    OptionalDouble accuracy,
    OptionalDouble auc,
    OptionalDouble mse,
    OptionalDouble crossEntropy) {

  static Scores of(SplitMetrics metrics) {
    return new Scores(
        metrics.images(),
        optional(metrics.accuracy()),
        optional(metrics.auc()),
        optional(metrics.mse()),
        optional(metrics.crossEntropy()));
  }

  private static OptionalDouble optional(Double value) {
    return Optional.ofNullable(value).map(OptionalDouble::of).orElse(OptionalDouble.empty());
  }
}
