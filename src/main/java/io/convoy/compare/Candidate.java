package io.convoy.compare;

import io.convoy.evaluate.Predictions;
import io.convoy.report.ArchitectureResult;
import io.convoy.report.SplitResult;
import java.util.Comparator;

/**
 * A network that is trained and measured.
 *
 * @param label to tell it from the others by
 * @param result what its training came to
 * @param validation the best model's predictions of the validation split; may be empty
 * @param test its predictions of the test split; may be empty
 */
public record Candidate(
    String label, ArchitectureResult result, Predictions validation, Predictions test) {

  /** The best first, as tables rank them. */
  static final Comparator<Candidate> RANKING =
      Comparator.comparing(Candidate::result, ArchitectureResult.RANKING);

  /** Whether it is better than a constant answer. */
  public boolean isBetterThanConstant() {
    return result.judged().assessment().verdict().isBetter();
  }

  /** Whether it has a rank: it is better than a constant answer on the validation split. */
  public boolean isRanked() {
    return isBetterThanConstant() && result.validation().metrics().mse() != null;
  }

  /**
   * Share of right answers at the threshold 0.5 on the split that it is judged by; null if none.
   */
  public Double accuracy() {
    return result.judged().metrics().accuracy();
  }

  /** The split on which it is compared with others. */
  OnSplit on(String split) {
    return split.equals("test")
        ? new OnSplit(result.test(), test)
        : new OnSplit(result.validation(), validation);
  }

  /** The network's figures and predictions on one split. */
  record OnSplit(SplitResult figures, Predictions predictions) {}
}
