package io.convoy.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_0;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_1;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.dnnl.binary;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.memory;

/**
 * The sum of two tensors, with its activation. The gradient by the sum is that by each of them. As
 * with {@link ConvolutionStage}, the derivative of the activation is seen to by a {@link
 * ActivationGradientStage}.
 */
final class SumStage implements Stage {
  private final Tensor output;
  private final List<List<Call>> forward = new ArrayList<>();
  private final List<Call> backward = new ArrayList<>();

  /**
   * @param output the first of the two where its memory may be written over, or another place of
   *     its layout
   */
  SumStage(StageContext context, LayerPlan.Sum plan, Tensor first, Tensor second, Tensor output) {
    Device device = context.device();
    this.output = output;
    // Of two layouts oneDNN has only its slow implementation.
    memory.desc layout = first.layout();
    binary.primitive_desc primitive =
        new binary.primitive_desc(
            new binary.desc(algorithm.binary_add, layout, layout, output.layout()),
            Layouts.activated(plan.nonlinearity()),
            device.engine);
    for (int part = 0; part < context.parts(); part++) {
      List<Call> calls = new ArrayList<>();
      memory other = device.in(layout, second.values().get(part), calls);
      calls.add(
          device.call(
              new binary(primitive),
              Map.of(
                  DNNL_ARG_SRC_0, first.values().get(part),
                  DNNL_ARG_SRC_1, other,
                  DNNL_ARG_DST, output.values().get(part))));
      forward.add(calls);
    }
    output
        .gradient()
        .ifPresent(
            arriving -> {
              handOn(device, arriving, first.gradient());
              handOn(device, arriving, second.gradient());
            });
  }

  private void handOn(Device device, memory arriving, Optional<memory> leaving) {
    leaving
        .filter(place -> place != arriving)
        .ifPresent(place -> backward.add(device.copy(arriving, place)));
  }

  @Override
  public Tensor output() {
    return output;
  }

  @Override
  public void forward(int part, long seed) {
    forward.get(part).forEach(Call::run);
  }

  @Override
  public void backward(int part) {
    backward.forEach(Call::run);
  }
}
