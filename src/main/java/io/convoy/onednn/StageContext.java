package io.convoy.onednn;

import io.convoy.onednn.LayerPlan.Parameters;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.FloatPointer;

/**
 * What the stages of a chain have in common.
 *
 * @param device takes the memory
 * @param parameters of the whole network, in DL4J's order
 * @param gradient by them, in the same order; empty where the network only predicts
 * @param outputs what becomes of them
 * @param images in a part
 * @param parts of a minibatch
 */
record StageContext(
    Device device,
    FloatPointer parameters,
    Optional<FloatPointer> gradient,
    Outputs outputs,
    int images,
    int parts) {

  /** What becomes of the stages' outputs. */
  enum Outputs {
    /** The backward pass reads them again. */
    KEPT,
    /** The next stage's forward pass alone reads them. */
    PASSING
  }

  /** To train with. */
  static StageContext training(Device device, FloatPointer parameters, FloatPointer gradient) {
    return new StageContext(device, parameters, Optional.of(gradient), Outputs.KEPT, 0, 1);
  }

  /** To predict with. */
  static StageContext predicting(Device device, FloatPointer parameters) {
    return new StageContext(device, parameters, Optional.empty(), Outputs.PASSING, 0, 1);
  }

  /** The context of stages without a backward pass. */
  StageContext frozen(Outputs newOutputs) {
    return new StageContext(device, parameters, Optional.empty(), newOutputs, images, parts);
  }

  /** The context for another division of the minibatch. */
  StageContext divided(int newImages, int newParts) {
    return new StageContext(device, parameters, gradient, outputs, newImages, newParts);
  }

  /** Whether gradients are wanted. */
  boolean trains() {
    return gradient.isPresent();
  }

  prop_kind forwardKind() {
    return trains() ? prop_kind.forward_training : prop_kind.forward_inference;
  }

  /** A layer's parameters where they are. */
  memory parameters(memory.desc layout, Parameters place) {
    return device.memory(layout, parameters.getPointer(place.offset()));
  }

  /** The gradient by a layer's parameters, where it is wanted. */
  memory gradient(memory.desc layout, Parameters place) {
    return device.memory(layout, gradient.orElseThrow().getPointer(place.offset()));
  }

  /** The output of a stage whose backward pass, or that of the next, reads it again. */
  Tensor kept(memory.desc layout, Optional<memory> outputGradient) {
    return outputs == Outputs.KEPT
        ? tensor(() -> device.memory(layout), layout, outputGradient)
        : passing(layout, outputGradient);
  }

  /** The output of a stage that only the next stage's forward pass reads. */
  Tensor passing(memory.desc layout, Optional<memory> outputGradient) {
    memory shared = device.memory(layout);
    return tensor(() -> shared, layout, outputGradient);
  }

  private Tensor tensor(
      Supplier<memory> values, memory.desc layout, Optional<memory> outputGradient) {
    return new Tensor(layout, Stream.generate(values).limit(parts).toList(), outputGradient);
  }

  /** Memory for the gradient by an output, where it is wanted. */
  Optional<memory> outputGradient(memory.desc layout) {
    return trains() ? Optional.of(device.memory(layout)) : Optional.empty();
  }
}
