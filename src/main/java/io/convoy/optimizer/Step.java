package io.convoy.optimizer;

import java.util.Optional;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;

/** What an optimizer does in one iteration; the same arithmetic as DL4J's of that name. */
public interface Step {
  /** The size of the step, before any correction. */
  double learningRate();

  /** How many numbers of state it keeps for a parameter. */
  int stateArrays();

  /**
   * Updates parameters and state in place.
   *
   * @param gradient by these parameters
   * @param parameters to be updated
   * @param state as many arrays as {@link #stateArrays()}, as long as the others
   * @param length how many parameters
   */
  void apply(float[] gradient, float[] parameters, float[][] state, int length);

  /**
   * The step of an iteration with the optimizer's own learning rate; see {@link #of(IUpdater, int,
   * int, double)}.
   */
  static Optional<Step> of(IUpdater updater, int iteration, int epoch) {
    return of(updater, iteration, epoch, 1);
  }

  /**
   * The step of an iteration.
   *
   * @param updater DL4J's
   * @param iteration from 0
   * @param epoch from 0
   * @param factor what its learning rate is multiplied by
   * @return empty for an optimizer that is not known here
   */
  static Optional<Step> of(IUpdater updater, int iteration, int epoch, double factor) {
    double rate = factor * updater.getLearningRate(iteration, epoch);
    if (updater instanceof Adam adam) {
      return Optional.of(AdamStep.of(adam, iteration, rate));
    }
    if (updater instanceof Nesterovs nesterov) {
      return Optional.of(
          new NesterovStep(rate, (float) nesterov.currentMomentum(iteration, epoch)));
    }
    if (updater instanceof Sgd) {
      return Optional.of(new SgdStep(rate));
    }
    return Optional.empty();
  }
}
