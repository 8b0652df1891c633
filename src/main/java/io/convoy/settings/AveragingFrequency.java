package io.convoy.settings;

import java.io.Serializable;
import java.util.List;

/**
 * How many minibatches a worker trains between two averagings of the parameters, as stages of
 * epochs: often at first, while the workers' parameters part quickly, and rarely later.
 *
 * @param stages one or more, of rising epochs; the last lasts to the end
 */
public record AveragingFrequency(List<Stage> stages) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** {@link Stage#untilEpoch} of the last stage. */
  public static final int END = Integer.MAX_VALUE;

  /**
   * A part of the training.
   *
   * @param untilEpoch its last epoch, from 1; {@link #END} for the last stage
   * @param minibatches that a worker trains between two averagings, at least 1
   */
  public record Stage(int untilEpoch, int minibatches) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  /** Copies the list, and refuses what no epoch could be found in. */
  public AveragingFrequency {
    stages = List.copyOf(stages);
    if (stages.isEmpty() || stages.get(stages.size() - 1).untilEpoch != END) {
      throw new IllegalArgumentException("the last stage must last to the end: " + stages);
    }
  }

  /** The same in every epoch. */
  public static AveragingFrequency always(int minibatches) {
    return new AveragingFrequency(List.of(new Stage(END, minibatches)));
  }

  /** Minibatches in an epoch, from 1. */
  public int minibatches(int epoch) {
    return stages.stream()
        .filter(stage -> epoch <= stage.untilEpoch)
        .findFirst()
        .orElseThrow()
        .minibatches;
  }

  /** Minibatches in the last stage, in which the most epochs are. */
  public int atLast() {
    return stages.get(stages.size() - 1).minibatches;
  }
}
