package io.convoy.compare;

import io.convoy.compare.Comparison.Contender;
import io.convoy.compare.Comparison.Group;
import io.convoy.evaluate.Contrast;
import io.convoy.evaluate.Estimate;
import io.convoy.evaluate.SplitMetrics;
import io.convoy.evaluate.Verdict;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
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
        "%s %s, %s, on %s, %s: accuracy %.3f against %.3f, difference %s%s%s.",
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
        correction(other),
        error(best, other));
  }

  /** The interval is that of one pair alone. */
  private static String correction(Contender other) {
    boolean isCorrected =
        other.adjustedP() >= Contrast.LEVEL && !other.difference().accuracyDifference().includes(0);
    return isCorrected ? say(" (p %.2f, corrected for all pairs)", other.adjustedP()) : "";
  }

  /** Which of the ranked networks can be told apart, a line a group; none of fewer than two. */
  public List<String> groups() {
    List<Group> groups = comparison.groups();
    if (groups.isEmpty()) {
      return List.of();
    }
    String photos = photos(groups.get(0).members().get(0));
    List<String> lines = new ArrayList<>();
    groups.stream()
        .filter(group -> group.members().size() > 1)
        .forEach(
            group ->
                lines.add(
                    say("%s cannot be told apart on %s%s.", ranks(group), photos, more(group))));
    List<Integer> apart =
        groups.stream()
            .filter(group -> group.members().size() == 1)
            .flatMap(group -> ranks(group.members()).stream())
            .toList();
    if (lines.isEmpty()) {
      lines.add(say("All %d can be told apart on %s.", groups.size(), photos));
    } else if (!apart.isEmpty()) {
      lines.add(say("%s can be told from all others.", words(apart)));
    }
    return lines;
  }

  private String ranks(Group group) {
    return words(ranks(group.members()));
  }

  private List<Integer> ranks(List<Candidate> members) {
    List<Candidate> ranked = comparison.ranked().stream().filter(Candidate::isRanked).toList();
    return members.stream().map(each -> ranked.indexOf(each) + 1).toList();
  }

  private static String words(List<Integer> ranks) {
    int last = ranks.size() - 1;
    if (last > 1 && ranks.get(last) - ranks.get(0) == last) {
      return ranks.get(0) + "-" + ranks.get(last);
    }
    String first =
        ranks.subList(0, last).stream().map(String::valueOf).collect(Collectors.joining(", "));
    return (first.isEmpty() ? "" : first + " and ") + ranks.get(last);
  }

  private static String more(Group group) {
    if (group.fewest().isEmpty()) {
      return "; they are equally often right";
    }
    String fewest = about(group.fewest().getAsDouble());
    if (group.members().size() == 2) {
      return say("; about %s would tell them", fewest);
    }
    return group.most().isPresent()
        ? say(
            "; about %s would tell some of them, %s all", fewest, about(group.most().getAsDouble()))
        : say("; about %s would tell some of them", fewest);
  }

  /** In two digits, as it is no more than a guess. */
  private static String about(double photos) {
    BigDecimal rounded = BigDecimal.valueOf(photos).round(new MathContext(2, RoundingMode.UP));
    return say("%,d", rounded.longValue());
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
            .orElse(
                comparison.hasSmaller()
                    ? "no smaller one is better than a constant answer"
                    : "none is much smaller")
        + (level.isEmpty()
            ? ""
            : say(
                "; not to be told apart from it%s: %s",
                comparison.hasSmaller() ? ", but no smaller or hardly so" : "", level));
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
