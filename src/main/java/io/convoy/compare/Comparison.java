package io.convoy.compare;

import io.convoy.evaluate.Contrast;
import io.convoy.evaluate.PairedComparison;
import io.convoy.evaluate.Predictions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * Networks that were measured on the same photos. Two are told apart by McNemar's test of their
 * accuracies, corrected for all pairs.
 */
public final class Comparison {
  /** A network must save that share of the best one's parameters to be worth a word. */
  private static final double SMALLER = 0.9;

  private final List<Candidate> ranked;
  private final List<Pair> pairs;

  /**
   * Two networks that are better than a constant answer.
   *
   * @param first the one with the lower error on validation
   * @param second the other
   * @param difference of the first from the second, photo by photo
   * @param adjustedP of their test
   */
  private record Pair(
      Candidate first, Candidate second, PairedComparison difference, double adjustedP) {

    boolean isApart() {
      return adjustedP < Contrast.LEVEL;
    }
  }

  /** Ranks them. */
  public Comparison(List<Candidate> candidates) {
    ranked = candidates.stream().sorted(Candidate.RANKING).toList();
    pairs = pairs(comparable());
  }

  /** The lowest error first. */
  public List<Candidate> ranked() {
    return ranked;
  }

  /** Those with a rank; two runs of the same photos may not have them in the same order. */
  private List<Candidate> comparable() {
    List<Candidate> better = ranked.stream().filter(Candidate::isRanked).toList();
    return better.stream()
        .filter(each -> predictions(better.get(0)).hasLabelsOf(predictions(each)))
        .filter(each -> predictions(each).measurable())
        .toList();
  }

  private Predictions predictions(Candidate candidate) {
    return candidate.on(split()).predictions();
  }

  private List<Pair> pairs(List<Candidate> of) {
    List<Pair> found = new ArrayList<>();
    for (int first = 0; first < of.size(); first++) {
      for (Candidate second : of.subList(first + 1, of.size())) {
        Candidate one = of.get(first);
        PairedComparison.of(predictions(one), predictions(second))
            .ifPresent(difference -> found.add(new Pair(one, second, difference, Double.NaN)));
      }
    }
    double[] adjusted =
        Contrast.holm(found.stream().mapToDouble(each -> each.difference.pValue()).toArray());
    return IntStream.range(0, adjusted.length)
        .mapToObj(
            i -> {
              Pair pair = found.get(i);
              return new Pair(pair.first, pair.second, pair.difference, adjusted[i]);
            })
        .toList();
  }

  /**
   * Networks of which no two can be told apart.
   *
   * @param members by rank, ascending
   * @param fewest photos that would tell two of them; empty where all are equally often right
   * @param most photos that would tell any two of them; empty where two are equally often right
   */
  public record Group(List<Candidate> members, OptionalDouble fewest, OptionalDouble most) {}

  /**
   * The largest such groups, by the ranks of their members; a network may be in several, and is in
   * one of its own where it can be told from all others. None where there are not two to compare.
   */
  public List<Group> groups() {
    List<Candidate> all = comparable();
    if (all.size() < 2) {
      return List.of();
    }
    List<List<Candidate>> groups = new ArrayList<>(List.of(all));
    for (Pair pair : pairs) {
      if (pair.isApart()) {
        groups = split(groups, pair);
      }
    }
    return groups.stream()
        .sorted(
            Comparator.comparingInt((List<Candidate> group) -> all.indexOf(group.get(0)))
                .thenComparing(Comparator.comparingInt((List<Candidate> g) -> -g.size())))
        .map(this::group)
        .toList();
  }

  /** Groups with both become two, without the one and without the other. */
  private static List<List<Candidate>> split(List<List<Candidate>> groups, Pair apart) {
    List<List<Candidate>> parts = new ArrayList<>();
    for (List<Candidate> group : groups) {
      if (group.contains(apart.first) && group.contains(apart.second)) {
        parts.add(group.stream().filter(each -> each != apart.second).toList());
        parts.add(group.stream().filter(each -> each != apart.first).toList());
      } else {
        parts.add(group);
      }
    }
    List<List<Candidate>> distinct = parts.stream().distinct().toList();
    return distinct.stream()
        .filter(one -> distinct.stream().noneMatch(other -> other != one && other.containsAll(one)))
        .toList();
  }

  private Group group(List<Candidate> members) {
    List<OptionalDouble> photos =
        pairs.stream()
            .filter(pair -> members.contains(pair.first) && members.contains(pair.second))
            .map(pair -> pair.difference.photosToTell())
            .toList();
    DoubleSummaryStatistics known =
        photos.stream().flatMapToDouble(OptionalDouble::stream).summaryStatistics();
    return new Group(
        members,
        known.getCount() == 0 ? OptionalDouble.empty() : OptionalDouble.of(known.getMin()),
        known.getCount() < photos.size() || photos.isEmpty()
            ? OptionalDouble.empty()
            : OptionalDouble.of(known.getMax()));
  }

  /**
   * A network beside the best.
   *
   * @param candidate the network
   * @param difference of the best from it, photo by photo
   * @param adjustedP of McNemar's test, by Holm's correction for all pairs
   */
  public record Contender(Candidate candidate, PairedComparison difference, double adjustedP) {

    /** Whether the photos do not tell that its accuracy is lower. */
    public boolean isLevel() {
      return adjustedP >= Contrast.LEVEL || difference.accuracyDifference().value() < 0;
    }

    /** Whether the photos tell that its accuracy is higher, for all its higher error. */
    public boolean isMoreAccurate() {
      return adjustedP < Contrast.LEVEL && difference.accuracyDifference().value() < 0;
    }
  }

  /**
   * The network with the lowest error on validation; empty where none is better than a constant
   * answer, or there are no validation photos.
   */
  public Optional<Candidate> best() {
    return ranked.stream().filter(Candidate::isRanked).findFirst();
  }

  /**
   * The split on which they are compared: that on which nothing was chosen, test; where it has not
   * images of several classes, validation.
   */
  public String split() {
    return ranked.stream().anyMatch(each -> each.test().hasSeveralClasses())
        ? "test"
        : "validation";
  }

  /**
   * The others that are better than a constant answer, in their order; none where there is no best
   * one.
   */
  public List<Contender> contenders() {
    return best().stream()
        .flatMap(best -> pairs.stream().filter(pair -> pair.first == best))
        .map(pair -> new Contender(pair.second, pair.difference, pair.adjustedP))
        .toList();
  }

  /** The smallest network that cannot be told apart from the best, if it is much smaller. */
  public Optional<Contender> alternative() {
    return smaller().stream()
        .filter(Contender::isLevel)
        .min(Comparator.comparingLong(each -> each.candidate().result().parameters()));
  }

  /** The contenders that are much smaller than the best. */
  List<Contender> smaller() {
    return best().stream()
        .flatMap(
            best -> contenders().stream().filter(each -> isMuchSmaller(each.candidate(), best)))
        .toList();
  }

  /** Whether any network is much smaller than the best, be it a contender or not. */
  boolean hasSmaller() {
    return best().stream()
        .anyMatch(best -> ranked().stream().anyMatch(each -> isMuchSmaller(each, best)));
  }

  private static boolean isMuchSmaller(Candidate one, Candidate best) {
    return one.result().parameters() <= SMALLER * best.result().parameters();
  }

  /**
   * The networks that are worth their cost: no other is as accurate at a lower cost, or more
   * accurate at the same cost (Pareto's set), the cheapest first. None that is no better than a
   * constant answer, and none whose cost is not known.
   */
  public List<Candidate> pareto(Cost cost) {
    List<Candidate> known =
        ranked.stream()
            .filter(Candidate::isBetterThanConstant)
            .filter(each -> cost.of(each.result()).isPresent())
            .toList();
    return known.stream()
        .filter(each -> known.stream().noneMatch(other -> dominates(other, each, cost)))
        .sorted(Comparator.comparingDouble(each -> cost.of(each.result()).orElseThrow()))
        .toList();
  }

  private static boolean dominates(Candidate one, Candidate other, Cost cost) {
    int accuracy = Double.compare(one.accuracy(), other.accuracy());
    int saving =
        Double.compare(cost.of(other.result()).orElseThrow(), cost.of(one.result()).orElseThrow());
    return accuracy >= 0 && saving >= 0 && accuracy + saving > 0;
  }
}
