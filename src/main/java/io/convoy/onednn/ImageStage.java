package io.convoy.onednn;

import io.convoy.network.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.memory.data_type;
import org.bytedeco.dnnl.memory.format_tag;
import org.bytedeco.javacpp.Pointer;

/** Turns pixels, uint8 [images, height, width, channels], into float32 planes of 0 to 1. */
final class ImageStage implements Stage {
  private static final float WHITE = 255f;

  private final Tensor output;
  private final List<memory> pixels = new ArrayList<>();
  private final List<Runnable> calls = new ArrayList<>();
  private final long bytes;

  /**
   * @param planes where each part goes
   */
  ImageStage(StageContext context, Shape image, List<memory> planes) {
    memory.desc layout =
        new memory.desc(
            new long[] {context.images(), image.channels(), image.height(), image.width()},
            data_type.u8,
            format_tag.nhwc);
    this.bytes = context.images() * image.size();
    for (memory part : planes) {
      memory in = context.device().memory(layout, new Pointer());
      pixels.add(in);
      calls.add(context.device().scale(in, part, 1 / WHITE));
    }
    this.output = new Tensor(planes.get(0).get_desc(), planes, Optional.empty());
  }

  /**
   * Says where the next minibatch is.
   *
   * @param images the first pixel of the first part
   */
  void read(Pointer images) {
    for (int part = 0; part < pixels.size(); part++) {
      pixels.get(part).set_data_handle(images.getPointer(part * bytes));
    }
  }

  @Override
  public Tensor output() {
    return output;
  }

  @Override
  public void forward(int part, long seed) {
    calls.get(part).run();
  }

  @Override
  public void backward(int part) {
    // Nobody asks for the gradient by the pixels.
  }
}
