package io.convoy.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;

import java.util.Map;
import org.bytedeco.dnnl.eltwise_backward;
import org.bytedeco.dnnl.eltwise_forward;
import org.bytedeco.dnnl.memory;

/** Activations by themselves, and the derivatives of those that other stages apply. */
final class ActivationStage {
  private ActivationStage() {}

  /**
   * An activation by itself.
   *
   * @param nonlinearity not the identity
   */
  static Stage of(StageContext context, Nonlinearity nonlinearity, Tensor input) {
    Device device = context.device();
    memory.desc layout = input.layout();
    Tensor output = context.kept(layout, context.outputGradient(layout));
    eltwise_forward.primitive_desc primitive = primitive(context, nonlinearity, layout);
    CallStage stage = new CallStage(output, context.parts());
    for (int part = 0; part < context.parts(); part++) {
      memory values = output.values().get(part);
      Map<Integer, memory> arguments =
          Map.of(DNNL_ARG_SRC, input.values().get(part), DNNL_ARG_DST, values);
      stage.forwardOf(part).add(device.call(new eltwise_forward(primitive), arguments));
      if (input.gradient().isPresent()) {
        memory arriving = output.gradient().orElseThrow();
        memory leaving = input.gradient().get();
        stage
            .backwardOf(part)
            .add(
                derivative(
                    device,
                    primitive,
                    nonlinearity,
                    nonlinearity.isKnownByValue() ? values : input.values().get(part),
                    arriving,
                    leaving));
      }
    }
    return stage;
  }

  /**
   * The derivative of an activation that an earlier stage has applied: multiplies the gradient by
   * it, in place. Stands behind a max pooling where there is one. There it gives the same: the
   * pooling hands each gradient to the one value that it let through, and the derivative follows
   * from that value.
   *
   * @param tensor with a gradient
   * @param nonlinearity not the identity, and known by its value
   */
  static Stage gradient(StageContext context, Nonlinearity nonlinearity, Tensor tensor) {
    eltwise_forward.primitive_desc primitive = primitive(context, nonlinearity, tensor.layout());
    memory gradient = tensor.gradient().orElseThrow();
    CallStage stage = new CallStage(tensor, context.parts());
    for (int part = 0; part < context.parts(); part++) {
      memory values = tensor.values().get(part);
      stage
          .backwardOf(part)
          .add(derivative(context.device(), primitive, nonlinearity, values, gradient, gradient));
    }
    return stage;
  }

  private static eltwise_forward.primitive_desc primitive(
      StageContext context, Nonlinearity nonlinearity, memory.desc layout) {
    return new eltwise_forward.primitive_desc(
        new eltwise_forward.desc(
            context.forwardKind(),
            context.trains() ? nonlinearity.derivative : nonlinearity.value,
            layout,
            nonlinearity.alpha,
            nonlinearity.beta),
        context.device().engine);
  }

  /**
   * @param known the values of the activation, or of its input where that is needed
   */
  private static Runnable derivative(
      Device device,
      eltwise_forward.primitive_desc hint,
      Nonlinearity nonlinearity,
      memory known,
      memory arriving,
      memory leaving) {
    memory.desc layout = known.get_desc();
    eltwise_backward.primitive_desc primitive =
        new eltwise_backward.primitive_desc(
            new eltwise_backward.desc(
                nonlinearity.derivative, layout, layout, nonlinearity.alpha, nonlinearity.beta),
            device.engine,
            hint);
    return device.call(
        new eltwise_backward(primitive),
        Map.of(
            nonlinearity.isKnownByValue() ? DNNL_ARG_DST : DNNL_ARG_SRC,
            known,
            DNNL_ARG_DIFF_DST,
            arriving,
            DNNL_ARG_DIFF_SRC,
            leaving));
  }
}
