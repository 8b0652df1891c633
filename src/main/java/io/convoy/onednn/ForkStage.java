package io.convoy.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_0;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_1;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.dnnl.binary;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.memory;

/** Hands a tensor to several stages, and adds up the gradients that come back. */
final class ForkStage implements Stage {
  private final StageContext context;
  private final Tensor tensor;
  private final List<Runnable> backward = new ArrayList<>();
  private boolean given;

  ForkStage(StageContext context, Tensor tensor) {
    this.context = context;
    this.tensor = tensor;
  }

  /** The tensor for the next stage that reads it. */
  Tensor next() {
    if (!given) {
      given = true;
      return tensor;
    }
    return adding(tensor.gradient().map(wanted -> context.device().memory(tensor.layout())));
  }

  /**
   * The tensor for a stage whose gradient lies somewhere already; not for the first.
   *
   * @param gradient stays as it is until the stages before this one have their turn
   */
  Tensor adding(Optional<memory> gradient) {
    if (!given) {
      throw new IllegalStateException("nobody writes the gradient");
    }
    gradient.ifPresent(other -> backward.add(addition(tensor.gradient().orElseThrow(), other)));
    return new Tensor(tensor.layout(), tensor.values(), gradient);
  }

  private Runnable addition(memory sum, memory other) {
    binary.primitive_desc primitive =
        new binary.primitive_desc(
            new binary.desc(algorithm.binary_add, sum.get_desc(), other.get_desc(), sum.get_desc()),
            context.device().engine);
    return context
        .device()
        .call(
            new binary(primitive),
            Map.of(DNNL_ARG_SRC_0, sum, DNNL_ARG_SRC_1, other, DNNL_ARG_DST, sum));
  }

  @Override
  public Tensor output() {
    return tensor;
  }

  @Override
  public void forward(int part, long seed) {
    // The values are where they are.
  }

  @Override
  public void backward(int part) {
    backward.forEach(Runnable::run);
  }
}
