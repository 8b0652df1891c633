package io.convoy.compare;

import io.convoy.compare.Comparison.Contender;
import io.convoy.evaluate.Estimate;
import io.convoy.evaluate.SplitMetrics;
import io.convoy.evaluate.Verdict;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * What to make of a comparison, in words.
 *
 * @param comparison of at least one network
 */
public record Advice(Comparison comparison) {
  private static final double PERCENT = 100;

  /** One sentence. */
  public String sentence() {
    Optional<Candidate> best = comparison.best();
    if (best.isEmpty()) {
      return none();
    }
    if (comparison.ranked().size() == 1) {
      return say(
          "%s is right on %s of %s: accuracy %s.",
          best.get().label(),
          percent(accuracy(best.get()).value()),
          photos(best.get()),
          figure(accuracy(best.get())));
    }
    return comparison
        .alternative()
        .map(alternative -> level(best.get(), alternative))
        .orElseGet(() -> ahead(best.get()));
  }

  private String none() {
    List<Candidate> all = comparison.ranked();
    if (allAre(Verdict.UNMEASURED)) {
      return "There are no validation or test photos, so that nothing tells what the networks are"
          + " worth.";
    }
    if (all.stream().anyMatch(Candidate::isBetterThanConstant)) {
      return "There are no validation photos, so that the networks are not ranked.";
    }
    if (allAre(Verdict.ONE_CLASS_SPLIT)) {
      return say(
          "The %s photos are of one class only, so that nothing tells what the networks are worth.",
          all.get(0).result().judgedSplit());
    }
    long images = all.get(0).result().judged().metrics().images();
    String photos = say("%,d %s photos", images, all.get(0).result().judgedSplit());
    return all.size() == 1
        ? say(
            "%s is no better than a constant answer, as far as %s tell: do not use it.",
            all.get(0).label(), photos)
        : say(
            "None of the %d networks is better than a constant answer, as far as %s tell: do not use"
                + " them.",
            all.size(), photos);
  }

  private boolean allAre(Verdict verdict) {
    return comparison.ranked().stream()
        .allMatch(each -> each.result().judged().assessment().verdict() == verdict);
  }

  private String level(Candidate best, Contender other) {
    return say(
        "%s %s, %s, on %s, %s: accuracy %.3f against %.3f, difference %s%s.",
        other.candidate().label(),
        other.isMoreAccurate()
            ? "is more often right than the one with the lowest error"
            : "cannot be told apart from the best",
        best.label(),
        photos(best),
        costs(other.candidate(), best),
        accuracy(other.candidate()).value(),
        accuracy(best).value(),
        figure(other.difference().accuracyDifference().negated()),
        error(best, other));
  }

  /** Probabilities may be told apart where decisions are not. */
  private String error(Candidate best, Contender other) {
    Estimate difference = other.difference().mseDifference();
    if (difference == null || difference.includes(0)) {
      return "";
    }
    return say(
        "; its probabilities are %s (%s %.4f against %.4f)",
        difference.value() < 0 ? "worse" : "better",
        best.validation().isBinary() ? "mean squared error" : "Brier score",
        error(other.candidate()),
        error(best));
  }

  private String ahead(Candidate best) {
    return say(
        "%s is the best of %d on %s: accuracy %s; %s.",
        best.label(), comparison.ranked().size(), photos(best), figure(accuracy(best)), behind());
  }

  private String behind() {
    Optional<Contender> nearest =
        comparison.smaller().stream()
            .min(
                Comparator.comparingDouble(each -> each.difference().accuracyDifference().value()));
    String level =
        comparison.contenders().stream()
            .filter(each -> each.isLevel() && !each.isMoreAccurate())
            .map(each -> each.candidate().label())
            .collect(Collectors.joining(", "));
    return nearest
            .map(
                each ->
                    say(
                        "of the smaller ones %s comes nearest, behind it by %s",
                        each.candidate().label(), figure(each.difference().accuracyDifference())))
            .orElse("no smaller one is better than a constant answer")
        + (level.isEmpty()
            ? ""
            : "; not to be told apart from it, but no smaller or hardly so: " + level);
  }

  private static String costs(Candidate one, Candidate other) {
    return Cost.INFERENCE.of(one.result()).isPresent()
            && Cost.INFERENCE.of(other.result()).isPresent()
        ? say(
            "with %s of its parameters and %s of its time a photo",
            share(Cost.PARAMETERS, one, other), share(Cost.INFERENCE, one, other))
        : say("with %s of its parameters", share(Cost.PARAMETERS, one, other));
  }

  private static String share(Cost cost, Candidate one, Candidate other) {
    OptionalDouble part = cost.of(one.result());
    return percent(part.orElseThrow() / cost.of(other.result()).orElseThrow());
  }

  private static String percent(double share) {
    return say(share < 0.01 ? "%.1f %%" : "%.0f %%", PERCENT * share);
  }

  private Estimate accuracy(Candidate candidate) {
    return candidate.on(comparison.split()).figures().assessment().accuracy();
  }

  private double error(Candidate candidate) {
    SplitMetrics metrics = candidate.on(comparison.split()).figures().metrics();
    return candidate.validation().isBinary() ? metrics.mse() : metrics.brier();
  }

  private String photos(Candidate candidate) {
    return say(
        "%,d %s photos",
        candidate.on(comparison.split()).figures().metrics().images(), comparison.split());
  }

  private static String figure(Estimate estimate) {
    return say(
        "%.3f, 95 %% interval %.3f to %.3f", estimate.value(), estimate.low(), estimate.high());
  }

  private static String say(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }
}
