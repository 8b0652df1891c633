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
    return done < warmUp ? scheduled(warmUp) * done / warmUp : scheduled(done);
  }

  private double scheduled(double done) {
    if (schedule instanceof Schedule.Step step) {
      return Math.pow(step.factor(), Math.floor(done / step.everyEpochs()));
    }
    if (schedule instanceof Schedule.Cosine cosine) {
      double falling = epochs - cosine.warmUpEpochs();
      double share = falling > 0 ? Math.min(1, (done - cosine.warmUpEpochs()) / falling) : 0;
      return cosine.end() + (1 - cosine.end()) * (1 + Math.cos(Math.PI * share)) / 2;
    }
    return 1;
  }
}
