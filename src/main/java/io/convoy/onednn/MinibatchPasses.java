package io.convoy.onednn;

import io.convoy.network.NetworkNode;
import io.convoy.network.Shape;
import io.convoy.settings.Precision;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;

/**
 * A network's passes over minibatches of one size. The feature maps go through in parts of a few
 * images, the dense layers take the whole minibatch.
 */
final class MinibatchPasses {
  private final NetworkPlan plan;
  private final StageContext context;
  private final List<ImageStage> images = new ArrayList<>();
  private final List<Chain> features = new ArrayList<>();
  private final Chain dense;
  private final List<DenseStage.Factors> factors;
  private final Tensor logits;
  private final int firstPart;
  private boolean hasParameters;

  /**
   * @param context for the whole minibatch in one part
   * @param part images in a part of the feature maps; what is left over makes a part of its own
   */
  MinibatchPasses(NetworkPlan plan, StageContext context, int part) {
    this.plan = plan;
    this.context = context;
    int size = Math.min(part, context.images());
    int parts = context.images() / size;
    int left = context.images() % size;
    this.firstPart = parts * size;
    Shape flat = flat();
    Tensor rows = rows(flat);
    features.add(features(context.divided(size, parts), rows, flat, 0));
    if (left > 0) {
      features.add(features(context.divided(left, 1), rows, flat, firstPart));
    }
    StageBuilder denseStages = new StageBuilder(plan, context, plan.features() - 1, rows);
    denseStages.add(plan.features(), plan.nodes().size());
    this.dense = new Chain(denseStages.stages(), 1);
    this.factors = List.copyOf(denseStages.factors());
    this.logits = denseStages.output(plan.nodes().size() - 1);
  }

  /** Has the next forward pass take the parameters as they are then. */
  void readParameters() {
    hasParameters = false;
  }

  /**
   * The forward pass; one that only predicts takes the parameters as they were at its first.
   *
   * @param pixels uint8 [images, height, width, channels]
   * @param seed for dropout
   * @return the logits, [images, outputs]
   */
  float[] forward(BytePointer pixels, long seed) {
    images.get(0).read(pixels);
    if (images.size() > 1) {
      images.get(1).read(pixels.getPointer(firstPart * plan.image().size()));
    }
    if (context.trains() || !hasParameters) {
      features.forEach(Chain::readParameters);
      dense.readParameters();
      hasParameters = true;
    }
    features.forEach(chain -> chain.forward(seed));
    dense.forward(seed);
    float[] result = new float[(int) logits.layout().get_size() / Float.BYTES];
    floats(logits.values().get(0)).get(result);
    return result;
  }

  /**
   * The backward pass; the gradient by the parameters is then where the context says.
   *
   * @param byLogits the gradient by the logits that the last forward pass gave
   */
  void backward(float[] byLogits) {
    floats(logits.gradient().orElseThrow()).put(byLogits);
    for (NetworkPlan.Node node : plan.nodes()) {
      if (node.role() == NetworkPlan.Role.TRAINED) {
        node.layer().summed().forEach(this::clear);
      }
    }
    dense.backward();
    for (Chain chain : features) {
      chain.backward();
      chain.writeGradient();
    }
  }

  /** Of the dense layers whose gradient the last backward pass has left so. */
  List<DenseStage.Factors> factors() {
    return factors;
  }

  private void clear(LayerPlan.Parameters place) {
    FloatPointer gradient = context.gradient().orElseThrow();
    Pointer.memset(gradient.getPointer(place.offset()), 0, place.length() * Float.BYTES);
  }

  private static FloatPointer floats(memory values) {
    return new FloatPointer(values.get_data_handle());
  }

  /** What an image is when it arrives at the first dense layer. */
  private Shape flat() {
    int features = plan.features();
    return features == 0 ? plan.image() : plan.nodes().get(features - 1).layer().output();
  }

  private Tensor rows(Shape flat) {
    memory.desc layout = context.rows(flat);
    boolean wanted =
        plan.features() > 0
            && plan.nodes().get(plan.features() - 1).role() == NetworkPlan.Role.TRAINED;
    Optional<memory> gradient = wanted ? context.outputGradient(layout) : Optional.empty();
    return context.kept(layout, gradient);
  }

  private Chain features(StageContext part, Tensor rows, Shape flat, int firstImage) {
    List<memory> places = places(part, rows.values().get(0), flat, firstImage);
    List<Stage> stages = new ArrayList<>();
    int features = plan.features();
    List<memory> planes =
        features == 0 ? places : part.kept(imagePlanes(part), Optional.empty()).values();
    ImageStage image = new ImageStage(part, plan.image(), planes);
    images.add(image);
    stages.add(image);
    if (features > 0) {
      StageBuilder maps = new StageBuilder(plan, part, NetworkNode.IMAGE, image.output());
      maps.add(0, features);
      stages.addAll(maps.stages());
      List<memory> gradients =
          rows.gradient().map(from -> places(part, from, flat, firstImage)).orElse(List.of());
      stages.add(flattening(part, maps.output(features - 1), places, gradients));
    }
    return new Chain(stages, part.parts());
  }

  /**
   * How a convolution takes the images. The gradient by its weights, of few channels, is several
   * times slower in bfloat16 than in float32.
   */
  private memory.desc imagePlanes(StageContext part) {
    StageContext convolved = part.trains() ? part.in(Precision.FLOAT32) : part;
    return convolved.planes(plan.image());
  }

  /**
   * Puts the feature maps of each image into its row, plane by plane, as DL4J's dense layers take
   * it.
   *
   * @param rows where each part goes, as planes
   * @param rowsGradient where the gradient by each part comes from, as planes
   */
  private static Stage flattening(
      StageContext part, Tensor maps, List<memory> rows, List<memory> rowsGradient) {
    Tensor output = new Tensor(rows.get(0).get_desc(), rows, Optional.empty());
    CallStage stage = new CallStage(output, part.parts());
    for (int i = 0; i < part.parts(); i++) {
      stage.forwardOf(i).add(part.device().copy(maps.values().get(i), rows.get(i)));
      if (maps.gradient().isPresent()) {
        stage.backwardOf(i).add(part.device().copy(rowsGradient.get(i), maps.gradient().get()));
      }
    }
    return stage;
  }

  /** The parts' shares of the rows of all images. */
  private static List<memory> places(StageContext part, memory rows, Shape flat, int firstImage) {
    BytePointer all = new BytePointer(rows.get_data_handle());
    memory.desc layout = part.planes(flat);
    long bytes = layout.get_size() / part.images();
    List<memory> places = new ArrayList<>();
    for (int i = 0; i < part.parts(); i++) {
      long image = firstImage + (long) i * part.images();
      places.add(part.device().memory(layout, all.getPointer(image * bytes)));
    }
    return places;
  }

  /**
   * Stages one behind the other.
   *
   * @param stages first to last
   * @param parts of a minibatch
   */
  private record Chain(List<Stage> stages, int parts) {

    void readParameters() {
      stages.forEach(Stage::readParameters);
    }

    void forward(long seed) {
      for (int part = 0; part < parts; part++) {
        for (Stage stage : stages) {
          stage.forward(part, seed);
        }
      }
    }

    void backward() {
      for (int part = 0; part < parts; part++) {
        for (int stage = stages.size() - 1; stage >= 0; stage--) {
          stages.get(stage).backward(part);
        }
      }
    }

    void writeGradient() {
      stages.forEach(Stage::writeGradient);
    }
  }
}
