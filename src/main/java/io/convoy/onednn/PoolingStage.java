package io.convoy.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WORKSPACE;

import io.convoy.onednn.LayerPlan.Window;
import java.util.HashMap;
import java.util.Map;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.pooling_backward;
import org.bytedeco.dnnl.pooling_forward;

/** Max or average pooling. */
final class PoolingStage {
  private PoolingStage() {}

  static Stage of(StageContext context, LayerPlan.Pooling plan, Tensor input) {
    Device device = context.device();
    Window window = plan.window();
    pooling_forward.primitive_desc primitive =
        new pooling_forward.primitive_desc(
            new pooling_forward.desc(
                context.forwardKind(),
                plan.kind(),
                input.layout(),
                context.in(Layouts.precision(input.layout())).anyMaps(plan.output()),
                window.stride(),
                window.kernel(),
                window.before(),
                window.after()),
            device.engine);
    memory.desc layout = primitive.dst_desc();
    Tensor output = context.kept(layout, input.gradient().map(wanted -> device.memory(layout)));
    pooling_backward.primitive_desc gradient =
        context.trains()
            ? new pooling_backward.primitive_desc(
                new pooling_backward.desc(
                    plan.kind(),
                    input.layout(),
                    layout,
                    window.stride(),
                    window.kernel(),
                    window.before(),
                    window.after()),
                device.engine,
                primitive)
            : null;
    CallStage stage = new CallStage(output, context.parts());
    for (int part = 0; part < context.parts(); part++) {
      Map<Integer, memory> arguments = new HashMap<>();
      Map<Integer, memory> gradientArguments = new HashMap<>();
      if (context.trains() && plan.kind() == algorithm.pooling_max) {
        // Which value of each window was the largest.
        memory largest = device.memory(primitive.workspace_desc());
        arguments.put(DNNL_ARG_WORKSPACE, largest);
        gradientArguments.put(DNNL_ARG_WORKSPACE, largest);
      }
      arguments.put(DNNL_ARG_SRC, input.values().get(part));
      arguments.put(DNNL_ARG_DST, output.values().get(part));
      stage.forwardOf(part).add(device.call(new pooling_forward(primitive), arguments));
      if (input.gradient().isPresent()) {
        gradientArguments.put(DNNL_ARG_DIFF_DST, output.gradient().orElseThrow());
        gradientArguments.put(DNNL_ARG_DIFF_SRC, input.gradient().get());
        stage.backwardOf(part).add(device.call(new pooling_backward(gradient), gradientArguments));
      }
    }
    return stage;
  }
}
