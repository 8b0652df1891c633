package io.convoy.evaluate;

import java.util.Locale;

/**
 * Whether a network does better on a split than a constant: the same answer, the share of the
 * positive class, or of more than two classes their shares, to every image. That it calls all
 * images one class is meant of two classes at the threshold 0.5.
 */
public enum Verdict {
  /**
   * It errs less, and it ranks the positive images above the negative ones; of more than two
   * classes, the interval of the difference in error lies below 0.
   */
  BETTER,

  /** It is better, but calls all images one class. */
  BETTER_BUT_ONE_CLASS,

  /** It calls all images one class, and is no better than a constant. */
  ONE_CLASS,

  /** Its mean squared error is not below the constant's, and it ranks no better than chance. */
  NO_BETTER,

  /**
   * It ranks better than chance, or of more than two classes is right more often than the answer
   * that is right most often, but its probabilities are so far off that its mean squared error is
   * not below the constant's.
   */
  WORSE_PROBABILITIES,

  /**
   * It errs less, but the interval of its AUC does not lie above 0.5, or of more than two classes
   * that of the difference in error not below 0.
   */
  NOT_TOLD_APART,

  /** Some of its answers are no numbers. */
  DIVERGED,

  /** The split has images of one class only, so that nothing can be told. */
  ONE_CLASS_SPLIT,

  /** The split has no images. */
  UNMEASURED;

  private static final double CHANCE = 0.5;

  /** Its name in tables, as in {@code no_better}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The verdict of that key.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Verdict of(String key) {
    return valueOf(key.toUpperCase(Locale.ROOT));
  }

  /** Whether the network has learnt something; only such a one may be called the best. */
  public boolean isBetter() {
    return switch (this) {
      case BETTER, BETTER_BUT_ONE_CLASS -> true;
      case ONE_CLASS,
          NO_BETTER,
          WORSE_PROBABILITIES,
          NOT_TOLD_APART,
          DIVERGED,
          ONE_CLASS_SPLIT,
          UNMEASURED ->
          false;
    };
  }

  /** The verdict on predictions of two classes that both are there, without NaN. */
  static Verdict ofTwo(Predictions predictions, Estimate auc, Estimate mseAgainstConstant) {
    boolean errsLess = mseAgainstConstant.value() < 0;
    boolean ranks = auc.low() > CHANCE;
    if (errsLess && ranks) {
      return better(predictions);
    }
    if (isOneClass(predictions)) {
      return ONE_CLASS;
    }
    if (errsLess) {
      return NOT_TOLD_APART;
    }
    return ranks ? WORSE_PROBABILITIES : NO_BETTER;
  }

  /**
   * The verdict on predictions of more classes, of which two or more are there, without NaN.
   *
   * @param largest the share of the class with the most images
   */
  static Verdict ofMore(
      Predictions predictions, Estimate accuracy, double largest, Estimate brierAgainstConstant) {
    if (brierAgainstConstant.high() < 0) {
      return better(predictions);
    }
    if (isOneClass(predictions)) {
      return ONE_CLASS;
    }
    if (brierAgainstConstant.value() < 0) {
      return NOT_TOLD_APART;
    }
    return accuracy.low() > largest ? WORSE_PROBABILITIES : NO_BETTER;
  }

  private static Verdict better(Predictions predictions) {
    return isOneClass(predictions) ? BETTER_BUT_ONE_CLASS : BETTER;
  }

  private static boolean isOneClass(Predictions predictions) {
    return predictions.indices().map(predictions::predicted).distinct().limit(2).count() == 1;
  }
}
