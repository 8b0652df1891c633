package io.convoy.network;

import io.convoy.failure.UserException;
import io.convoy.image.Rgb;
import io.convoy.settings.Architecture;
import io.convoy.settings.Base;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.graph.FrozenVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.transferlearning.FineTuneConfiguration;
import org.deeplearning4j.nn.transferlearning.TransferLearning;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Makes networks of the first layers of saved ones, of which some are frozen, and a new head, by
 * DL4J's {@code TransferLearning}.
 */
public final class FineTuning {
  private FineTuning() {}

  /**
   * The network of an architecture that begins with a saved one.
   *
   * @param architecture one with a base
   * @param saved the network that its base names; its parameters are copied, and what was frozen in
   *     it is forgotten
   * @param classes of the images, which may be others than the saved network's
   * @param height of the images in pixels
   * @param width of the images in pixels
   * @param seed decides the initial weights of the head, and the dropout
   * @return a network that has not been trained for any epoch
   * @throws UserException when there are no such layers, or they take other images
   */
  public static Network network(
      Architecture architecture, Network saved, int classes, int height, int width, long seed) {
    Base.Pretrained base = architecture.base().pretrained().orElseThrow();
    requireOneWay(architecture, base, saved.configuration());
    Network thawed = thawed(saved);
    KeptLayers kept =
        KeptLayers.of(
            architecture.name(),
            base,
            thawed.configuration(),
            preprocessing(saved.configuration()));
    InputType arriving = kept.output(architecture.name(), base, Rgb.CHANNELS, height, width);
    requireHead(architecture, arriving);
    NetworkSummary.requireFit(architecture, Shape.of(arriving), height, width);
    // TransferLearning draws from the common source, not from the seed of its configuration.
    Nd4j.getRandom().setSeed(seed);
    Surgery surgery =
        thawed.kind(
            layers -> new OfLayers(layers, settings(architecture, seed), kept),
            graph -> new OfGraph(graph, settings(architecture, seed), kept));
    InputType type = arriving;
    for (Layer layer : head(architecture, classes).toList()) {
      Optional<InputPreProcessor> before =
          Optional.ofNullable(layer.getPreProcessorForInputType(type));
      InputType input = before.isPresent() ? before.get().getOutputType(type) : type;
      layer.setNIn(input, true);
      surgery.add(layer, before);
      type = layer.getOutputType(0, input);
    }
    Network network = surgery.build();
    copyParameters(thawed, kept, network);
    NetworkBuilder.regularize(network.configuration(), architecture.recipe());
    network.countEpochs(0);
    network.countIterations(0);
    try {
      network.requireAnswer(classes, Rgb.CHANNELS, height, width);
    } catch (IllegalArgumentException e) {
      throw new UserException(
          "architectures.%s.base: %s cannot be computed: %s; use another model.",
          architecture.name(), base.file(), e.getMessage());
    }
    return network;
  }

  private static void requireOneWay(
      Architecture architecture, Base.Pretrained base, NetworkConfiguration saved) {
    List<String> one = List.of("image");
    List<String> inputs =
        saved.kind(layers -> one, ComputationGraphConfiguration::getNetworkInputs);
    List<String> outputs =
        saved.kind(layers -> one, ComputationGraphConfiguration::getNetworkOutputs);
    if (inputs.size() != 1 || outputs.size() != 1) {
      throw new UserException(
          "architectures.%s.base: %s takes %s and gives %s, and convoy has one image and wants one"
              + " answer; use a model of one input and one output.",
          architecture.name(), base.file(), inputs, outputs);
    }
  }

  private static FineTuneConfiguration settings(Architecture architecture, long seed) {
    return new FineTuneConfiguration.Builder()
        .seed(seed)
        .weightInit(WeightInit.XAVIER_UNIFORM)
        .updater(Updaters.of(architecture.optimizer()))
        .build();
  }

  private static void requireHead(Architecture architecture, InputType arriving) {
    boolean flat = !(arriving instanceof InputType.InputTypeConvolutional);
    for (io.convoy.settings.Layer layer : architecture.layers()) {
      if (flat && !layer.maps().takesVector() || GraphChain.isGraph(layer)) {
        throw new UserException(
            "architectures.%s.layers: behind its base, which ends in %s, there can be %s; keep another"
                + " part of the model with base.keep, or give other layers.",
            architecture.name(),
            arriving,
            flat
                ? "dense and dropout layers alone"
                : "no residual, squeeze-excitation, layer-norm or grouped-conv layers");
      }
    }
  }

  private static Stream<Layer> head(Architecture architecture, int classes) {
    return Stream.concat(
        architecture.layers().stream().flatMap(layer -> Dl4jLayers.of(layer).stream()),
        Stream.of(NetworkBuilder.output(architecture.loss(), classes)));
  }

  /**
   * The place of the last part that is preprocessing and stays frozen: a normalisation of the
   * pixels themselves, by statistics that are not theirs.
   */
  private static int preprocessing(NetworkConfiguration saved) {
    NetworkNode first = saved.nodes().get(0);
    return first.isFrozen() && first.layer().orElseThrow() instanceof BatchNormalization
        ? 0
        : NetworkNode.IMAGE;
  }

  /**
   * A copy without frozen layers, nor optimizers of biases alone, nor what its layers' decays and
   * limits of the gradient were.
   */
  private static Network thawed(Network saved) {
    NetworkConfiguration copy = NetworkConfiguration.ofJson(saved.configuration().json());
    Map<String, GraphVertex> vertices =
        copy.kind(layers -> new HashMap<>(), ComputationGraphConfiguration::getVertices);
    vertices.replaceAll(
        (name, vertex) -> vertex instanceof FrozenVertex frozen ? frozen.getUnderlying() : vertex);
    for (NetworkNode node : copy.nodes()) {
      node.thaw();
      node.layer()
          .ifPresent(
              layer -> {
                if (layer instanceof BaseLayer trained) {
                  trained.setBiasUpdater(null);
                  trained.setRegularization(new ArrayList<>());
                  trained.setRegularizationBias(new ArrayList<>());
                  trained.setGradientNormalization(GradientNormalization.None);
                }
              });
    }
    return copy.on(saved.parameters());
  }

  /**
   * DL4J (1.0.0-M2) has done so, but mixes up the weights and biases of depthwise and separable
   * convolutions, which its BaseLayer.setParams takes in another order than they lie in.
   */
  private static void copyParameters(Network saved, KeptLayers kept, Network network) {
    Map<String, INDArray> copied = new HashMap<>();
    List<NetworkNode> nodes = kept.nodes();
    long at = 0;
    for (int node = 0; node < nodes.size(); node++) {
      long end = at + nodes.get(node).parameters();
      if (end > at && kept.kept().contains(node)) {
        copied.put(nodes.get(node).name(), part(saved, at, end));
      }
      at = end;
    }
    at = 0;
    for (NetworkNode node : network.configuration().nodes()) {
      long end = at + node.parameters();
      if (end > at && copied.containsKey(node.name())) {
        part(network, at, end).assign(copied.get(node.name()));
      }
      at = end;
    }
  }

  private static INDArray part(Network network, long from, long to) {
    return network.parameters().get(NDArrayIndex.all(), NDArrayIndex.interval(from, to));
  }

  /** DL4J's two ways to do it. */
  private interface Surgery {
    /** Adds the next layer of the head, which has the size of its input. */
    void add(Layer layer, Optional<InputPreProcessor> before);

    Network build();
  }

  private static final class OfLayers implements Surgery {
    private final TransferLearning.Builder builder;
    private int next;

    OfLayers(MultiLayerNetwork saved, FineTuneConfiguration settings, KeptLayers kept) {
      this.builder = new TransferLearning.Builder(saved).fineTuneConfiguration(settings);
      if (kept.frozen() != NetworkNode.IMAGE) {
        builder.setFeatureExtractor(kept.frozen());
      }
      this.next = kept.last() + 1;
      builder.removeLayersFromOutput(kept.nodes().size() - next);
    }

    @Override
    public void add(Layer layer, Optional<InputPreProcessor> before) {
      int place = next++;
      before.ifPresent(between -> builder.setInputPreProcessor(place, between));
      builder.addLayer(layer);
    }

    @Override
    public Network build() {
      return new LayersNetwork(builder.build());
    }
  }

  private static final class OfGraph implements Surgery {
    private final TransferLearning.GraphBuilder builder;
    private final String prefix;
    private String last;
    private int added;

    OfGraph(ComputationGraph saved, FineTuneConfiguration settings, KeptLayers kept) {
      this.builder = new TransferLearning.GraphBuilder(saved).fineTuneConfiguration(settings);
      if (kept.frozen() != NetworkNode.IMAGE) {
        builder.setFeatureExtractor(kept.nodes().get(kept.frozen()).name());
      }
      IntStream.range(0, kept.nodes().size())
          .filter(node -> !kept.kept().contains(node))
          .forEach(node -> builder.removeVertexAndConnections(kept.nodes().get(node).name()));
      this.prefix = prefix(kept);
      this.last = kept.nodes().get(kept.last()).name();
    }

    /** One that no kept layer has, which may be of an earlier head. */
    private static String prefix(KeptLayers kept) {
      Set<String> names =
          kept.kept().stream()
              .map(node -> kept.nodes().get(node).name())
              .collect(Collectors.toSet());
      String prefix = "head-";
      while (isTaken(prefix, names)) {
        prefix = "new-" + prefix;
      }
      return prefix;
    }

    private static boolean isTaken(String prefix, Set<String> names) {
      return names.stream().anyMatch(name -> name.startsWith(prefix));
    }

    @Override
    public void add(Layer layer, Optional<InputPreProcessor> before) {
      added++;
      String name = prefix + added;
      builder.addLayer(name, layer, before.orElse(null), last);
      last = name;
    }

    @Override
    public Network build() {
      return new GraphNetwork(builder.setOutputs(last).build());
    }
  }
}
