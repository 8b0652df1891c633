package io.convoy.report;

import io.convoy.evaluate.Assessment;
import io.convoy.evaluate.Estimate;
import io.convoy.evaluate.SplitMetrics;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What must be said of a network before its figures are compared with others': that it is no better
 * than a constant, or was not measured. By the split that it is judged by.
 *
 * @param result of the network
 * @param classes in the order of their labels
 */
public record Remark(ArchitectureResult result, List<String> classes) {

  /**
   * The remark, which a name and a colon may begin; without commas of its own; empty where nothing
   * is amiss.
   */
  public Optional<String> text() {
    return result
        .failure()
        .map(reason -> "failed: " + reason.replace(',', ';'))
        .or(this::ofFigures);
  }

  private Optional<String> ofFigures() {
    SplitMetrics metrics = result.judged().metrics();
    Assessment assessment = result.judged().assessment();
    return switch (assessment.verdict()) {
      case BETTER -> Optional.empty();
      case BETTER_BUT_ONE_CLASS ->
          isBinary()
              ? say("calls every photo %s at the threshold 0.5 though it ranks them", onlyClass())
              : say("calls every photo %s though its probabilities tell them apart", onlyClass());
      case ONE_CLASS ->
          say("no better than a constant answer: it calls every photo %s", onlyClass());
      case NO_BETTER ->
          say(
              "no better than a constant answer: %s against a constant's %.4f; %s",
              error(metrics), assessment.constantMse(), rank(assessment));
      case WORSE_PROBABILITIES ->
          say(
              "its probabilities are no better than a constant answer though it ranks: %s against a"
                  + " constant's %.4f; %s",
              error(metrics), assessment.constantMse(), rank(assessment));
      case NOT_TOLD_APART ->
          say(
              "cannot be told apart from a constant answer on %d photos: %s",
              metrics.images(), rank(assessment));
      case DIVERGED -> say("diverged: its answers are no numbers");
      case ONE_CLASS_SPLIT ->
          say("not measured: the %s split has photos of one class only", result.judgedSplit());
      case UNMEASURED -> say("not measured: there are no photos to measure it on");
    };
  }

  private static Optional<String> say(String format, Object... arguments) {
    return Optional.of(String.format(Locale.ROOT, format, arguments));
  }

  private boolean isBinary() {
    return classes.size() == 2;
  }

  /** What is compared with the constant's error. */
  private String error(SplitMetrics metrics) {
    return isBinary()
        ? String.format(Locale.ROOT, "mean squared error %.4f", metrics.mse())
        : String.format(Locale.ROOT, "Brier score %.4f", metrics.brier());
  }

  /** What tells how it ranks: of more than two classes how often the first is the right one. */
  private String rank(Assessment assessment) {
    Estimate figure = isBinary() ? assessment.auc() : assessment.accuracy();
    return String.format(
        Locale.ROOT,
        "%s %.3f (95 %% interval %.3f to %.3f)",
        isBinary() ? "AUC" : "accuracy",
        figure.value(),
        figure.low(),
        figure.high());
  }

  private String onlyClass() {
    return classes.get(result.judged().confusion().onlyPredicted().orElseThrow());
  }
}
