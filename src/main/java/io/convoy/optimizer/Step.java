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
   * The step of an iteration.
   *
   * @param updater DL4J's
   * @param iteration from 0
   * @param epoch from 0
   * @return empty for an optimizer that is not known here
   */
  static Optional<Step> of(IUpdater updater, int iteration, int epoch) {
    if (updater instanceof Adam adam) {
      return Optional.of(AdamStep.of(adam, iteration, epoch));
    }
    if (updater instanceof Nesterovs nesterov) {
      return Optional.of(
          new NesterovStep(
              nesterov.getLearningRate(iteration, epoch),
              (float) nesterov.currentMomentum(iteration, epoch)));
    }
    if (updater instanceof Sgd sgd) {
      return Optional.of(new SgdStep(sgd.getLearningRate(iteration, epoch)));
    }
    return Optional.empty();
  }
}
