package io.convoy.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_WEIGHTS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;

import io.convoy.settings.Precision;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.inner_product_backward_data;
import org.bytedeco.dnnl.inner_product_backward_weights;
import org.bytedeco.dnnl.inner_product_forward;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.memory.format_tag;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.ShortPointer;

/**
 * A dense layer with its activation, for the whole minibatch at once. Writes the gradient by the
 * weights where DL4J has it. As with {@link ConvolutionStage}, the derivative of the activation is
 * seen to by {@link ActivationStage#gradient}.
 */
final class DenseStage {
  /**
   * In DL4J's order of the weights, oneDNN's dense layer begins with a copy of all of them in
   * another one, which takes as long as the products for 32 images; its matrix product does not.
   * With fewer images than these that is the slower one. No issue of oneDNN's tells of it.
   */
  private static final int FEWEST_IMAGES_OF_A_PRODUCT = 16;

  /** In bfloat16. */
  private static final short ONE = 0x3F80;

  private DenseStage() {}

  /**
   * What the gradient by the weights is a product of, once a minibatch has gone back.
   *
   * @param inputs [images, inputs], in the precision of the passes
   * @param gradients float32 [images, outputs], by the outputs
   */
  record Factors(memory inputs, memory gradients) {}

  /**
   * A dense layer.
   *
   * @param precision of the output
   * @param factors receives those of a layer whose gradient is left so
   */
  static Stage of(
      StageContext context,
      LayerPlan.Dense plan,
      Tensor input,
      Precision precision,
      Consumer<Factors> factors) {
    Device device = context.device();
    memory.desc in = context.rows(plan.input());
    memory.desc out = context.in(precision).rows(plan.output());
    long[] sizes = {plan.output().size(), plan.input().size()};
    memory.desc weightsLayout = Layouts.of(context.precision(), format_tag.oi, sizes);
    memory.desc gradientLayout = Layouts.floats(format_tag.oi, sizes);
    memory.desc biasLayout = Layouts.floats(format_tag.x, plan.output().size());
    memory source = input.values().get(0);
    Tensor output = context.kept(out, context.outputGradient(out));
    inner_product_forward.primitive_desc primitive =
        new inner_product_forward.primitive_desc(
            new inner_product_forward.desc(
                context.forwardKind(), in, weightsLayout, biasLayout, out),
            Layouts.activated(plan.nonlinearity()),
            device.engine);
    CallStage stage = new CallStage(output, 1);
    memory weights =
        device.in(
            weightsLayout,
            context.weights(plan.weights(), of -> Layouts.of(of, format_tag.oi, sizes)),
            stage.reading());
    memory bias = context.parameters(biasLayout, plan.bias());
    stage
        .forwardOf(0)
        .add(
            isProduct(context)
                ? product(device, plan, source, weights, bias, output.values().get(0))
                : device.call(
                    new inner_product_forward(primitive),
                    Map.of(
                        DNNL_ARG_SRC,
                        source,
                        DNNL_ARG_WEIGHTS,
                        weights,
                        DNNL_ARG_BIAS,
                        bias,
                        DNNL_ARG_DST,
                        output.values().get(0))));
    if (!context.trains()) {
      return stage;
    }
    List<Runnable> calls = stage.backwardOf(0);
    memory.desc arrivingLayout = context.rows(plan.output());
    memory arriving = device.in(arrivingLayout, output.gradient().orElseThrow(), calls);
    switch (plan.gradient()) {
      case FACTORS -> {
        memory floats =
            device.in(context.in(Precision.FLOAT32).rows(plan.output()), arriving, calls);
        calls.add(biasGradient(context.in(Precision.FLOAT32), plan, floats));
        factors.accept(new Factors(source, floats));
      }
      case PRODUCT -> {
        memory byWeights = context.gradient(gradientLayout, plan.weights());
        if (multiplies(context.precision())) {
          calls.add(product(device, source, arriving, byWeights));
          calls.add(biasGradient(context, plan, arriving));
        } else {
          memory byBias = context.gradient(biasLayout, plan.bias());
          calls.add(layerGradient(device, source, arriving, byWeights, Optional.of(byBias)));
        }
      }
    }
    input
        .gradient()
        .ifPresent(
            leaving ->
                calls.add(
                    device.call(
                        new inner_product_backward_data(
                            new inner_product_backward_data.primitive_desc(
                                new inner_product_backward_data.desc(
                                    in, weightsLayout, arrivingLayout),
                                device.engine,
                                primitive)),
                        Map.of(
                            DNNL_ARG_DIFF_DST, arriving,
                            DNNL_ARG_WEIGHTS, weights,
                            DNNL_ARG_DIFF_SRC, leaving))));
    return stage;
  }

  /** In bfloat16 with AMX it has not been measured. */
  private static boolean isProduct(StageContext context) {
    return context.images() >= FEWEST_IMAGES_OF_A_PRODUCT
        && switch (context.precision()) {
          case FLOAT32 -> true;
          case BFLOAT16 -> !OneDnn.has(dnnl.dnnl_cpu_isa_avx512_core_amx);
        };
  }

  /** The forward pass as a matrix product. */
  private static Runnable product(
      Device device,
      LayerPlan.Dense plan,
      memory source,
      memory weights,
      memory bias,
      memory output) {
    long inputs = plan.input().size();
    long outputs = plan.output().size();
    Precision precision = Layouts.precision(weights.get_desc());
    memory transposed =
        device.memory(
            Layouts.of(precision, format_tag.ba, inputs, outputs),
            new BytePointer(weights.get_data_handle()));
    memory row =
        device.memory(
            Layouts.floats(format_tag.ab, 1, outputs), new BytePointer(bias.get_data_handle()));
    return device.product(source, transposed, row, plan.nonlinearity(), output);
  }

  /**
   * The gradient by weights in DL4J's order.
   *
   * @param source [images, inputs]
   * @param arriving [images, outputs], in the same precision
   * @param weights receives it, float32 [outputs, inputs]
   */
  static Runnable weightGradient(Device device, memory source, memory arriving, memory weights) {
    return multiplies(Layouts.precision(source.get_desc()))
        ? product(device, source, arriving, weights)
        : layerGradient(device, source, arriving, weights, Optional.empty());
  }

  /**
   * Whether the gradient by the weights is a matrix product. With AMX, in bfloat16, oneDNN's dense
   * layer has slower kernels for it in DL4J's order; without AMX it is half as fast again as the
   * product.
   */
  private static boolean multiplies(Precision precision) {
    return switch (precision) {
      case FLOAT32 -> false;
      case BFLOAT16 -> OneDnn.has(dnnl.dnnl_cpu_isa_avx512_core_amx);
    };
  }

  private static Runnable product(Device device, memory source, memory arriving, memory weights) {
    memory.desc layout = arriving.get_desc();
    long images = layout.dims().get(0);
    long outputs = layout.dims().get(1);
    memory transposed =
        device.memory(
            Layouts.of(Layouts.precision(layout), format_tag.ba, outputs, images),
            new BytePointer(arriving.get_data_handle()));
    return device.product(transposed, source, weights);
  }

  /** As oneDNN's dense layer has it. */
  private static Runnable layerGradient(
      Device device, memory source, memory arriving, memory weights, Optional<memory> bias) {
    memory.desc in = source.get_desc();
    memory.desc out = arriving.get_desc();
    memory.desc gradient = weights.get_desc();
    long outputs = gradient.dims().get(0);
    long inputs = gradient.dims().get(1);
    memory.desc read = Layouts.of(Layouts.precision(in), format_tag.oi, outputs, inputs);
    inner_product_forward.primitive_desc hint =
        new inner_product_forward.primitive_desc(
            bias.map(
                    each ->
                        new inner_product_forward.desc(
                            prop_kind.forward_training, in, read, each.get_desc(), out))
                .orElseGet(
                    () ->
                        new inner_product_forward.desc(prop_kind.forward_training, in, read, out)),
            device.engine);
    Map<Integer, memory> arguments = new HashMap<>();
    arguments.put(DNNL_ARG_SRC, source);
    arguments.put(DNNL_ARG_DIFF_DST, arriving);
    arguments.put(DNNL_ARG_DIFF_WEIGHTS, weights);
    bias.ifPresent(each -> arguments.put(DNNL_ARG_DIFF_BIAS, each));
    return device.call(
        new inner_product_backward_weights(
            new inner_product_backward_weights.primitive_desc(
                bias.map(
                        each ->
                            new inner_product_backward_weights.desc(
                                in, gradient, each.get_desc(), out))
                    .orElseGet(() -> new inner_product_backward_weights.desc(in, gradient, out)),
                device.engine,
                hint)),
        arguments);
  }

  /** As the product with a row of ones. */
  private static Runnable biasGradient(
      StageContext context, LayerPlan.Dense plan, memory arriving) {
    Device device = context.device();
    memory ones = ones(context);
    memory bias =
        context.gradient(Layouts.floats(format_tag.ab, 1, plan.output().size()), plan.bias());
    return device.product(ones, arriving, bias);
  }

  private static memory ones(StageContext context) {
    Device device = context.device();
    int images = context.images();
    memory ones = device.memory(Layouts.of(context.precision(), format_tag.ab, 1, images));
    switch (context.precision()) {
      case FLOAT32 -> {
        FloatPointer values = new FloatPointer(ones.get_data_handle());
        IntStream.range(0, images).forEach(image -> values.put(image, 1));
      }
      case BFLOAT16 -> {
        ShortPointer values = new ShortPointer(ones.get_data_handle());
        IntStream.range(0, images).forEach(image -> values.put(image, ONE));
      }
    }
    return ones;
  }
}
