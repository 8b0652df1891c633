package io.convoy.onednn;

import io.convoy.network.Shape;
import io.convoy.onednn.LayerPlan.Parameters;
import io.convoy.settings.Precision;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.memory.format_tag;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.ShortPointer;

/**
 * What the stages of a chain have in common.
 *
 * @param device takes the memory
 * @param parameters of the whole network, in DL4J's order
 * @param rounded the same parameters in bfloat16, where they are kept so beside
 * @param gradient by them, in the same order; empty where the network only predicts
 * @param outputs what becomes of them
 * @param precision of activations, their gradients and the weights that they are computed with
 * @param images in a part
 * @param parts of a minibatch
 */
record StageContext(
    Device device,
    FloatPointer parameters,
    Optional<ShortPointer> rounded,
    Optional<FloatPointer> gradient,
    Outputs outputs,
    Precision precision,
    int images,
    int parts) {

  /** What becomes of the stages' outputs. */
  enum Outputs {
    /** The backward pass reads them again. */
    KEPT,
    /** The next stage's forward pass alone reads them. */
    PASSING
  }

  /** To train with in float32. */
  static StageContext training(Device device, FloatPointer parameters, FloatPointer gradient) {
    return new StageContext(
        device,
        parameters,
        Optional.empty(),
        Optional.of(gradient),
        Outputs.KEPT,
        Precision.FLOAT32,
        0,
        1);
  }

  /** To train with in bfloat16. */
  static StageContext training(
      Device device, FloatPointer parameters, ShortPointer rounded, FloatPointer gradient) {
    return new StageContext(
        device,
        parameters,
        Optional.of(rounded),
        Optional.of(gradient),
        Outputs.KEPT,
        Precision.BFLOAT16,
        0,
        1);
  }

  /** To predict with. */
  static StageContext predicting(Device device, FloatPointer parameters, Precision precision) {
    return new StageContext(
        device, parameters, Optional.empty(), Optional.empty(), Outputs.PASSING, precision, 0, 1);
  }

  /** The context of stages without a backward pass. */
  StageContext frozen(Outputs newOutputs) {
    return new StageContext(
        device, parameters, rounded, Optional.empty(), newOutputs, precision, images, parts);
  }

  /** The context for another division of the minibatch. */
  StageContext divided(int newImages, int newParts) {
    return new StageContext(
        device, parameters, rounded, gradient, outputs, precision, newImages, newParts);
  }

  /** The context of stages that compute in another precision. */
  StageContext in(Precision other) {
    return new StageContext(device, parameters, rounded, gradient, outputs, other, images, parts);
  }

  /** Feature maps in the layout that the primitive likes best. */
  memory.desc anyMaps(Shape shape) {
    return maps(format_tag.any, shape);
  }

  /** Feature maps plane by plane, DL4J's layout. */
  memory.desc planes(Shape shape) {
    return maps(format_tag.nchw, shape);
  }

  private memory.desc maps(format_tag tag, Shape shape) {
    return Layouts.of(precision, tag, images, shape.channels(), shape.height(), shape.width());
  }

  /** One row an image. */
  memory.desc rows(Shape shape) {
    return Layouts.of(precision, format_tag.nc, images, shape.size());
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

  /**
   * A layer's weights as its passes take them from the parameters.
   *
   * @param layout DL4J's, of numbers of a precision
   */
  memory weights(Parameters place, Function<Precision, memory.desc> layout) {
    return precision == Precision.BFLOAT16 && rounded.isPresent()
        ? device.memory(layout.apply(precision), rounded.get().getPointer(place.offset()))
        : parameters(layout.apply(Precision.FLOAT32), place);
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
