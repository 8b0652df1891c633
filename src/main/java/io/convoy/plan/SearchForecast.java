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

  /** Of each architecture, the epochs of all its trials, if none goes on too early. */
  private IntStream epochsOfEach() {
    List<List<Integer>> counts = rungs.counts(trials, trainings.size());
    return IntStream.range(0, trainings.size())
        .map(
            each ->
                IntStream.rangeClosed(0, rungs.top())
                    .map(rung -> counts.get(each).get(rung) * more(rung, trainings.get(each)))
                    .sum());
  }

  private int more(int rung, Training training) {
    int before = rung == 0 ? 0 : rungs.epochs(rung - 1, training.epochs());
    return rungs.epochs(rung, training.epochs()) - before;
  }

  /** The epochs of all trials, if none goes on too early. */
  public int epochs() {
    return epochsOfEach().sum();
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
    int[] epochs = epochsOfEach().toArray();
    double all =
        IntStream.range(0, epochs.length)
            .mapToDouble(each -> epochs[each] * trainings.get(each).epochSeconds())
            .sum();
    return all / Math.min(executors, trials);
  }

  /** How many trials get to each rung, in words. */
  public String words() {
    List<List<Integer>> counts = rungs.counts(trials, trainings.size());
    return Amount.of(trials, "trial")
        + IntStream.rangeClosed(1, rungs.top())
            .mapToObj(
                rung ->
                    String.format(
                        Locale.ROOT,
                        ", %,d of them %s",
                        counts.stream().mapToInt(of -> of.get(rung)).sum(),
                        rung == rungs.top() ? "in full" : "for longer"))
            .collect(Collectors.joining());
  }
}
