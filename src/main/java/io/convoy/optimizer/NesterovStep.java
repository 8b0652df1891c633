package io.convoy.optimizer;

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
