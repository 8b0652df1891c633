package io.convoy.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_0;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_1;

import io.convoy.settings.Precision;
import java.nio.ShortBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import org.bytedeco.dnnl.binary;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.memory.format_tag;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.ShortPointer;

/**
 * Drops values at random (Srivastava et al. 2014), or all values of an image (Huang et al. 2016),
 * and divides those that it keeps by the probability of being kept, as Keras and DL4J do. Stands in
 * training alone.
 */
final class DropoutStage implements Stage {
  private static final short UPPER_HALF_OF_1 = 0x3f80;

  private final double keep;
  private final int layer;

  /** Of 16 bits, in a number. */
  private final int halves;

  private final List<ShortBuffer> masks = new ArrayList<>();
  private final Tensor output;
  private final List<Runnable> forward = new ArrayList<>();
  private final List<Runnable> backward = new ArrayList<>();

  /**
   * @param layer its place in the network, so that two of these draw apart
   */
  DropoutStage(StageContext context, LayerPlan.Dropout plan, int layer, Tensor input) {
    Device device = context.device();
    this.keep = plan.keep();
    this.layer = layer;
    memory.desc layout = input.layout();
    this.halves =
        switch (Layouts.precision(layout)) {
          case FLOAT32 -> 2;
          case BFLOAT16 -> 1;
        };
    Optional<memory> gradient = input.gradient().map(wanted -> device.memory(layout));
    this.output = context.kept(layout, gradient);
    // Images lie one behind the other, whatever the layout of each, so that they may be channels.
    long images = context.images();
    Precision precision = Layouts.precision(layout);
    memory.desc values =
        switch (plan.unit()) {
          case VALUE -> layout;
          case IMAGE ->
              Layouts.of(
                  precision,
                  format_tag.nchw,
                  1,
                  images,
                  1,
                  layout.get_size() / Short.BYTES / halves / images);
        };
    memory.desc mask =
        switch (plan.unit()) {
          case VALUE -> layout;
          case IMAGE -> Layouts.of(precision, format_tag.nchw, 1, images, 1, 1);
        };
    binary.primitive_desc product =
        new binary.primitive_desc(
            new binary.desc(algorithm.binary_mul, values, mask, values), divided(), device.engine);
    for (int part = 0; part < context.parts(); part++) {
      memory factors = device.memory(mask);
      masks.add(ones(factors));
      BiFunction<memory, memory, Runnable> products =
          (from, to) ->
              device.call(
                  new binary(product),
                  Map.of(
                      DNNL_ARG_SRC_0, at(device, values, from),
                      DNNL_ARG_SRC_1, factors,
                      DNNL_ARG_DST, at(device, values, to)));
      forward.add(products.apply(input.values().get(part), output.values().get(part)));
      input
          .gradient()
          .ifPresent(wanted -> backward.add(products.apply(gradient.orElseThrow(), wanted)));
    }
  }

  /** The quotient of 1 may have no exact bfloat16, so it is not in the mask. */
  private primitive_attr divided() {
    post_ops after = new post_ops();
    after.append_eltwise(1, algorithm.eltwise_linear, (float) (1 / keep), 0);
    primitive_attr attributes = new primitive_attr();
    attributes.set_post_ops(after);
    return attributes;
  }

  /** The same values in another layout of the same size. */
  private static memory at(Device device, memory.desc layout, memory values) {
    return device.memory(layout, new Pointer(values.get_data_handle()));
  }

  /** A mask's upper halves: those of a 1 are the same in float32 and bfloat16. */
  private static ShortBuffer ones(memory mask) {
    long bytes = mask.get_desc().get_size();
    Pointer.memset(new Pointer(mask.get_data_handle()), 0, bytes);
    return new ShortPointer(mask.get_data_handle()).capacity(bytes / Short.BYTES).asBuffer();
  }

  @Override
  public Tensor output() {
    return output;
  }

  @Override
  public void forward(int part, long seed) {
    SplittableRandom random = new DropoutSeed(seed).of(layer).of(part).random();
    ShortBuffer mask = masks.get(part);
    for (int i = halves - 1; i < mask.capacity(); i += halves) {
      mask.put(i, random.nextDouble() < keep ? UPPER_HALF_OF_1 : 0);
    }
    forward.get(part).run();
  }

  @Override
  public void backward(int part) {
    if (!backward.isEmpty()) {
      backward.get(part).run();
    }
  }
}
