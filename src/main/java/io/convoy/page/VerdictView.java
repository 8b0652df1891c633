package io.convoy.page;

import io.convoy.compare.Advice;
import io.convoy.compare.Candidate;
import io.convoy.compare.Comparison;
import io.convoy.compare.Comparison.Contender;
import io.convoy.compare.Cost;
import io.convoy.evaluate.Estimate;
import io.convoy.page.RunPage.Origin.Fact;
import io.convoy.page.TableView.Cell;
import io.convoy.page.TableView.Row;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which network is worth it, as the template shows it.
 *
 * @param sentence of advice
 * @param groups of networks, and what is to be said of each
 * @param split on whose photos they are compared
 * @param differences from the best; none where there is no other to compare with it
 */
record VerdictView(String sentence, List<Fact> groups, String split, List<TableView> differences) {
  private static final double SMALLEST_P = 0.001;

  static VerdictView of(Comparison comparison) {
    if (comparison.ranked().isEmpty()) {
      return new VerdictView(
          "No architecture is trained to its end yet.", List.of(), "", List.of());
    }
    return new VerdictView(
        new Advice(comparison).sentence(),
        comparison.ranked().size() == 1 ? List.of() : groups(comparison),
        comparison.split(),
        comparison.contenders().isEmpty() ? List.of() : List.of(differences(comparison)));
  }

  private static List<Fact> groups(Comparison comparison) {
    List<Fact> groups = new ArrayList<>();
    add(groups, "Lowest error on validation", comparison.best().stream());
    add(groups, "More accurate than it", contenders(comparison, Contender::isMoreAccurate));
    add(
        groups,
        "Cannot be told apart from it",
        contenders(comparison, each -> each.isLevel() && !each.isMoreAccurate()));
    add(groups, "Less accurate than it", contenders(comparison, each -> !each.isLevel()));
    new Advice(comparison).groups().forEach(line -> groups.add(new Fact("By their ranks", line)));
    Arrays.stream(Cost.values())
        .forEach(
            cost -> add(groups, "Pareto set by " + cost.words(), comparison.pareto(cost).stream()));
    add(
        groups,
        "No better than a constant, or not measured",
        comparison.ranked().stream().filter(each -> !each.isBetterThanConstant()));
    return groups;
  }

  private static void add(List<Fact> groups, String name, Stream<Candidate> candidates) {
    String names = candidates.map(Candidate::label).collect(Collectors.joining(", "));
    if (!names.isEmpty()) {
      groups.add(new Fact(name, names));
    }
  }

  private static Stream<Candidate> contenders(Comparison comparison, Predicate<Contender> which) {
    return comparison.contenders().stream().filter(which).map(Contender::candidate);
  }

  private static TableView differences(Comparison comparison) {
    return new TableView(
        "",
        List.of(
            Cell.words("Architecture"),
            Cell.number("Accuracy below the best's"),
            Cell.number("95\u00a0% interval"),
            Cell.number("Only the best is right"),
            Cell.number("Only this is right"),
            Cell.number("p (McNemar)"),
            Cell.number("p, all pairs (Holm)"),
            Cell.number("Photos to tell them")),
        comparison.contenders().stream()
            .map(
                each -> {
                  Estimate accuracy = each.difference().accuracyDifference();
                  return Row.of(
                      Cell.words(each.candidate().label()),
                      Cell.number(Figures.decimal(accuracy.value(), 3)),
                      Cell.number(
                          "%s to %s"
                              .formatted(
                                  Figures.decimal(accuracy.low(), 3),
                                  Figures.decimal(accuracy.high(), 3))),
                      Cell.number(Figures.whole(each.difference().onlyFirstRight())),
                      Cell.number(Figures.whole(each.difference().onlySecondRight())),
                      Cell.number(p(each.difference().pValue())),
                      Cell.number(p(each.adjustedP())),
                      Cell.number(photos(each.difference().photosToTell())));
                })
            .toList());
  }

  private static String photos(OptionalDouble photos) {
    return photos.isPresent()
        ? Figures.whole((long) Math.ceil(photos.getAsDouble()))
        : Figures.NONE;
  }

  private static String p(double value) {
    return value < SMALLEST_P ? "< 0.001" : Figures.decimal(value, 3);
  }
}
