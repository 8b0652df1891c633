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
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.inner_product_backward_data;
import org.bytedeco.dnnl.inner_product_backward_weights;
import org.bytedeco.dnnl.inner_product_forward;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.memory.format_tag;
import org.bytedeco.javacpp.BytePointer;
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
   * A dense layer.
   *
   * @param precision of the output
   */
  static Stage of(StageContext context, LayerPlan.Dense plan, Tensor input, Precision precision) {
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
    calls.addAll(
        context.precision() == Precision.BFLOAT16
            ? byProducts(context, plan, source, arriving)
            : List.of(
                device.call(
                    new inner_product_backward_weights(
                        new inner_product_backward_weights.primitive_desc(
                            new inner_product_backward_weights.desc(
                                in, gradientLayout, biasLayout, arrivingLayout),
                            device.engine,
                            primitive)),
                    Map.of(
                        DNNL_ARG_SRC,
                        source,
                        DNNL_ARG_DIFF_DST,
                        arriving,
                        DNNL_ARG_DIFF_WEIGHTS,
                        context.gradient(gradientLayout, plan.weights()),
                        DNNL_ARG_DIFF_BIAS,
                        context.gradient(biasLayout, plan.bias())))));
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
   * The gradient by weights and bias, as two matrix products: in bfloat16, and in DL4J's order of
   * the weights, oneDNN's dense layer has slower kernels for it than its matrix product.
   */
  private static List<Runnable> byProducts(
      StageContext context, LayerPlan.Dense plan, memory source, memory arriving) {
    Device device = context.device();
    long images = context.images();
    long inputs = plan.input().size();
    long outputs = plan.output().size();
    memory transposed =
        device.memory(
            Layouts.of(context.precision(), format_tag.ba, outputs, images),
            new BytePointer(arriving.get_data_handle()));
    ShortPointer one = device.shorts(images);
    IntStream.range(0, context.images()).forEach(image -> one.put(image, ONE));
    memory ones = device.memory(Layouts.of(context.precision(), format_tag.ab, 1, images), one);
    memory weights =
        context.gradient(Layouts.floats(format_tag.ab, outputs, inputs), plan.weights());
    memory bias = context.gradient(Layouts.floats(format_tag.ab, 1, outputs), plan.bias());
    return List.of(
        device.product(transposed, source, weights), device.product(ones, arriving, bias));
  }
}
