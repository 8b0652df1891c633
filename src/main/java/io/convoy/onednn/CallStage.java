package io.convoy.onednn;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A stage that is made of calls alone, each list in the order in which they run. A stage without a
 * backward pass has none there.
 */
final class CallStage implements Stage {
  private final Tensor output;
  private final List<List<Runnable>> forward;
  private final List<List<Runnable>> backward;
  private final List<Runnable> reading = new ArrayList<>();
  private final List<Runnable> writing = new ArrayList<>();

  /**
   * @param output of all parts
   * @param parts of a minibatch
   */
  CallStage(Tensor output, int parts) {
    this.output = output;
    this.forward = calls(parts);
    this.backward = calls(parts);
  }

  private static List<List<Runnable>> calls(int parts) {
    return Stream.<List<Runnable>>generate(ArrayList::new).limit(parts).toList();
  }

  /** The forward pass of a part. */
  List<Runnable> forwardOf(int part) {
    return forward.get(part);
  }

  /** The backward pass of a part. */
  List<Runnable> backwardOf(int part) {
    return backward.get(part);
  }

  /** What is done with the parameters before the forward pass. */
  List<Runnable> reading() {
    return reading;
  }

  /** What is done with the gradient by the parameters after the backward pass. */
  List<Runnable> writing() {
    return writing;
  }

  @Override
  public Tensor output() {
    return output;
  }

  @Override
  public void readParameters() {
    reading.forEach(Runnable::run);
  }

  @Override
  public void forward(int part, long seed) {
    forward.get(part).forEach(Runnable::run);
  }

  @Override
  public void backward(int part) {
    backward.get(part).forEach(Runnable::run);
  }

  @Override
  public void writeGradient() {
    writing.forEach(Runnable::run);
  }
}
