package io.convoy.evaluate;

import java.util.stream.DoubleStream;
import java.util.stream.LongStream;

/**
 * How sure the metrics of one split are, and what they are worth. What is not defined is null: all
 * intervals of an empty split or of one with NaN among the probabilities.
 *
 * @param verdict against a constant
 * @param accuracy with Wilson's interval
 * @param auc with DeLong's interval, and of more than two classes with that of the {@link
 *     Intervals}; null unless several classes are present, and where that is not known
 * @param constantMse the mean squared error of the best constant, p (1 - p) for the share p of the
 *     positive class, 0..0.25; of more than two classes Brier's score of their shares, 0..1
 * @param mseAgainstConstant the network's mean squared error, or Brier's score, less {@code
 *     constantMse}, with the interval of the paired t test; below 0 where the network is better;
 *     null for a single image
 */
public record Assessment(
    Verdict verdict,
    Estimate accuracy,
    Estimate auc,
    Double constantMse,
    Estimate mseAgainstConstant) {

  /** The assessment of a split. */
  public static Assessment of(Predictions predictions) {
    if (predictions.images() == 0) {
      return unmeasured(Verdict.UNMEASURED);
    }
    if (!predictions.measurable()) {
      return unmeasured(Verdict.DIVERGED);
    }
    Estimate accuracy =
        Proportion.of(
            predictions.indices().filter(predictions::isRight).count(), predictions.images());
    return predictions.isBinary() ? ofTwo(predictions, accuracy) : ofMore(predictions, accuracy);
  }

  private static Assessment ofTwo(Predictions predictions, Estimate accuracy) {
    double share = predictions.indices().map(i -> predictions.labels()[i]).average().orElseThrow();
    Estimate difference =
        PairedDifference.of(
            predictions.squaredErrors(),
            predictions
                .indices()
                .mapToDouble(i -> Math.pow(share - predictions.labels()[i], 2))
                .toArray());
    if (!predictions.hasSeveralClasses()) {
      return new Assessment(
          Verdict.ONE_CLASS_SPLIT, accuracy, null, share * (1 - share), difference);
    }
    Estimate auc = new AreaUnderCurve(predictions.oneVsRest(1)).estimate();
    return new Assessment(
        Verdict.ofTwo(predictions, auc, difference),
        accuracy,
        auc,
        share * (1 - share),
        difference);
  }

  private static Assessment ofMore(Predictions predictions, Estimate accuracy) {
    double[] shares =
        LongStream.of(predictions.perClass())
            .mapToDouble(images -> (double) images / predictions.images())
            .toArray();
    double squares = DoubleStream.of(shares).map(share -> share * share).sum();
    Estimate difference =
        PairedDifference.of(
            predictions.squaredErrors(),
            predictions
                .indices()
                .mapToDouble(i -> 1 - 2 * shares[predictions.labels()[i]] + squares)
                .toArray());
    double largest = DoubleStream.of(shares).max().orElseThrow();
    return new Assessment(
        predictions.hasSeveralClasses()
            ? Verdict.ofMore(predictions, accuracy, largest, difference)
            : Verdict.ONE_CLASS_SPLIT,
        accuracy,
        null,
        1 - squares,
        difference);
  }

  /** The same with another interval of the AUC. */
  public Assessment withAuc(Estimate other) {
    return new Assessment(verdict, accuracy, other, constantMse, mseAgainstConstant);
  }

  private static Assessment unmeasured(Verdict verdict) {
    return new Assessment(verdict, null, null, null, null);
  }
}
