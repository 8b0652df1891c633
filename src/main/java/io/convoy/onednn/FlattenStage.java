package io.convoy.onednn;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.dnnl.memory;

/**
 * Puts the feature maps of each image into its row, plane by plane, as DL4J's dense layers take it.
 */
final class FlattenStage implements Stage {
  private final Tensor output;
  private final List<Call> forward = new ArrayList<>();
  private final List<Call> backward = new ArrayList<>();

  /**
   * @param rows where each part goes, as planes
   * @param rowsGradient where the gradient by each part comes from, as planes
   */
  FlattenStage(StageContext context, Tensor input, List<memory> rows, List<memory> rowsGradient) {
    this.output = new Tensor(rows.get(0).get_desc(), rows, Optional.empty());
    for (int part = 0; part < context.parts(); part++) {
      forward.add(context.device().copy(input.values().get(part), rows.get(part)));
    }
    input
        .gradient()
        .ifPresent(
            gradient ->
                rowsGradient.forEach(from -> backward.add(context.device().copy(from, gradient))));
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
