package io.convoy.search;

import io.convoy.settings.Metric;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Asynchronous successive halving (Li et al. 2020, "A System for Massively Parallel Hyperparameter
 * Tuning", algorithm 2): whenever something can be trained, the best of the trials that have come
 * so far goes on to the next rung, of the highest rung first; where none may, a new one begins.
 * Nothing waits for a rung to be full. Trials compete with those of their architecture: one that
 * learns slowly at first would have none that goes on.
 *
 * <p>A trial that fails counts among those of its rung, as the worst, and never goes on. What comes
 * next depends only on what was begun and told, in that order.
 */
public final class SuccessiveHalving {
  private final List<String> architectures;
  private final Rungs rungs;
  private final Metric metric;

  /** What each trial came to, rung by rung, by their numbers; NaN where it failed. */
  private final List<Map<Integer, Double>> results = new ArrayList<>();

  private final Set<TrialRung> begun = new HashSet<>();

  /**
   * @param architectures of all trials, in the order of their numbers, which are from 1
   * @param metric of the results
   */
  public SuccessiveHalving(List<String> architectures, Rungs rungs, Metric metric) {
    this.architectures = List.copyOf(architectures);
    this.rungs = rungs;
    this.metric = metric;
    for (int rung = 0; rung <= rungs.top(); rung++) {
      results.add(new TreeMap<>());
    }
  }

  /**
   * The training of a trial up to a rung.
   *
   * @param trial its number, from 1
   * @param rung from 0
   */
  public record TrialRung(int trial, int rung) {}

  /** What has become of a trial on a rung. */
  public enum State {
    /** Nothing is told of it yet. */
    RUNNING,
    /** It is not among the best of its rung so far. */
    STOPPED,
    /** It has begun to be trained for the next rung. */
    PROMOTED,
    /** The trial is trained in full. */
    FINISHED,
    /** It came to no result. */
    FAILED
  }

  /**
   * What to train next, which is begun by this. Empty where nothing can be: all trials have begun,
   * and none may go on; where some are still being trained their results may change that.
   */
  public Optional<TrialRung> next() {
    Optional<TrialRung> at = promotion().or(this::fresh);
    at.ifPresent(begun::add);
    return at;
  }

  private Optional<TrialRung> promotion() {
    for (int rung = rungs.top() - 1; rung >= 0; rung--) {
      int from = rung;
      Optional<TrialRung> promoted =
          architectures.stream()
              .distinct()
              .flatMap(architecture -> promotion(from, architecture).stream())
              .findFirst();
      if (promoted.isPresent()) {
        return promoted;
      }
    }
    return Optional.empty();
  }

  private Optional<TrialRung> promotion(int rung, String architecture) {
    long told =
        results.get(rung).keySet().stream().filter(trial -> is(trial, architecture)).count();
    return ranked(rung)
        .filter(trial -> is(trial, architecture))
        .limit(told / rungs.reduction())
        .map(trial -> new TrialRung(trial, rung + 1))
        .filter(at -> !begun.contains(at))
        .findFirst();
  }

  private boolean is(int trial, String architecture) {
    return architectures.get(trial - 1).equals(architecture);
  }

  /** The trials with a result on a rung, the best first; of equal ones the one that began first. */
  private Stream<Integer> ranked(int rung) {
    Map<Integer, Double> values = results.get(rung);
    Comparator<Integer> order =
        (one, other) -> {
          if (metric.isBetter(values.get(one), values.get(other))) {
            return -1;
          }
          return metric.isBetter(values.get(other), values.get(one)) ? 1 : 0;
        };
    return values.keySet().stream()
        .filter(trial -> !values.get(trial).isNaN())
        .sorted(order.thenComparing(Comparator.naturalOrder()));
  }

  private Optional<TrialRung> fresh() {
    int trial = 1 + (int) begun.stream().filter(at -> at.rung() == 0).count();
    return trial <= architectures.size() ? Optional.of(new TrialRung(trial, 0)) : Optional.empty();
  }

  /**
   * Takes the result of a trial on a rung. A search that was stopped is told all its results again,
   * and has then begun what they are of.
   *
   * @param value of the metric; NaN where it failed or has diverged
   */
  public void tell(TrialRung at, double value) {
    begun.add(at);
    results.get(at.rung()).put(at.trial(), value);
  }

  /** Begins what a search which was stopped had begun. */
  public void begin(TrialRung at) {
    begun.add(at);
  }

  /** How many trials have begun. */
  public int tried() {
    return (int) begun.stream().map(TrialRung::trial).distinct().count();
  }

  /**
   * What has become of a trial on a rung so far.
   *
   * @param at what was begun
   */
  public State state(TrialRung at) {
    Double value = results.get(at.rung()).get(at.trial());
    if (value == null) {
      return State.RUNNING;
    }
    if (value.isNaN()) {
      return State.FAILED;
    }
    if (at.rung() == rungs.top()) {
      return State.FINISHED;
    }
    return begun.contains(new TrialRung(at.trial(), at.rung() + 1))
        ? State.PROMOTED
        : State.STOPPED;
  }

  /**
   * The best trials: first the best one of each architecture, then others. Those of a higher rung
   * come before others, as they were better than others before and are trained for longer, and of
   * one rung it is by the metric.
   *
   * @param most how many
   */
  public List<Integer> best(int most) {
    List<Integer> best = new ArrayList<>();
    Set<Integer> seen = new HashSet<>();
    for (int rung = rungs.top(); rung >= 0; rung--) {
      ranked(rung).filter(seen::add).forEach(best::add);
      results.get(rung).forEach((trial, value) -> seen.add(trial));
    }
    Set<String> first = new HashSet<>();
    Map<Boolean, List<Integer>> parts =
        best.stream()
            .collect(Collectors.partitioningBy(trial -> first.add(architectures.get(trial - 1))));
    return Stream.of(true, false).flatMap(part -> parts.get(part).stream()).limit(most).toList();
  }
}
