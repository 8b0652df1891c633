package io.convoy.onednn;

import java.util.List;
import java.util.Optional;
import org.bytedeco.dnnl.memory;

/**
 * What one layer hands to the next.
 *
 * @param layout of one part
 * @param values of each part, a part being the images that are computed together; parts that need
 *     not outlive the next layer share one memory
 * @param gradient of the loss by the values of the part at hand; empty where nobody asks for it
 */
record Tensor(memory.desc layout, List<memory> values, Optional<memory> gradient) {}
