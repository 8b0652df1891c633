package io.convoy.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WORKSPACE;

import io.convoy.onednn.LayerPlan.Window;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.pooling_backward;
import org.bytedeco.dnnl.pooling_forward;

/** Max or average pooling. */
final class PoolingStage implements Stage {
  private final Tensor output;
  private final List<Call> forward = new ArrayList<>();
  private final List<Call> backward = new ArrayList<>();

  PoolingStage(StageContext context, LayerPlan.Pooling plan, Tensor input) {
    Device device = context.device();
    Window window = plan.window();
    pooling_forward.primitive_desc primitive =
        new pooling_forward.primitive_desc(
            new pooling_forward.desc(
                context.forwardKind(),
                plan.kind(),
                input.layout(),
                Layouts.any(context.images(), plan.output()),
                window.stride(),
                window.kernel(),
                window.before(),
                window.after()),
            device.engine);
    memory.desc layout = primitive.dst_desc();
    this.output = context.kept(layout, input.gradient().map(wanted -> device.memory(layout)));
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
      forward.add(device.call(new pooling_forward(primitive), arguments));
      if (input.gradient().isPresent()) {
        gradientArguments.put(DNNL_ARG_DIFF_DST, output.gradient().orElseThrow());
        gradientArguments.put(DNNL_ARG_DIFF_SRC, input.gradient().get());
        backward.add(device.call(new pooling_backward(gradient), gradientArguments));
      }
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
