package io.convoy.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_WEIGHTS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;

import io.convoy.onednn.LayerPlan.Window;
import io.convoy.settings.Precision;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.dnnl.convolution_backward_data;
import org.bytedeco.dnnl.convolution_backward_weights;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.memory.format_tag;
import org.bytedeco.dnnl.primitive_attr;

/**
 * A convolution with its activation. The gradient that comes back to it is that by the values
 * before the activation: {@link ActivationStage#gradient} has seen to the derivative.
 */
final class ConvolutionStage {
  /** Up to here oneDNN has kernels that read planes, as the images are. */
  private static final int FEW_CHANNELS = 4;

  /**
   * By this kernel oneDNN 2.5.2 convolves one image with 1 x 1 on AMX. It writes whole tiles, past
   * the end of an output that is not a whole number of them, into others' memory. No issue of
   * oneDNN's is known to tell of it. This can go with a version that stays within its output.
   */
  private static final String OVERRUNNING = "jit_1x1:avx512_core_amx_bf16";

  private final StageContext context;
  private final Device device;
  private final LayerPlan.Convolution plan;
  private final algorithm kind;
  private final Tensor input;
  private final Tensor output;
  private final memory.desc anyInput;
  private final memory.desc anyOutput;
  private final memory.desc anyWeights;
  private final memory.desc anyGradient;
  private final memory.desc biasLayout;
  private final memory givenWeights;
  private final memory.desc gradientLayout;
  private final CallStage stage;

  /** Whether the backward pass reads the output again. */
  enum Output {
    KEPT,
    PASSING
  }

  static Stage of(StageContext context, LayerPlan.Convolution plan, Tensor input, Output output) {
    return new ConvolutionStage(context, plan, input, output).stage;
  }

  private ConvolutionStage(
      StageContext given, LayerPlan.Convolution plan, Tensor input, Output output) {
    Precision arriving = Layouts.precision(input.layout());
    if (Winograd.computes(plan, given.images(), arriving, given.precision())) {
      this.kind = algorithm.convolution_winograd;
      this.context = given.in(Precision.FLOAT32);
    } else {
      this.kind = algorithm.convolution_direct;
      // The image itself is convolved in its own precision; see ImageStage.
      this.context = plan.input().channels() <= FEW_CHANNELS ? given.in(arriving) : given;
    }
    this.device = context.device();
    this.plan = plan;
    this.input = input;
    long[] weights = weights(plan);
    this.anyInput =
        plan.input().channels() <= FEW_CHANNELS ? input.layout() : context.anyMaps(plan.input());
    this.anyOutput = context.anyMaps(plan.output());
    this.anyWeights = Layouts.of(context.precision(), format_tag.any, weights);
    this.anyGradient = Layouts.floats(format_tag.any, weights);
    this.biasLayout =
        plan.bias().isPresent()
            ? Layouts.floats(format_tag.x, plan.output().channels())
            : new memory.desc();
    long[] steps = steps(plan);
    this.givenWeights =
        context.weights(plan.weights(), precision -> Layouts.inSteps(precision, weights, steps));
    this.gradientLayout = Layouts.inSteps(Precision.FLOAT32, weights, steps);

    convolution_forward.primitive_desc primitive = forwardPrimitive();
    memory.desc layout = primitive.dst_desc();
    this.output =
        output == Output.KEPT
            ? context.kept(layout, context.outputGradient(layout))
            : context.passing(layout, context.outputGradient(layout));
    this.stage = new CallStage(this.output, context.parts());
    memory ownWeights = device.in(primitive.weights_desc(), givenWeights, stage.reading());
    Optional<memory> bias = plan.bias().map(place -> context.parameters(biasLayout, place));
    List<memory> inputs = new ArrayList<>();
    for (int part = 0; part < context.parts(); part++) {
      List<Runnable> calls = stage.forwardOf(part);
      memory source = device.in(primitive.src_desc(), input.values().get(part), calls);
      inputs.add(source);
      Map<Integer, memory> arguments = new HashMap<>();
      arguments.put(DNNL_ARG_SRC, source);
      arguments.put(DNNL_ARG_WEIGHTS, ownWeights);
      bias.ifPresent(values -> arguments.put(DNNL_ARG_BIAS, values));
      arguments.put(DNNL_ARG_DST, this.output.values().get(part));
      calls.add(device.call(new convolution_forward(primitive), arguments));
    }
    if (context.trains()) {
      prepareBackward(primitive, inputs);
    }
  }

  private static long[] weights(LayerPlan.Convolution plan) {
    long outputs = plan.output().channels();
    long inputs = plan.input().channels();
    long groups = plan.groups();
    long[] kernel = plan.window().kernel();
    return groups == 1
        ? new long[] {outputs, inputs, kernel[0], kernel[1]}
        : new long[] {groups, outputs / groups, inputs / groups, kernel[0], kernel[1]};
  }

  /** Between neighbours among DL4J's weights, for each of their sizes. */
  private static long[] steps(LayerPlan.Convolution plan) {
    long groups = plan.groups();
    long outputs = plan.output().channels() / groups;
    long inputs = plan.input().channels() / groups;
    long height = plan.window().kernel()[0];
    long width = plan.window().kernel()[1];
    long[] steps =
        switch (plan.order()) {
          case OUTPUTS_FIRST -> {
            long input = height * width;
            yield new long[] {outputs * inputs * input, inputs * input, input, width, 1};
          }
          case KERNEL_FIRST -> {
            long column = groups * inputs * outputs;
            yield new long[] {inputs * outputs, 1, outputs, width * column, column};
          }
        };
    return groups == 1 ? Arrays.copyOfRange(steps, 1, steps.length) : steps;
  }

  private convolution_forward.primitive_desc forwardPrimitive() {
    Window window = plan.window();
    primitive_attr attributes = Layouts.activated(plan.nonlinearity());
    convolution_forward.primitive_desc primitive =
        new convolution_forward.primitive_desc(
            new convolution_forward.desc(
                context.forwardKind(),
                kind,
                anyInput,
                anyWeights,
                biasLayout,
                anyOutput,
                window.stride(),
                window.before(),
                window.after()),
            attributes,
            device.engine);
    while (primitive.impl_info_str().getString().startsWith(OVERRUNNING)) {
      if (!primitive.next_impl()) {
        throw new IllegalStateException("oneDNN has no other kernel for " + plan);
      }
    }
    return primitive;
  }

  private void prepareBackward(convolution_forward.primitive_desc hint, List<memory> inputs) {
    Window window = plan.window();
    convolution_backward_weights.primitive_desc byWeights =
        new convolution_backward_weights.primitive_desc(
            new convolution_backward_weights.desc(
                kind,
                anyInput,
                anyGradient,
                biasLayout,
                anyOutput,
                window.stride(),
                window.before(),
                window.after()),
            device.engine,
            hint);
    memory outputGradient = output.gradient().orElseThrow();
    DepthwiseGradient.of(context, plan, byWeights, outputGradient.get_desc())
        .ifPresentOrElse(
            depthwise -> {
              for (int part = 0; part < context.parts(); part++) {
                depthwise.addPart(part, inputs.get(part), outputGradient, stage.backwardOf(part));
              }
              write(depthwise.weights(), depthwise.bias());
            },
            () -> prepareBackwardWeights(byWeights, inputs, outputGradient));
    input.gradient().ifPresent(gradient -> prepareBackwardData(hint, outputGradient, gradient));
  }

  private void prepareBackwardWeights(
      convolution_backward_weights.primitive_desc byWeights,
      List<memory> inputs,
      memory outputGradient) {
    memory weightsSum = device.memory(byWeights.diff_weights_desc());
    Optional<memory> biasSum = plan.bias().map(place -> device.memory(biasLayout));
    memory weightsOfPart = device.memory(byWeights.diff_weights_desc());
    Optional<memory> biasOfPart = plan.bias().map(place -> device.memory(biasLayout));
    for (int part = 0; part < context.parts(); part++) {
      List<Runnable> calls = stage.backwardOf(part);
      memory source = device.in(byWeights.src_desc(), inputs.get(part), calls);
      memory arriving = device.in(byWeights.diff_dst_desc(), outputGradient, calls);
      boolean first = part == 0;
      Map<Integer, memory> arguments = new HashMap<>();
      arguments.put(DNNL_ARG_SRC, source);
      arguments.put(DNNL_ARG_DIFF_DST, arriving);
      arguments.put(DNNL_ARG_DIFF_WEIGHTS, first ? weightsSum : weightsOfPart);
      (first ? biasSum : biasOfPart).ifPresent(values -> arguments.put(DNNL_ARG_DIFF_BIAS, values));
      calls.add(device.call(new convolution_backward_weights(byWeights), arguments));
      if (!first) {
        calls.add(device.add(weightsOfPart, weightsSum));
        biasOfPart.ifPresent(values -> calls.add(device.add(values, biasSum.orElseThrow())));
      }
    }
    write(weightsSum, biasSum);
  }

  /** Adds the sums over all parts to the network's gradient, once they are there. */
  private void write(memory weights, Optional<memory> bias) {
    stage.writing().add(device.add(weights, context.gradient(gradientLayout, plan.weights())));
    bias.ifPresent(
        values ->
            stage
                .writing()
                .add(device.add(values, context.gradient(biasLayout, plan.bias().orElseThrow()))));
  }

  private void prepareBackwardData(
      convolution_forward.primitive_desc hint, memory outputGradient, memory inputGradient) {
    Window window = plan.window();
    convolution_backward_data.primitive_desc byInput =
        new convolution_backward_data.primitive_desc(
            new convolution_backward_data.desc(
                kind,
                anyInput,
                anyWeights,
                anyOutput,
                window.stride(),
                window.before(),
                window.after()),
            device.engine,
            hint);
    memory weights = device.in(byInput.weights_desc(), givenWeights, stage.reading());
    List<Runnable> calls = new ArrayList<>();
    memory arriving = device.in(byInput.diff_dst_desc(), outputGradient, calls);
    boolean sameLayout = byInput.diff_src_desc().equals(inputGradient.get_desc());
    memory leaving = sameLayout ? inputGradient : device.memory(byInput.diff_src_desc());
    calls.add(
        device.call(
            new convolution_backward_data(byInput),
            Map.of(
                DNNL_ARG_DIFF_DST, arriving,
                DNNL_ARG_WEIGHTS, weights,
                DNNL_ARG_DIFF_SRC, leaving)));
    if (!sameLayout) {
      calls.add(device.copy(leaving, inputGradient));
    }
    for (int part = 0; part < context.parts(); part++) {
      stage.backwardOf(part).addAll(calls);
    }
  }
}
