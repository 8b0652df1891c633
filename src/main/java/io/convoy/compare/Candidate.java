package io.convoy.compare;

import io.convoy.evaluate.Predictions;
import io.convoy.report.ArchitectureResult;
import io.convoy.report.SplitResult;
import io.convoy.settings.Architecture;
import io.convoy.settings.Repeat.Fold;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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

  /**
   * With one network in place of the folds of a cross-validation, whose predictions are those of
   * all photos, each by the fold that has not seen it; of the test split it has none. Folds without
   * all others are left out.
   *
   * @param trainings in any order
   */
  public static List<Candidate> ofAllFolds(List<Candidate> trainings) {
    Map<String, List<Candidate>> networks = new LinkedHashMap<>();
    trainings.forEach(
        each ->
            networks.computeIfAbsent(each.labelOfAllFolds(), label -> new ArrayList<>()).add(each));
    return networks.entrySet().stream()
        .flatMap(network -> joined(network.getKey(), network.getValue()).stream())
        .toList();
  }

  /** What its label has before the name stays. */
  private String labelOfAllFolds() {
    Architecture one = result.architecture();
    return label.substring(0, label.length() - one.name().length()) + one.ofAllFolds().name();
  }

  private static Optional<Candidate> joined(String label, List<Candidate> trainings) {
    Candidate first = trainings.get(0);
    Optional<Fold> fold = first.result.architecture().recipe().repeat().crossValidation();
    if (fold.isEmpty()) {
      return Optional.of(first);
    }
    if (trainings.size() < fold.get().count()) {
      return Optional.empty();
    }
    List<Candidate> folds =
        trainings.stream().sorted(Comparator.comparingInt(Candidate::fold)).toList();
    // In one order for all architectures, so that they can be compared photo by photo.
    Predictions outOfFold = Predictions.joined(folds.stream().map(Candidate::validation).toList());
    return Optional.of(
        new Candidate(
            label,
            ArchitectureResult.ofFolds(folds.stream().map(Candidate::result).toList(), outOfFold),
            outOfFold,
            Predictions.none(outOfFold.classes())));
  }

  private int fold() {
    return result.architecture().recipe().repeat().fold().number();
  }

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
