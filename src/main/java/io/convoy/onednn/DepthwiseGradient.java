package io.convoy.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;

import io.convoy.network.Shape;
import io.convoy.onednn.LayerPlan.Window;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.dnnl.convolution_backward_weights;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.memory.format_tag;
import org.bytedeco.dnnl.primitive_desc;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.ShortPointer;

/**
 * The gradient by the kernels of a depthwise convolution. oneDNN 2.5 has a kernel of its own for it
 * up to 3 x 3, and takes ten times as long beyond that.
 *
 * <p>It is a depthwise convolution too: of each channel of each image, by the gradient that arrives
 * for it, with the stride between its values; what comes out has the size of the kernel. Channels
 * of all images lie in memory as those of one image would, as far as they come in whole blocks.
 * That by the bias is the same of ones.
 */
final class DepthwiseGradient {
  private static final String FAST = "jit_dw";
  private static final short BFLOAT16_OF_1 = 0x3f80;

  /** How oneDNN blocks channels, of maps and of kernels. */
  private record Blocks(int channels, format_tag maps, format_tag kernels) {}

  private static final List<Blocks> BLOCKS =
      List.of(
          new Blocks(16, format_tag.nChw16c, format_tag.Goihw16g),
          new Blocks(8, format_tag.nChw8c, format_tag.Goihw8g));

  private final StageContext context;
  private final Device device;
  private final LayerPlan.Convolution plan;
  private final Blocks blocks;
  private final int channels;
  private final Product weights;
  private final Optional<Product> bias;
  private final Optional<memory> ones;

  /**
   * A convolution by the gradient that arrives, and its sum over all images.
   *
   * @param primitive of the images of a part
   * @param ofImages what comes of them, float32, image by image
   * @param sum float32, in the order of an image's
   */
  private record Product(
      convolution_forward.primitive_desc primitive, memory ofImages, memory sum) {
    /** Adds up the images, to those of the parts before. */
    void add(boolean isFirst) {
      float[] numbers = numbers(ofImages);
      float[] total = numbers(sum);
      if (isFirst) {
        Arrays.fill(total, 0);
      }
      for (int image = 0; image < numbers.length; image += total.length) {
        for (int i = 0; i < total.length; i++) {
          total[i] += numbers[image + i];
        }
      }
      new FloatPointer(sum.get_data_handle()).put(total);
    }

    private static float[] numbers(memory from) {
      float[] numbers = new float[(int) (from.get_desc().get_size() / Float.BYTES)];
      new FloatPointer(from.get_data_handle()).get(numbers);
      return numbers;
    }
  }

  /**
   * Makes what is needed.
   *
   * @param own what oneDNN has for it
   * @param maps the layout of the gradient that arrives
   * @return empty where that is fast, the convolution is of another kind or leaves out the last
   *     rows or columns, or the channels come in no whole blocks
   */
  static Optional<DepthwiseGradient> of(
      StageContext context,
      LayerPlan.Convolution plan,
      convolution_backward_weights.primitive_desc own,
      memory.desc maps) {
    int channels = plan.output().channels();
    boolean isDepthwise = plan.groups() == channels && plan.input().channels() == channels;
    if (!isDepthwise || isFast(own) || leavesOver(plan)) {
      return Optional.empty();
    }
    return BLOCKS.stream()
        .filter(each -> channels % each.channels == 0)
        .filter(each -> maps(context, each, plan.output()).equals(maps))
        .map(each -> new DepthwiseGradient(context, plan, each))
        .filter(each -> isFast(each.weights.primitive))
        .findFirst();
  }

  /** Whether the stride leaves out more than the zeros at the end, which oneDNN would not undo. */
  private static boolean leavesOver(LayerPlan.Convolution plan) {
    Window window = plan.window();
    return Arrays.stream(
            after(plan.input(), plan.output(), window.kernel(), window.stride(), window.before()))
        .anyMatch(zeros -> zeros < 0);
  }

  /** The zeros below and right of maps with which what comes out has the size of the kernel. */
  private static long[] after(
      Shape maps, Shape gradient, long[] kernel, long[] stride, long[] before) {
    return new long[] {
      kernel[0] + (gradient.height() - 1) * stride[0] - maps.height() - before[0],
      kernel[1] + (gradient.width() - 1) * stride[1] - maps.width() - before[1]
    };
  }

  private static boolean isFast(primitive_desc primitive) {
    return primitive.impl_info_str().getString().startsWith(FAST);
  }

  private DepthwiseGradient(StageContext context, LayerPlan.Convolution plan, Blocks blocks) {
    this.context = context;
    this.device = context.device();
    this.plan = plan;
    this.blocks = blocks;
    this.channels = plan.output().channels();
    Window window = plan.window();
    this.weights =
        product(
            primitive(plan.input(), window.kernel(), window.stride(), window.before()),
            Layouts.floats(blocks.kernels, channels, 1, 1, window.kernel()[0], window.kernel()[1]));
    long[] one = {1, 1};
    this.bias =
        plan.bias()
            .map(
                place ->
                    product(
                        primitive(plan.output(), one, one, new long[2]),
                        Layouts.floats(format_tag.x, channels)));
    this.ones = bias.map(product -> ones(product.primitive.src_desc()));
  }

  private Product product(convolution_forward.primitive_desc primitive, memory.desc sum) {
    return new Product(primitive, device.memory(primitive.dst_desc()), device.memory(sum));
  }

  private static memory.desc maps(StageContext context, Blocks blocks, Shape shape) {
    return Layouts.of(
        context.precision(),
        blocks.maps,
        context.images(),
        shape.channels(),
        shape.height(),
        shape.width());
  }

  /**
   * The convolution of maps by the gradient.
   *
   * @param kernel what comes out of it, height and width
   * @param stride between two of the gradient's values
   * @param before zeros above and left
   */
  private convolution_forward.primitive_desc primitive(
      Shape maps, long[] kernel, long[] stride, long[] before) {
    long all = (long) context.images() * channels;
    Shape gradient = plan.output();
    return new convolution_forward.primitive_desc(
        new convolution_forward.desc(
            prop_kind.forward_inference,
            algorithm.convolution_direct,
            Layouts.of(context.precision(), blocks.maps, 1, all, maps.height(), maps.width()),
            Layouts.of(
                context.precision(),
                blocks.kernels,
                all,
                1,
                1,
                gradient.height(),
                gradient.width()),
            Layouts.floats(blocks.maps, 1, all, kernel[0], kernel[1]),
            new long[] {1, 1},
            new long[] {stride[0] - 1, stride[1] - 1},
            before,
            after(maps, gradient, kernel, stride, before)),
        device.engine);
  }

  /** By the weights, the sum over all parts. */
  memory weights() {
    return weights.sum;
  }

  /** By the biases, likewise; where there are any. */
  Optional<memory> bias() {
    return bias.map(Product::sum);
  }

  /**
   * Adds what is to be done with a part.
   *
   * @param source its input
   * @param arriving the gradient by its output
   * @param calls receives it
   */
  void addPart(int part, memory source, memory arriving, List<Runnable> calls) {
    memory images = device.in(maps(context, blocks, plan.input()), source, calls);
    addPart(part, weights, view(weights.primitive.src_desc(), images), arriving, calls);
    bias.ifPresent(product -> addPart(part, product, ones.orElseThrow(), arriving, calls));
  }

  private void addPart(
      int part, Product product, memory source, memory arriving, List<Runnable> calls) {
    calls.add(
        device.call(
            new convolution_forward(product.primitive),
            Map.of(
                DNNL_ARG_SRC,
                source,
                DNNL_ARG_WEIGHTS,
                view(product.primitive.weights_desc(), arriving),
                DNNL_ARG_DST,
                product.ofImages)));
    calls.add(() -> product.add(part == 0));
  }

  /** The same numbers, as if they were of one image. */
  private memory view(memory.desc layout, memory numbers) {
    return device.memory(layout, new Pointer(numbers.get_data_handle()));
  }

  private memory ones(memory.desc layout) {
    memory ones = device.memory(layout);
    int bytes = (int) layout.get_size();
    switch (Layouts.precision(layout)) {
      case FLOAT32 -> {
        float[] numbers = new float[bytes / Float.BYTES];
        Arrays.fill(numbers, 1);
        new FloatPointer(ones.get_data_handle()).put(numbers);
      }
      case BFLOAT16 -> {
        short[] numbers = new short[bytes / Short.BYTES];
        Arrays.fill(numbers, BFLOAT16_OF_1);
        new ShortPointer(ones.get_data_handle()).put(numbers);
      }
    }
    return ones;
  }
}
