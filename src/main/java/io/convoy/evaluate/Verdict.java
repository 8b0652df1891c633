package io.convoy.evaluate;

import java.util.Locale;

/**
 * Whether a network does better on a split than a constant: the same answer, the share of the
 * positive class, to every image.
 */
public enum Verdict {
  /** It errs less, and it ranks the positive images above the negative ones. */
  BETTER,

  /** It is better, but calls all images one class at the threshold 0.5. */
  BETTER_BUT_ONE_CLASS,

  /** It calls all images one class at the threshold 0.5, and is no better than a constant. */
  ONE_CLASS,

  /** Its mean squared error is not below the constant's, and it ranks no better than chance. */
  NO_BETTER,

  /**
   * It ranks better than chance, but its probabilities are so far off that its mean squared error
   * is not below the constant's.
   */
  WORSE_PROBABILITIES,

  /** It errs less, but the interval of its AUC does not lie above 0.5. */
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

  /** The verdict on predictions of both classes, without NaN. */
  static Verdict of(Predictions predictions, Estimate auc, Estimate mseAgainstConstant) {
    long positives = predictions.indices().filter(predictions::isCalledPositive).count();
    boolean oneClass = positives == 0 || positives == predictions.images();
    boolean errsLess = mseAgainstConstant.value() < 0;
    boolean ranks = auc.low() > CHANCE;
    if (errsLess && ranks) {
      return oneClass ? BETTER_BUT_ONE_CLASS : BETTER;
    }
    if (oneClass) {
      return ONE_CLASS;
    }
    if (errsLess) {
      return NOT_TOLD_APART;
    }
    return ranks ? WORSE_PROBABILITIES : NO_BETTER;
  }
}
