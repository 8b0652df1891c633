package io.convoy.evaluate;

/**
 * How sure the metrics of one split are, and what they are worth. What is not defined is null: all
 * intervals of an empty split or of one with NaN among the probabilities.
 *
 * @param verdict against a constant
 * @param accuracy at the threshold 0.5, with Wilson's interval
 * @param auc with DeLong's interval; null unless both classes are present
 * @param constantMse the mean squared error of the best constant, p (1 - p) for the share p of the
 *     positive class, 0..0.25
 * @param mseAgainstConstant mean squared error less {@code constantMse}, with the interval of the
 *     paired t test; below 0 where the network is better; null for a single image
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
    double share = predictions.indices().map(i -> predictions.labels()[i]).average().orElseThrow();
    Estimate difference =
        PairedDifference.of(
            predictions.squaredErrors(),
            predictions
                .indices()
                .mapToDouble(i -> Math.pow(share - predictions.labels()[i], 2))
                .toArray());
    if (!predictions.hasBothClasses()) {
      return new Assessment(
          Verdict.ONE_CLASS_SPLIT, accuracy, null, share * (1 - share), difference);
    }
    Estimate auc = new AreaUnderCurve(predictions).estimate();
    return new Assessment(
        Verdict.of(predictions, auc, difference), accuracy, auc, share * (1 - share), difference);
  }

  private static Assessment unmeasured(Verdict verdict) {
    return new Assessment(verdict, null, null, null, null);
  }
}
