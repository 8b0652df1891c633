package io.convoy.plan;

import io.convoy.failure.Amount;
import io.convoy.search.Rungs;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Predicts a search whose trials take turns among some architectures and cost what these do.
 *
 * @param trials how many, at least 1
 * @param rungs of the trials
 * @param trainings of the architectures, one or more
 */
public record SearchForecast(int trials, Rungs rungs, List<Training> trainings) {

  /**
   * A whole training of an architecture.
   *
   * @param epochs of it
   * @param epochSeconds on one executor
   */
  public record Training(int epochs, double epochSeconds) {}

  private Training training(int trial) {
    return trainings.get(trial % trainings.size());
  }

  private int epochs(int trial, int rung) {
    int full = training(trial).epochs();
    return rungs.epochs(rung, full) - (rung == 0 ? 0 : rungs.epochs(rung - 1, full));
  }

  /** The epochs of all trials, if none goes on too early. */
  public int epochs() {
    List<Integer> counts = rungs.counts(trials);
    return IntStream.rangeClosed(0, rungs.top())
        .flatMap(rung -> IntStream.range(0, counts.get(rung)).map(trial -> epochs(trial, rung)))
        .sum();
  }

  /** The epochs of as many whole trainings. */
  public int epochsInFull() {
    return IntStream.range(0, trials).map(trial -> training(trial).epochs()).sum();
  }

  /**
   * What the trials take.
   *
   * @param executors each with a trial of its own
   */
  public double seconds(int executors) {
    List<Integer> counts = rungs.counts(trials);
    double all =
        IntStream.rangeClosed(0, rungs.top())
            .mapToDouble(
                rung ->
                    IntStream.range(0, counts.get(rung))
                        .mapToDouble(trial -> epochs(trial, rung) * training(trial).epochSeconds())
                        .sum())
            .sum();
    return all / Math.min(executors, trials);
  }

  /** How many trials get to each rung, in words. */
  public String words() {
    List<Integer> counts = rungs.counts(trials);
    return Amount.of(trials, "trial")
        + IntStream.rangeClosed(1, rungs.top())
            .mapToObj(
                rung ->
                    String.format(
                        Locale.ROOT,
                        ", %,d of them %s",
                        counts.get(rung),
                        rung == rungs.top() ? "in full" : "for longer"))
            .collect(Collectors.joining());
  }
}
