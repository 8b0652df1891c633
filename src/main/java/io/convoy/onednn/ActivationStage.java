package io.convoy.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.dnnl.eltwise_backward;
import org.bytedeco.dnnl.eltwise_forward;
import org.bytedeco.dnnl.memory;

/** An activation by itself. */
final class ActivationStage implements Stage {
  private final Tensor output;
  private final List<Call> forward = new ArrayList<>();
  private final List<Call> backward = new ArrayList<>();

  /**
   * @param nonlinearity not the identity
   */
  ActivationStage(StageContext context, Nonlinearity nonlinearity, Tensor input) {
    Device device = context.device();
    memory.desc layout = input.layout();
    this.output = context.kept(layout, context.outputGradient(layout));
    eltwise_forward.primitive_desc primitive =
        new eltwise_forward.primitive_desc(
            new eltwise_forward.desc(
                context.forwardKind(),
                context.trains() ? nonlinearity.derivative : nonlinearity.value,
                layout,
                nonlinearity.alpha,
                0),
            device.engine);
    for (int part = 0; part < context.parts(); part++) {
      memory values = output.values().get(part);
      forward.add(
          device.call(
              new eltwise_forward(primitive),
              Map.of(DNNL_ARG_SRC, input.values().get(part), DNNL_ARG_DST, values)));
      input
          .gradient()
          .ifPresent(
              leaving ->
                  backward.add(
                      device.call(
                          new eltwise_backward(
                              new eltwise_backward.primitive_desc(
                                  new eltwise_backward.desc(
                                      nonlinearity.derivative,
                                      layout,
                                      layout,
                                      nonlinearity.alpha,
                                      0),
                                  device.engine,
                                  primitive)),
                          Map.of(
                              DNNL_ARG_DST, values,
                              DNNL_ARG_DIFF_DST, output.gradient().orElseThrow(),
                              DNNL_ARG_DIFF_SRC, leaving))));
    }
  }

  @Override
  public Tensor output() {
    return output;
  }

  @Override
  public void forward(int part, long seed) {
    forward.get(part).run();
  }

  @Override
  public void backward(int part) {
    if (!backward.isEmpty()) {
      backward.get(part).run();
    }
  }
}
