package io.convoy.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_0;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_1;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.bytedeco.dnnl.binary;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.FloatPointer;

/**
 * Drops values at random, and divides those that it keeps by the probability of being kept
 * (Srivastava et al. 2014, inverted as Keras and DL4J do). Stands in training alone.
 */
final class DropoutStage implements Stage {
  private final double keep;
  private final int layer;
  private final List<FloatBuffer> masks = new ArrayList<>();
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
    Optional<memory> gradient = input.gradient().map(wanted -> device.memory(layout));
    this.output = context.kept(layout, gradient);
    binary.primitive_desc product =
        new binary.primitive_desc(
            new binary.desc(algorithm.binary_mul, layout, layout, layout), device.engine);
    for (int part = 0; part < context.parts(); part++) {
      memory mask = device.memory(layout);
      masks.add(
          new FloatPointer(mask.get_data_handle())
              .capacity(layout.get_size() / Float.BYTES)
              .asBuffer());
      forward.add(
          device.call(
              new binary(product),
              Map.of(
                  DNNL_ARG_SRC_0, input.values().get(part),
                  DNNL_ARG_SRC_1, mask,
                  DNNL_ARG_DST, output.values().get(part))));
      input
          .gradient()
          .ifPresent(
              wanted ->
                  backward.add(
                      device.call(
                          new binary(product),
                          Map.of(
                              DNNL_ARG_SRC_0, gradient.orElseThrow(),
                              DNNL_ARG_SRC_1, mask,
                              DNNL_ARG_DST, wanted))));
    }
  }

  @Override
  public Tensor output() {
    return output;
  }

  @Override
  public void forward(int part, long seed) {
    SplittableRandom random = new DropoutSeed(seed).of(layer).of(part).random();
    FloatBuffer mask = masks.get(part);
    float kept = (float) (1 / keep);
    for (int i = 0; i < mask.capacity(); i++) {
      mask.put(i, random.nextDouble() < keep ? kept : 0);
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
