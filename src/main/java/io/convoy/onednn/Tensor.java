package io.convoy.onednn;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bytedeco.dnnl.memory;

/**
 * What one layer hands to the next.
 *
 * @param layout of one part
 * @param values of each part, a part being the images that are computed together; parts that need
 *     not outlive the next layer share one memory
 * @param gradient of the loss by the values of the part at hand; empty where nobody asks for it
 */
record Tensor(memory.desc layout, List<memory> values, Optional<memory> gradient) {

  /** Values that the backward pass needs again, each part in its own memory. */
  static Tensor kept(Device device, memory.desc layout, int parts, Optional<memory> gradient) {
    return new Tensor(
        layout, Stream.generate(() -> device.memory(layout)).limit(parts).toList(), gradient);
  }

  /** Values that only the next layer reads. */
  static Tensor passing(Device device, memory.desc layout, int parts, Optional<memory> gradient) {
    memory shared = device.memory(layout);
    return new Tensor(layout, Stream.generate(() -> shared).limit(parts).toList(), gradient);
  }
}
