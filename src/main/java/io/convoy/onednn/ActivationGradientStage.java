package io.convoy.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;

import java.util.List;
import java.util.Map;
import org.bytedeco.dnnl.eltwise_backward;
import org.bytedeco.dnnl.eltwise_forward;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory;

/**
 * The derivative of an activation that an earlier stage has applied: multiplies the gradient by it,
 * in place. Stands behind a max pooling where there is one. There it gives the same: the pooling
 * hands each gradient to the one value that it let through, and the derivative follows from that
 * value.
 */
final class ActivationGradientStage implements Stage {
  private final Tensor tensor;
  private final List<Call> calls;

  ActivationGradientStage(StageContext context, Tensor tensor, Nonlinearity nonlinearity) {
    this.tensor = tensor;
    memory.desc layout = tensor.layout();
    eltwise_forward.primitive_desc hint =
        new eltwise_forward.primitive_desc(
            new eltwise_forward.desc(
                prop_kind.forward_training, nonlinearity.derivative, layout, nonlinearity.alpha, 0),
            context.device().engine);
    eltwise_backward.primitive_desc primitive =
        new eltwise_backward.primitive_desc(
            new eltwise_backward.desc(
                nonlinearity.derivative, layout, layout, nonlinearity.alpha, 0),
            context.device().engine,
            hint);
    memory gradient = tensor.gradient().orElseThrow();
    this.calls =
        tensor.values().stream()
            .map(
                values ->
                    context
                        .device()
                        .call(
                            new eltwise_backward(primitive),
                            Map.of(
                                DNNL_ARG_DST, values,
                                DNNL_ARG_DIFF_DST, gradient,
                                DNNL_ARG_DIFF_SRC, gradient)))
            .toList();
  }

  @Override
  public Tensor output() {
    return tensor;
  }

  @Override
  public void forward(int part, long seed) {
    // The activation was applied where the values were made.
  }

  @Override
  public void backward(int part) {
    calls.get(part).run();
  }
}
