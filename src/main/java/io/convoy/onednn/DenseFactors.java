package io.convoy.onednn;

import io.convoy.settings.Precision;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.memory.format_tag;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;

/**
 * The gradient by the weights of a dense layer as what it is a product of: for each image the
 * layer's inputs and the gradients by its outputs. Of few images these are fewer numbers than the
 * gradient, so that workers that share a minibatch give one another these, and each multiplies
 * ("sufficient factors": Xie et al., Distributed Machine Learning via Sufficient Factor
 * Broadcasting, 2015).
 *
 * <p>As bytes they are the inputs, [images, inputs] in the precision of the passes, and then the
 * gradients by the outputs, float32 [images, outputs].
 */
public final class DenseFactors {
  private final DenseWeights weights;
  private final StageContext context;
  private final Map<Integer, Product> products = new HashMap<>();
  private int images;
  private DenseStage.Factors last;

  /**
   * @param context of the network
   */
  DenseFactors(DenseWeights weights, StageContext context) {
    this.weights = weights;
    this.context = context;
  }

  /**
   * What a worker has of a minibatch.
   *
   * @param factors as {@link #read} has left them
   * @param images of the worker
   * @param share of these in all images, above 0
   */
  public record Part(byte[] factors, int images, double share) {}

  /**
   * @param inputs [images, inputs]
   * @param gradients float32 [images, outputs]
   * @param calls that multiply
   */
  private record Product(BytePointer inputs, FloatPointer gradients, List<Runnable> calls) {}

  /** Takes note of a minibatch that has gone back. */
  void take(int newImages, DenseStage.Factors factors) {
    images = newImages;
    last = factors;
  }

  /** The layer's weights. */
  public DenseWeights weights() {
    return weights;
  }

  /** How many bytes the factors of some images are. */
  public int bytes(int ofImages) {
    return Math.toIntExact(weights.factorBytes(ofImages, context.precision()));
  }

  private int inputBytes(int ofImages) {
    return Math.toIntExact(inputs(ofImages).get_size());
  }

  private memory.desc inputs(int ofImages) {
    return Layouts.of(context.precision(), format_tag.ab, ofImages, weights.inputs());
  }

  /**
   * Reads the factors of the last minibatch.
   *
   * @param bytes receives them; as many as {@link #bytes} says of its images
   */
  public void read(byte[] bytes) {
    int inputs = inputBytes(images);
    new BytePointer(last.inputs().get_data_handle()).get(bytes, 0, inputs);
    new BytePointer(last.gradients().get_data_handle()).get(bytes, inputs, bytes.length - inputs);
  }

  /**
   * Computes the gradient by the weights, where the network has it.
   *
   * @param workers in an order that is always the same
   */
  public void multiply(List<Part> workers) {
    int all = workers.stream().mapToInt(Part::images).sum();
    Product product = products.computeIfAbsent(all, this::product);
    FloatBuffer gradients = product.gradients.asBuffer();
    float[] row = new float[weights.outputs()];
    long at = 0;
    for (Part worker : workers) {
      int inputs = inputBytes(worker.images);
      product.inputs.position(at).put(worker.factors, 0, inputs);
      at += inputs;
      FloatBuffer from =
          ByteBuffer.wrap(worker.factors, inputs, worker.factors.length - inputs)
              .order(ByteOrder.nativeOrder())
              .asFloatBuffer();
      for (int image = 0; image < worker.images; image++) {
        from.get(row);
        for (int i = 0; i < row.length; i++) {
          row[i] *= (float) worker.share;
        }
        gradients.put(row);
      }
    }
    product.calls.forEach(Runnable::run);
  }

  private Product product(int ofImages) {
    Device device = context.device();
    Precision precision = context.precision();
    long outputs = weights.outputs();
    memory inputs = device.memory(inputs(ofImages));
    memory floats = device.memory(Layouts.floats(format_tag.ab, ofImages, outputs));
    List<Runnable> calls = new ArrayList<>();
    memory gradients =
        device.in(Layouts.of(precision, format_tag.ab, ofImages, outputs), floats, calls);
    memory result =
        context.gradient(
            Layouts.floats(format_tag.oi, outputs, weights.inputs()),
            new LayerPlan.Parameters(weights.offset(), weights.length()));
    calls.add(DenseStage.weightGradient(device, inputs, gradients, result));
    return new Product(
        new BytePointer(inputs.get_data_handle()),
        new FloatPointer(floats.get_data_handle()).capacity(ofImages * outputs),
        calls);
  }
}
