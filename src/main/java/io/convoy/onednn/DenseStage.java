package io.convoy.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_WEIGHTS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;

import java.util.Map;
import org.bytedeco.dnnl.inner_product_backward_data;
import org.bytedeco.dnnl.inner_product_backward_weights;
import org.bytedeco.dnnl.inner_product_forward;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.memory.format_tag;

/**
 * A dense layer with its activation, for the whole minibatch at once. Reads the weights, and writes
 * the gradient by them, where DL4J has them. As with {@link ConvolutionStage}, the derivative of
 * the activation is seen to by {@link ActivationStage#gradient}.
 */
final class DenseStage {
  private DenseStage() {}

  static Stage of(StageContext context, LayerPlan.Dense plan, Tensor input) {
    Device device = context.device();
    memory.desc in = Layouts.rows(context.images(), plan.input());
    memory.desc out = Layouts.rows(context.images(), plan.output());
    memory.desc weightsLayout =
        Layouts.of(format_tag.oi, plan.output().size(), plan.input().size());
    memory.desc biasLayout = Layouts.of(format_tag.x, plan.output().size());
    memory weights = context.parameters(weightsLayout, plan.weights());
    memory source = input.values().get(0);
    Tensor output = context.kept(out, context.outputGradient(out));
    inner_product_forward.primitive_desc primitive =
        new inner_product_forward.primitive_desc(
            new inner_product_forward.desc(
                context.forwardKind(), in, weightsLayout, biasLayout, out),
            Layouts.activated(plan.nonlinearity()),
            device.engine);
    CallStage stage = new CallStage(output, 1);
    stage
        .forwardOf(0)
        .add(
            device.call(
                new inner_product_forward(primitive),
                Map.of(
                    DNNL_ARG_SRC,
                    source,
                    DNNL_ARG_WEIGHTS,
                    weights,
                    DNNL_ARG_BIAS,
                    context.parameters(biasLayout, plan.bias()),
                    DNNL_ARG_DST,
                    output.values().get(0))));
    if (!context.trains()) {
      return stage;
    }
    memory arriving = output.gradient().orElseThrow();
    stage
        .backwardOf(0)
        .add(
            device.call(
                new inner_product_backward_weights(
                    new inner_product_backward_weights.primitive_desc(
                        new inner_product_backward_weights.desc(in, weightsLayout, biasLayout, out),
                        device.engine,
                        primitive)),
                Map.of(
                    DNNL_ARG_SRC,
                    source,
                    DNNL_ARG_DIFF_DST,
                    arriving,
                    DNNL_ARG_DIFF_WEIGHTS,
                    context.gradient(weightsLayout, plan.weights()),
                    DNNL_ARG_DIFF_BIAS,
                    context.gradient(biasLayout, plan.bias()))));
    input
        .gradient()
        .ifPresent(
            leaving ->
                stage
                    .backwardOf(0)
                    .add(
                        device.call(
                            new inner_product_backward_data(
                                new inner_product_backward_data.primitive_desc(
                                    new inner_product_backward_data.desc(in, weightsLayout, out),
                                    device.engine,
                                    primitive)),
                            Map.of(
                                DNNL_ARG_DIFF_DST, arriving,
                                DNNL_ARG_WEIGHTS, weights,
                                DNNL_ARG_DIFF_SRC, leaving))));
    return stage;
  }
}
