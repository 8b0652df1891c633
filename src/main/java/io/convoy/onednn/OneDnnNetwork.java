package io.convoy.onednn;

import io.convoy.network.LastMaps;
import io.convoy.network.NetworkConfiguration;
import io.convoy.network.Shape;
import io.convoy.network.WeightedLoss;
import io.convoy.settings.Precision;
import java.lang.ref.Reference;
import java.nio.ShortBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.memory.format_tag;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.ShortPointer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The passes of a DL4J network, by oneDNN. Works on parameters and gradient where the network has
 * them; a minibatch may have any size. For one thread at a time.
 */
public final class OneDnnNetwork implements AutoCloseable {
  /**
   * Images that go through the feature maps together, at least: few enough that what they need
   * stays in the processor's cache.
   */
  private static final int IMAGES_IN_A_PART = 4;

  private final NetworkPlan plan;
  private final StageContext template;
  private final int part;
  private final Device device;
  private final Optional<Runnable> rounding;

  /** Of dense layers whose gradient is left so. */
  private final List<DenseFactors> factors;

  /** Held for as long as the stages have their addresses, which keep no array from collection. */
  private final List<INDArray> arrays;

  private final Map<Integer, MinibatchPasses> passes = new HashMap<>();

  private OneDnnNetwork(
      NetworkPlan plan, Device device, StageContext template, int threads, List<INDArray> arrays) {
    this.arrays = arrays;
    this.plan = plan;
    this.part = Math.max(IMAGES_IN_A_PART, threads);
    this.device = device;
    this.template = template;
    this.factors = factors(plan, template);
    memory.desc row = Layouts.floats(format_tag.x, template.parameters().capacity());
    this.rounding =
        template
            .rounded()
            .map(
                rounded ->
                    device.copy(
                        device.memory(row, template.parameters()),
                        device.memory(
                            Layouts.of(
                                Precision.BFLOAT16, format_tag.x, template.parameters().capacity()),
                            rounded)));
  }

  private static List<DenseFactors> factors(NetworkPlan plan, StageContext context) {
    List<DenseFactors> factors = new ArrayList<>();
    for (NetworkPlan.Node node : plan.nodes()) {
      if (node.layer() instanceof LayerPlan.Dense dense
          && dense.gradient() == LayerPlan.WeightGradient.FACTORS) {
        factors.add(new DenseFactors(dense.place(), context));
      }
    }
    return List.copyOf(factors);
  }

  /**
   * A loss and where it comes from.
   *
   * @param mean over the minibatch's images
   */
  private record Loss(double mean, float[] byLogits) {}

  /** Whether all layers of the network are computed here. */
  public static boolean computes(NetworkConfiguration configuration, Shape image) {
    return NetworkPlan.of(configuration, image).isPresent();
  }

  /**
   * The weights of the dense layers that are trained of a network that is {@linkplain #computes
   * computed} here, in their order.
   */
  public static List<DenseWeights> denseWeights(NetworkConfiguration configuration, Shape image) {
    return NetworkPlan.of(configuration, image).orElseThrow().denseWeights();
  }

  /** To train with; see the other. */
  public static OneDnnNetwork toTrain(
      NetworkConfiguration configuration,
      Shape image,
      INDArray parameters,
      INDArray gradient,
      int threads,
      Precision precision) {
    return toTrain(configuration, image, parameters, gradient, List.of(), threads, precision);
  }

  /**
   * To train with.
   *
   * @param configuration a network that is {@linkplain #computes computed} here
   * @param image what goes in
   * @param parameters of all layers, float32 [1, parameters], in DL4J's order
   * @param gradient receives the gradient by them, but for those of frozen layers; the same size
   * @param factored weights of dense layers, whose gradient is left as {@link #factors}
   * @param threads that OpenMP has been given
   * @param precision of the passes; one that this processor {@linkplain OneDnn#precisions has}
   */
  public static OneDnnNetwork toTrain(
      NetworkConfiguration configuration,
      Shape image,
      INDArray parameters,
      INDArray gradient,
      List<DenseWeights> factored,
      int threads,
      Precision precision) {
    Device device = new Device();
    FloatPointer values = floats(parameters);
    StageContext context =
        switch (precision) {
          case FLOAT32 -> StageContext.training(device, values, floats(gradient));
          case BFLOAT16 ->
              StageContext.training(
                  device, values, device.shorts(parameters.length()), floats(gradient));
        };
    OneDnnNetwork network =
        new OneDnnNetwork(
            NetworkPlan.of(configuration, image).orElseThrow().factoring(factored),
            device,
            context,
            threads,
            List.of(parameters, gradient));
    network.roundParameters();
    return network;
  }

  /**
   * To predict with parameters that stay as they are, or are {@linkplain #readParameters read}
   * anew; see {@link #toTrain}.
   */
  public static OneDnnNetwork toPredict(
      NetworkConfiguration configuration,
      Shape image,
      INDArray parameters,
      int threads,
      Precision precision) {
    Device device = new Device();
    return new OneDnnNetwork(
        NetworkPlan.of(configuration, image).orElseThrow(),
        device,
        StageContext.predicting(device, floats(parameters), precision),
        threads,
        List.of(parameters));
  }

  /** To compute the last feature maps with, which are then the output; see {@link #toTrain}. */
  public static OneDnnNetwork toMaps(
      NetworkConfiguration configuration,
      LastMaps maps,
      Shape image,
      INDArray parameters,
      int threads) {
    Device device = new Device();
    return new OneDnnNetwork(
        NetworkPlan.ofMaps(configuration, maps, image),
        device,
        StageContext.predicting(device, floats(parameters), Precision.FLOAT32),
        threads,
        List.of(parameters));
  }

  /**
   * The parameters in bfloat16, as training in it takes them: who changes parameters puts them here
   * too, or has them {@linkplain #roundParameters rounded} anew. Empty where they are not kept.
   */
  public Optional<ShortBuffer> roundedParameters() {
    return template.rounded().map(ShortPointer::asBuffer);
  }

  /** Has the next prediction take the parameters as they are then. */
  public void readParameters() {
    passes.values().forEach(MinibatchPasses::readParameters);
  }

  /** Rounds the parameters as they are now, where they are kept rounded. */
  public void roundParameters() {
    rounding.ifPresent(Runnable::run);
  }

  /** Computes the gradient of the minibatch's mean loss, all images with the same weight. */
  public double gradient(INDArray pixels, INDArray labels, long seed) {
    return gradient(pixels, labels, null, seed);
  }

  /**
   * Computes the gradient of the minibatch's mean loss.
   *
   * @param pixels uint8 [images, height, width, channels]
   * @param labels float32 [images, outputs]
   * @param weights float32 [images, 1], of each image in the loss; null for 1
   * @param seed for dropout
   * @return the mean over the images, of each its loss times its weight
   */
  public double gradient(INDArray pixels, INDArray labels, INDArray weights, long seed) {
    int images = (int) pixels.size(0);
    MinibatchPasses sized = passes(images);
    Loss loss = loss(sized.forward(bytes(pixels), seed), labels, weights, images);
    sized.backward(loss.byLogits());
    for (int i = 0; i < factors.size(); i++) {
      factors.get(i).take(images, sized.factors().get(i));
    }
    Reference.reachabilityFence(pixels);
    return loss.mean();
  }

  /** Of the dense layers whose gradient the last minibatch has left so. */
  public List<DenseFactors> factors() {
    return factors;
  }

  /**
   * Predicts.
   *
   * @param pixels uint8 [images, height, width, channels]
   * @return float32 [images, outputs], behind the output's activation
   */
  public INDArray output(INDArray pixels) {
    int images = (int) pixels.size(0);
    float[] logits = passes(images).forward(bytes(pixels), 0);
    Reference.reachabilityFence(pixels);
    return plan.activation().getActivation(matrix(logits, images), false);
  }

  /**
   * What computes the minibatches that came so far: oneDNN's names of the primitives and of their
   * implementations, as in {@code convolution jit:avx2}; {@code ref} is the slow one for all else.
   */
  public Set<String> kernels() {
    return device.kernels();
  }

  /** Frees the native memory. */
  @Override
  public void close() {
    device.close();
  }

  private MinibatchPasses passes(int images) {
    return passes.computeIfAbsent(
        images, size -> new MinibatchPasses(plan, template.divided(size, 1), part(size)));
  }

  /** A batch normalisation in training needs all images at once. */
  private int part(int images) {
    return template.trains() && plan.normalizes() ? images : part;
  }

  private Loss loss(float[] logits, INDArray labels, INDArray weights, int images) {
    INDArray matrix = matrix(logits, images);
    WeightedLoss loss = new WeightedLoss(plan.loss());
    loss.weigh(weights);
    double sum = loss.computeScore(labels, matrix, plan.activation(), null, false);
    INDArray byLogits = loss.computeGradient(labels, matrix, plan.activation(), null);
    return new Loss(sum / images, byLogits.divi(images).dup('c').data().asFloat());
  }

  private static INDArray matrix(float[] values, int rows) {
    return Nd4j.create(values, new long[] {rows, values.length / rows}, 'c');
  }

  private static FloatPointer floats(INDArray array) {
    return new FloatPointer(array.data().addressPointer()).capacity(array.length());
  }

  private static BytePointer bytes(INDArray array) {
    return new BytePointer(array.data().addressPointer()).capacity(array.length());
  }
}
