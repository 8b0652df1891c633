package io.convoy.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_0;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_1;

import java.util.List;
import java.util.Map;
import org.bytedeco.dnnl.binary;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.memory;

/**
 * The sum of two tensors, with its activation. The gradient by the sum is that by each of them. As
 * with {@link ConvolutionStage}, the derivative of the activation is seen to by {@link
 * ActivationStage#gradient}.
 */
final class SumStage {
  private SumStage() {}

  /**
   * @param output the first of the two where its memory may be written over, or another place of
   *     its layout
   */
  static Stage of(
      StageContext context, LayerPlan.Sum plan, Tensor first, Tensor second, Tensor output) {
    Device device = context.device();
    CallStage stage = new CallStage(output, context.parts());
    // Of two layouts oneDNN has only its slow implementation.
    memory.desc layout = first.layout();
    binary.primitive_desc primitive =
        new binary.primitive_desc(
            new binary.desc(algorithm.binary_add, layout, layout, output.layout()),
            Layouts.activated(plan.nonlinearity()),
            device.engine);
    for (int part = 0; part < context.parts(); part++) {
      List<Runnable> calls = stage.forwardOf(part);
      memory other = device.in(layout, second.values().get(part), calls);
      calls.add(
          device.call(
              new binary(primitive),
              Map.of(
                  DNNL_ARG_SRC_0, first.values().get(part),
                  DNNL_ARG_SRC_1, other,
                  DNNL_ARG_DST, output.values().get(part))));
    }
    for (int part = 0; part < context.parts() && output.gradient().isPresent(); part++) {
      memory arriving = output.gradient().get();
      for (Tensor input : List.of(first, second)) {
        if (input.gradient().filter(leaving -> leaving != arriving).isPresent()) {
          stage.backwardOf(part).add(device.copy(arriving, input.gradient().get()));
        }
      }
    }
    return stage;
  }
}
