package io.convoy.optimizer;

import io.convoy.settings.Optimizer;

/** What an optimizer does in one iteration; the same arithmetic as DL4J's of that name. */
public sealed interface Step {
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
   * @param optimizer of the settings
   * @param iteration from 0
   * @param rate of learning in it, whatever the optimizer's own is
   */
  static Step of(Optimizer optimizer, int iteration, double rate) {
    return optimizer.match(
        new Optimizer.Cases<>() {
          @Override
          public Step adam(Optimizer.Adam adam) {
            return AdamStep.of(adam, iteration, rate);
          }

          @Override
          public Step nesterov(Optimizer.Nesterov nesterov) {
            return new NesterovStep(rate, (float) nesterov.momentum());
          }

          @Override
          public Step sgd(Optimizer.Sgd sgd) {
            return new SgdStep(rate);
          }
        });
  }

  /**
   * Adam (Kingma and Ba 2015), in the form of its section 2's end: the correction of both moments
   * is in the rate. State: first moment, second moment.
   *
   * @param rate the learning rate, corrected for this iteration
   */
  record AdamStep(double learningRate, float rate, float beta1, float beta2, float epsilon)
      implements Step {

    static AdamStep of(Optimizer.Adam adam, int iteration, double rate) {
      double first = 1 - Math.pow(adam.beta1(), iteration + 1.0);
      double second = 1 - Math.pow(adam.beta2(), iteration + 1.0);
      return new AdamStep(
          rate,
          (float) (rate * Math.sqrt(second) / first),
          (float) adam.beta1(),
          (float) adam.beta2(),
          (float) adam.epsilon());
    }

    @Override
    public int stateArrays() {
      return 2;
    }

    @Override
    public void apply(float[] gradient, float[] parameters, float[][] state, int length) {
      float[] mean = state[0];
      float[] square = state[1];
      for (int i = 0; i < length; i++) {
        float slope = gradient[i];
        float newMean = beta1 * mean[i] + (1 - beta1) * slope;
        float newSquare = beta2 * square[i] + (1 - beta2) * slope * slope;
        mean[i] = newMean;
        square[i] = newSquare;
        parameters[i] -= rate * newMean / ((float) Math.sqrt(newSquare) + epsilon);
      }
    }
  }

  /** Nesterov's momentum as in Bengio et al. 2013. State: velocity. */
  record NesterovStep(double learningRate, float momentum) implements Step {

    @Override
    public int stateArrays() {
      return 1;
    }

    @Override
    public void apply(float[] gradient, float[] parameters, float[][] state, int length) {
      float[] velocity = state[0];
      float rate = (float) learningRate;
      for (int i = 0; i < length; i++) {
        float kept = momentum * velocity[i];
        float newVelocity = kept - rate * gradient[i];
        velocity[i] = newVelocity;
        parameters[i] += (1 + momentum) * newVelocity - kept;
      }
    }
  }

  /** Stochastic gradient descent. No state. */
  record SgdStep(double learningRate) implements Step {

    @Override
    public int stateArrays() {
      return 0;
    }

    @Override
    public void apply(float[] gradient, float[] parameters, float[][] state, int length) {
      float rate = (float) learningRate;
      for (int i = 0; i < length; i++) {
        parameters[i] -= rate * gradient[i];
      }
    }
  }
}
