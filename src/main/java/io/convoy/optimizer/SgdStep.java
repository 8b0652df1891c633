package io.convoy.optimizer;

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
