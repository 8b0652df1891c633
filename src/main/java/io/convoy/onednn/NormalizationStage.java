package io.convoy.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SCALE_SHIFT;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_MEAN;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SCALE_SHIFT;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_VARIANCE;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WORKSPACE;

import io.convoy.onednn.LayerPlan.Parameters;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.dnnl.batch_normalization_backward;
import org.bytedeco.dnnl.batch_normalization_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.memory.format_tag;
import org.bytedeco.javacpp.FloatPointer;

/**
 * A batch normalisation, with a ReLU where there is one. In training it takes the whole minibatch
 * in one part, and the gradient by the running statistics is what is to be taken off them, as in
 * DL4J.
 */
final class NormalizationStage {
  private final StageContext context;
  private final LayerPlan.BatchNormalization plan;
  private final memory mean;
  private final memory variance;
  private final Tensor output;
  private final CallStage stage;

  /** Where the gradient by the output lies. */
  enum Gradient {
    /** Where that by the input comes to lie, which saves memory. */
    SHARED,
    /** By itself, to be read after the backward pass too. */
    OWN
  }

  static Stage of(
      StageContext context, LayerPlan.BatchNormalization plan, Tensor input, Gradient gradient) {
    return new NormalizationStage(context, plan, input, gradient).stage;
  }

  private NormalizationStage(
      StageContext context, LayerPlan.BatchNormalization plan, Tensor input, Gradient gradient) {
    if (context.trains() && context.parts() > 1) {
      throw new IllegalArgumentException("statistics of " + context.parts() + " parts");
    }
    this.context = context;
    this.plan = plan;
    Device device = context.device();
    memory.desc layout = input.layout();
    memory.desc channels = Layouts.floats(format_tag.x, plan.output().channels());
    this.mean =
        context.trains() ? device.memory(channels) : context.parameters(channels, plan.mean());
    this.variance =
        context.trains() ? device.memory(channels) : context.parameters(channels, plan.variance());
    batch_normalization_forward.primitive_desc primitive =
        new batch_normalization_forward.primitive_desc(
            new batch_normalization_forward.desc(
                context.forwardKind().value, layout, plan.epsilon(), flags()),
            device.engine);
    // Where nobody asks for the gradient by the input, that by the scale and shift is still wanted.
    Optional<memory> leavingGradient =
        context.trains()
            ? input.gradient().or(() -> context.outputGradient(layout))
            : Optional.empty();
    this.output =
        context.kept(
            layout, gradient == Gradient.OWN ? context.outputGradient(layout) : leavingGradient);
    Optional<memory> workspace =
        context.trains() && plan.nonlinearity() == Nonlinearity.RELU
            ? Optional.of(device.memory(primitive.workspace_desc()))
            : Optional.empty();
    memory.desc pairs = Layouts.floats(format_tag.nc, 2, plan.output().channels());
    memory scaleAndShift = context.parameters(pairs, plan.scaleAndShift());
    this.stage = new CallStage(output, context.parts());
    for (int part = 0; part < context.parts(); part++) {
      Map<Integer, memory> arguments = new HashMap<>();
      arguments.put(DNNL_ARG_SRC, input.values().get(part));
      arguments.put(DNNL_ARG_DST, output.values().get(part));
      arguments.put(DNNL_ARG_MEAN, mean);
      arguments.put(DNNL_ARG_VARIANCE, variance);
      arguments.put(DNNL_ARG_SCALE_SHIFT, scaleAndShift);
      workspace.ifPresent(positive -> arguments.put(DNNL_ARG_WORKSPACE, positive));
      stage.forwardOf(part).add(device.call(new batch_normalization_forward(primitive), arguments));
    }
    if (context.trains()) {
      memory leaving = leavingGradient.orElseThrow();
      stage.backwardOf(0).add(backward(primitive, input, scaleAndShift, workspace, leaving));
      stage.writing().add(() -> write(plan.mean(), mean));
      stage.writing().add(() -> write(plan.variance(), variance));
    }
  }

  private int flags() {
    int flags = dnnl.dnnl_use_scaleshift;
    if (plan.nonlinearity() == Nonlinearity.RELU) {
      flags |= dnnl.dnnl_fuse_norm_relu;
    }
    return context.trains() ? flags : flags | dnnl.dnnl_use_global_stats;
  }

  private Runnable backward(
      batch_normalization_forward.primitive_desc hint,
      Tensor input,
      memory scaleAndShift,
      Optional<memory> workspace,
      memory leaving) {
    Device device = context.device();
    memory.desc layout = input.layout();
    batch_normalization_backward.primitive_desc primitive =
        new batch_normalization_backward.primitive_desc(
            new batch_normalization_backward.desc(
                prop_kind.backward.value, layout, layout, plan.epsilon(), flags()),
            device.engine,
            hint);
    Map<Integer, memory> arguments = new HashMap<>();
    arguments.put(DNNL_ARG_SRC, input.values().get(0));
    arguments.put(DNNL_ARG_MEAN, mean);
    arguments.put(DNNL_ARG_VARIANCE, variance);
    arguments.put(DNNL_ARG_SCALE_SHIFT, scaleAndShift);
    arguments.put(DNNL_ARG_DIFF_DST, output.gradient().orElseThrow());
    arguments.put(DNNL_ARG_DIFF_SRC, leaving);
    arguments.put(
        DNNL_ARG_DIFF_SCALE_SHIFT,
        context.gradient(scaleAndShift.get_desc(), plan.scaleAndShift()));
    workspace.ifPresent(positive -> arguments.put(DNNL_ARG_WORKSPACE, positive));
    return device.call(new batch_normalization_backward(primitive), arguments);
  }

  private void write(Parameters place, memory ofMinibatch) {
    float[] running = new float[(int) place.length()];
    float[] measured = new float[running.length];
    context.parameters().getPointer(place.offset()).get(running);
    new FloatPointer(ofMinibatch.get_data_handle()).get(measured);
    for (int i = 0; i < running.length; i++) {
      running[i] = (1 - plan.momentum()) * (running[i] - measured[i]);
    }
    context.gradient().orElseThrow().getPointer(place.offset()).put(running);
  }
}
