package io.convoy.report;

import io.convoy.evaluate.Assessment;
import io.convoy.evaluate.Estimate;
import io.convoy.evaluate.Predictions;
import io.convoy.evaluate.SplitMetrics;
import io.convoy.evaluate.ThresholdRow;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What must be said of a network before its figures are compared with others': that it is no better
 * than a constant, or was not measured. By the split that it is judged by.
 *
 * @param result of the network
 * @param negativeClass the name of class 0
 * @param positiveClass the name of class 1
 */
public record Remark(ArchitectureResult result, String negativeClass, String positiveClass) {
  /** By the names of the classes, in the order of their labels. */
  public static Remark of(ArchitectureResult result, List<String> classes) {
    return new Remark(result, classes.get(0), classes.get(1));
  }

  /**
   * The remark, which a name and a colon may begin; without commas of its own; empty where nothing
   * is amiss.
   */
  public Optional<String> text() {
    SplitMetrics metrics = result.judged().metrics();
    Assessment assessment = result.judged().assessment();
    return switch (assessment.verdict()) {
      case BETTER -> Optional.empty();
      case BETTER_BUT_ONE_CLASS ->
          say("calls every photo %s at the threshold 0.5 though it ranks them", onlyClass());
      case ONE_CLASS ->
          say("no better than a constant answer: it calls every photo %s", onlyClass());
      case NO_BETTER ->
          say(
              "no better than a constant answer: mean squared error %.4f against a constant's %.4f; %s",
              metrics.mse(), assessment.constantMse(), auc(assessment));
      case WORSE_PROBABILITIES ->
          say(
              "its probabilities are no better than a constant answer though it ranks: mean squared"
                  + " error %.4f against a constant's %.4f; %s",
              metrics.mse(), assessment.constantMse(), auc(assessment));
      case NOT_TOLD_APART ->
          say(
              "cannot be told apart from a constant answer on %d photos: %s",
              metrics.images(), auc(assessment));
      case DIVERGED -> say("diverged: its answers are no numbers");
      case ONE_CLASS_SPLIT ->
          say("not measured: the %s split has photos of one class only", result.judgedSplit());
      case UNMEASURED -> say("not measured: there are no photos to measure it on");
    };
  }

  private static Optional<String> say(String format, Object... arguments) {
    return Optional.of(String.format(Locale.ROOT, format, arguments));
  }

  private static String auc(Assessment assessment) {
    Estimate auc = assessment.auc();
    return String.format(
        Locale.ROOT, "AUC %.3f (95 %% interval %.3f to %.3f)", auc.value(), auc.low(), auc.high());
  }

  private String onlyClass() {
    ThresholdRow even = result.judged().sweep().at(Predictions.EVEN).orElseThrow();
    return even.truePositives() + even.falsePositives() > 0 ? positiveClass : negativeClass;
  }
}
