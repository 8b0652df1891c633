package io.convoy.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_0;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_1;

import io.convoy.network.Shape;
import io.convoy.settings.Precision;
import java.util.List;
import java.util.Map;
import org.bytedeco.dnnl.binary;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.memory.format_tag;
import org.bytedeco.dnnl.pooling_forward;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.javacpp.Pointer;

/**
 * Multiplies each channel of each image by a factor. oneDNN 2.5 is slow at factors that differ by
 * images; it takes the minibatch as one image here, with the channels of all of them, which lie in
 * memory in the same order.
 */
final class ChannelProductStage {
  /** Layouts whose images lie apart, with the channels that are next to one another in each. */
  private enum Planes {
    SIXTEEN(format_tag.nChw16c, 16),
    EIGHT(format_tag.nChw8c, 8),
    ONE(format_tag.nchw, 1);

    private final format_tag tag;
    private final int channels;

    Planes(format_tag tag, int channels) {
      this.tag = tag;
      this.channels = channels;
    }

    memory.desc maps(Precision precision, int images, Shape shape) {
      return Layouts.of(precision, tag, images, shape.channels(), shape.height(), shape.width());
    }

    /** The same numbers as one image. */
    memory.desc joined(Precision precision, int images, Shape shape) {
      long whole = (shape.channels() + channels - 1L) / channels * channels;
      return Layouts.of(precision, tag, 1, images * whole, shape.height(), shape.width());
    }
  }

  private final StageContext context;
  private final Precision precision;
  private final Planes planes;
  private final Shape shape;
  private final Shape point;

  private ChannelProductStage(StageContext context, Shape shape, memory.desc layout) {
    this.context = context;
    this.precision = Layouts.precision(layout);
    this.shape = shape;
    this.point = new Shape(shape.channels(), 1, 1);
    this.planes =
        List.of(Planes.values()).stream()
            .filter(each -> each.maps(precision, context.images(), shape).equals(layout))
            .findFirst()
            .orElse(Planes.SIXTEEN);
  }

  static Stage of(
      StageContext context, LayerPlan.ChannelProduct plan, Tensor maps, Tensor factors) {
    return new ChannelProductStage(context, plan.output(), maps.layout()).stage(maps, factors);
  }

  private Stage stage(Tensor maps, Tensor factors) {
    Device device = context.device();
    memory.desc layout = planes.maps(precision, context.images(), shape);
    memory.desc points = planes.maps(precision, context.images(), point);
    Tensor output = context.kept(layout, context.outputGradient(layout));
    CallStage stage = new CallStage(output, context.parts());
    for (int part = 0; part < context.parts(); part++) {
      List<Runnable> forward = stage.forwardOf(part);
      memory values = device.in(layout, maps.values().get(part), forward);
      memory times = device.in(points, factors.values().get(part), forward);
      forward.add(product(values, times, point, output.values().get(part), 1));
      List<Runnable> backward = stage.backwardOf(part);
      output
          .gradient()
          .ifPresent(
              arriving -> {
                factors
                    .gradient()
                    .ifPresent(leaving -> addSums(backward, arriving, values, leaving));
                maps.gradient()
                    .ifPresent(
                        leaving -> {
                          memory found =
                              leaving.get_desc().equals(layout) ? leaving : device.memory(layout);
                          backward.add(product(arriving, times, point, found, 1));
                          if (found != leaving) {
                            backward.add(device.copy(found, leaving));
                          }
                        });
              });
    }
    return stage;
  }

  /** The gradient by a factor is the sum of the channel's products, a multiple of their mean. */
  private void addSums(List<Runnable> calls, memory arriving, memory values, memory leaving) {
    Device device = context.device();
    memory products = device.memory(arriving.get_desc());
    calls.add(product(arriving, values, shape, products, shape.height() * shape.width()));
    memory.desc points = planes.maps(precision, context.images(), point);
    memory found = leaving.get_desc().equals(points) ? leaving : device.memory(points);
    memory joined = joined(products, shape);
    memory joinedPoints = joined(found, point);
    long[] whole = {shape.height(), shape.width()};
    pooling_forward.primitive_desc mean =
        new pooling_forward.primitive_desc(
            new pooling_forward.desc(
                prop_kind.forward_inference,
                algorithm.pooling_avg_exclude_padding,
                joined.get_desc(),
                joinedPoints.get_desc(),
                new long[] {1, 1},
                whole,
                new long[2],
                new long[2]),
            device.engine);
    calls.add(
        device.call(
            new pooling_forward(mean), Map.of(DNNL_ARG_SRC, joined, DNNL_ARG_DST, joinedPoints)));
    if (found != leaving) {
      calls.add(device.copy(found, leaving));
    }
  }

  /**
   * The product of maps with others, or with a factor for each channel, times a number.
   *
   * @param otherShape of an image's others
   */
  private Runnable product(
      memory maps, memory others, Shape otherShape, memory result, float scale) {
    Device device = context.device();
    memory one = joined(maps, shape);
    memory other = joined(others, otherShape);
    memory to = joined(result, shape);
    primitive_attr attributes = new primitive_attr();
    if (scale != 1) {
      post_ops after = new post_ops();
      after.append_eltwise(1, algorithm.eltwise_linear, scale, 0);
      attributes.set_post_ops(after);
    }
    binary.primitive_desc primitive =
        new binary.primitive_desc(
            new binary.desc(algorithm.binary_mul, one.get_desc(), other.get_desc(), to.get_desc()),
            attributes,
            device.engine);
    return device.call(
        new binary(primitive),
        Map.of(DNNL_ARG_SRC_0, one, DNNL_ARG_SRC_1, other, DNNL_ARG_DST, to));
  }

  private memory joined(memory values, Shape of) {
    return context
        .device()
        .memory(
            planes.joined(precision, context.images(), of), new Pointer(values.get_data_handle()));
  }
}
