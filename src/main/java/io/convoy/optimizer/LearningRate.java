package io.convoy.optimizer;

import io.convoy.settings.Schedule;
import java.io.Serializable;

/**
 * The learning rate over a training. It depends on how much of the training is done and on nothing
 * else, so that it is the same for any number of workers and any size of minibatch.
 *
 * @param schedule of the learning rate
 * @param epochs of the whole training, at least 1
 */
public record LearningRate(Schedule schedule, int epochs) implements Serializable {
  private static final long serialVersionUID = 1L;

  /**
   * What the optimizer's learning rate is multiplied by.
   *
   * @param done epochs that are done, at least 0, with the part of the one that is begun
   * @return 0 to 1
   */
  public double factor(double done) {
    double warmUp = schedule.warmUpEpochs();
    return done < warmUp
        ? schedule.factor(warmUp, epochs) * done / warmUp
        : schedule.factor(done, epochs);
  }
}
