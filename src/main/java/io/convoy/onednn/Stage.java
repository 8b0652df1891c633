package io.convoy.onednn;

/**
 * A layer, ready to compute minibatches of one size. A minibatch is computed in parts: all layers
 * go over one part before the next is begun.
 */
interface Stage {
  /** What the next stage reads. */
  Tensor output();

  /**
   * Computes a part's output from its input.
   *
   * @param part from 0
   * @param seed of this minibatch, for what is drawn at random
   */
  void forward(int part, long seed);

  /**
   * Turns the gradient by the part's output into that by its input, and adds to the gradient by the
   * parameters. Called for the parts in their order, part 0 first.
   */
  void backward(int part);

  /** Takes the parameters as they are now. Comes before the forward pass. */
  default void readParameters() {}

  /**
   * Gives the gradient by the parameters, the sum over all parts. Comes after the backward pass.
   */
  default void writeGradient() {}
}
