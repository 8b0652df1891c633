package io.convoy.averaging;

import io.convoy.optimizer.LearningRate;
import io.convoy.settings.AveragingFrequency;
import io.convoy.settings.AveragingFrequency.Stage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How often workers are averaged where the settings leave it open: after every minibatch while the
 * learning rate warms up, and then by the quadratic rule of Gu et al. 2024, {@code H = max(base,
 * floor((a / rate)^2))} with the rate at the epoch's start. After an epoch in which the workers
 * parted by more than they moved together H is halved once more, and after one in which they did
 * not once less. It depends on the rounds that are done and on nothing else, so that a training
 * that was stopped goes on alike.
 *
 * @param rate over the training
 * @param before epochs of an earlier training, which do not count in the rate
 */
public record QuadraticRule(LearningRate rate, int before) {
  /** The paper's a over its highest learning rate, of AdamW: 0.0175 and 0.008. */
  private static final double COEFFICIENT = 0.0175 / 0.008;

  /** The {@link Round#spread} above which it is halved. */
  private static final double MOST_SPREAD = 0.7;

  /** At the end of an epoch, of whose spreads the median counts. */
  private static final int LAST_ROUNDS = 10;

  /**
   * The frequency in the epochs that are done, in the next one, and from then on.
   *
   * @param next epoch, from 1
   * @param most minibatches of a worker in an epoch, at least 1
   * @param rounds that are done; those of the next epoch do not count
   */
  public AveragingFrequency frequency(int next, int most, List<Round> rounds) {
    List<Stage> stages = new ArrayList<>();
    int halvings = 0;
    for (int epoch = before + 1; epoch < next; epoch++) {
      int minibatches = minibatches(epoch, most, halvings);
      stages.add(new Stage(epoch, minibatches));
      if (!isWarmingUp(epoch)) {
        int more = minibatches > 1 ? 1 : 0;
        halvings = havePartedIn(epoch, rounds) ? halvings + more : Math.max(0, halvings - 1);
      }
    }
    stages.add(new Stage(AveragingFrequency.END, minibatches(next, most, halvings)));
    return new AveragingFrequency(stages);
  }

  private int minibatches(int epoch, int most, int halvings) {
    if (isWarmingUp(epoch)) {
      return 1;
    }
    double ratio = COEFFICIENT / rate.factor(epoch - 1.0 - before);
    double rule = Math.max(AveragingFrequency.BASE, Math.floor(ratio * ratio));
    return Math.max(1, (int) Math.min(most, rule) >> halvings);
  }

  private boolean isWarmingUp(int epoch) {
    return epoch - 1 - before < rate.schedule().risingEpochs(rate.epochs());
  }

  private static boolean havePartedIn(int epoch, List<Round> rounds) {
    double[] spreads =
        rounds.stream()
            .filter(round -> round.epoch() == epoch)
            .mapToDouble(Round::spread)
            .filter(spread -> !Double.isNaN(spread))
            .toArray();
    double[] last =
        Arrays.copyOfRange(spreads, Math.max(0, spreads.length - LAST_ROUNDS), spreads.length);
    Arrays.sort(last);
    return last.length > 0 && last[last.length / 2] > MOST_SPREAD;
  }
}
