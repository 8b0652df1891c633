package io.convoy.optimizer;

import org.nd4j.linalg.learning.config.Adam;

/**
 * Adam (Kingma and Ba 2015), in the form of its section 2's end: the correction of both moments is
 * in the rate. State: first moment, second moment.
 *
 * @param rate the learning rate, corrected for this iteration
 */
record AdamStep(double learningRate, float rate, float beta1, float beta2, float epsilon)
    implements Step {

  static AdamStep of(Adam adam, int iteration, double rate) {
    double first = 1 - Math.pow(adam.getBeta1(), iteration + 1.0);
    double second = 1 - Math.pow(adam.getBeta2(), iteration + 1.0);
    return new AdamStep(
        rate,
        (float) (rate * Math.sqrt(second) / first),
        (float) adam.getBeta1(),
        (float) adam.getBeta2(),
        (float) adam.getEpsilon());
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
