package io.convoy.compare;

import io.convoy.evaluate.PairedComparison;
import io.convoy.evaluate.Predictions;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Networks that were measured on the same photos.
 *
 * @param ranked the lowest error first
 */
public record Comparison(List<Candidate> ranked) {
  private static final Optional<PairedComparison> NOT_COMPARED = Optional.empty();

  /** A network must save that share of the best one's parameters to be worth a word. */
  private static final double SMALLER = 0.9;

  /** Ranks them. */
  public Comparison {
    ranked = ranked.stream().sorted(Candidate.RANKING).toList();
  }

  /**
   * A network beside the best.
   *
   * @param candidate the network
   * @param difference of the best from it, photo by photo
   */
  public record Contender(Candidate candidate, PairedComparison difference) {

    /** Whether the photos do not tell that its accuracy is lower. */
    public boolean isLevel() {
      return difference.accuracyDifference().low() <= 0;
    }

    /** Whether the photos tell that its accuracy is higher, for all its higher error. */
    boolean isMoreAccurate() {
      return difference.accuracyDifference().high() < 0;
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
        .flatMap(
            best ->
                ranked.stream()
                    .filter(each -> each != best && each.isRanked())
                    .flatMap(each -> contender(best, each).stream()))
        .toList();
  }

  private Optional<Contender> contender(Candidate best, Candidate other) {
    Predictions ofBest = best.on(split()).predictions();
    Predictions ofOther = other.on(split()).predictions();
    // Two runs of the same photos may not have them in the same order.
    return (ofBest.hasLabelsOf(ofOther) ? PairedComparison.of(ofBest, ofOther) : NOT_COMPARED)
        .map(difference -> new Contender(other, difference));
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
            best ->
                contenders().stream()
                    .filter(
                        each ->
                            each.candidate().result().parameters()
                                <= SMALLER * best.result().parameters()))
        .toList();
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
