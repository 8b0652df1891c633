package io.convoy.onednn;

/**
 * A stage without a backward pass.
 *
 * @param stage what it computes
 */
record ForwardStage(Stage stage) implements Stage {
  @Override
  public Tensor output() {
    return stage.output();
  }

  @Override
  public void forward(int part, long seed) {
    stage.forward(part, seed);
  }

  @Override
  public void backward(int part) {
    // Nobody asks for a gradient.
  }

  @Override
  public void readParameters() {
    stage.readParameters();
  }
}
