package io.convoy.onednn;

import io.convoy.network.LastMaps;
import io.convoy.network.NetworkConfiguration;
import io.convoy.network.NetworkNode;
import io.convoy.network.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/**
 * A DL4J network as oneDNN computes it.
 *
 * @param image what goes in
 * @param nodes each behind those that it reads; from the first dense layer on each reads the one
 *     before it; the output layer is a dense one without activation
 * @param activation the output's, which belongs to the loss
 * @param loss from logits and labels
 */
record NetworkPlan(Shape image, List<Node> nodes, IActivation activation, ILossFunction loss) {

  /** What training does to a layer. */
  enum Role {
    /** Its gradient is computed, or goes through it. */
    TRAINED,
    /** Nothing: it computes as in prediction, and so do all before it. */
    FROZEN
  }

  /**
   * A layer and what it reads.
   *
   * @param inputs places of other nodes; {@link NetworkNode#IMAGE} is the image
   */
  record Node(LayerPlan layer, List<Integer> inputs, Role role) {
    Node with(LayerPlan other) {
      return new Node(other, inputs, role);
    }
  }

  /**
   * Reads a configuration.
   *
   * @param image what goes in
   * @return empty where the network has something that is not computed here
   */
  static Optional<NetworkPlan> of(NetworkConfiguration configuration, Shape image) {
    List<NetworkNode> network = configuration.nodes();
    if (!(network.get(network.size() - 1).layer().orElse(null) instanceof OutputLayer output)) {
      return Optional.empty();
    }
    return nodes(network, image)
        .map(nodes -> new NetworkPlan(image, nodes, output.getActivationFn(), output.getLossFn()))
        .filter(NetworkPlan::endsInAChain);
  }

  /**
   * Reads a network that is computed here, up to its last feature maps, which are then its output.
   */
  static NetworkPlan ofMaps(NetworkConfiguration configuration, LastMaps maps, Shape image) {
    NetworkPlan whole = of(configuration, image).orElseThrow();
    List<Node> nodes =
        nodes(configuration.nodes().subList(0, maps.node() + 1), image).orElseThrow();
    return new NetworkPlan(image, nodes, new ActivationIdentity(), whole.loss());
  }

  private static Optional<List<Node>> nodes(List<NetworkNode> network, Shape image) {
    List<Node> nodes = new ArrayList<>();
    // Where each of the network's nodes ended up; some become two, and some none.
    List<Integer> places = new ArrayList<>();
    JoinedVertices joined = JoinedVertices.of(network);
    long parameters = 0;
    for (NetworkNode each : network) {
      List<Integer> inputs =
          each.inputs().stream()
              .map(from -> from == NetworkNode.IMAGE ? NetworkNode.IMAGE : places.get(from))
              .toList();
      List<Shape> shapes = inputs.stream().map(from -> shape(nodes, from, image)).toList();
      long offset = parameters;
      Optional<LayerPlan> together = joined.plan(places.size(), shapes, offset);
      Optional<List<LayerPlan>> plans =
          together.map(List::of).or(() -> LayerPlans.of(each, shapes, offset));
      if (plans.isEmpty()) {
        return Optional.empty();
      }
      Role role = role(each, plans.get(), inputs, nodes);
      boolean isConstant = together.isPresent() && !each.stopsGradient();
      if (role == Role.TRAINED && each.isFrozen() && !isConstant) {
        return Optional.empty();
      }
      places.add(add(plans.get(), inputs, role, nodes, readers(network, each)));
      parameters += each.parameters();
    }
    boolean pads = nodes.stream().anyMatch(node -> node.layer() instanceof LayerPlan.Padding);
    return pads ? Optional.empty() : Optional.of(List.copyOf(nodes));
  }

  /** What comes behind frozen layers alone, and learns nothing, computes as in prediction too. */
  private static Role role(
      NetworkNode node, List<LayerPlan> layers, List<Integer> inputs, List<Node> nodes) {
    boolean learns = !node.isFrozen() && node.parameters() > 0;
    boolean draws = !node.isFrozen() && layers.get(0) instanceof LayerPlan.Dropout;
    boolean behindFrozen =
        inputs.stream()
            .allMatch(from -> from == NetworkNode.IMAGE || nodes.get(from).role() == Role.FROZEN);
    return behindFrozen && !learns && !draws ? Role.FROZEN : Role.TRAINED;
  }

  private static Shape shape(List<Node> nodes, int place, Shape image) {
    return place == NetworkNode.IMAGE ? image : nodes.get(place).layer().output();
  }

  /** How many read what a node reads. */
  private static int readers(List<NetworkNode> network, NetworkNode node) {
    return network.stream()
        .mapToInt(other -> Collections.frequency(other.inputs(), node.inputs().get(0)))
        .sum();
  }

  /**
   * Adds a node's layers, one behind the other. An activation that alone reads a convolution, a sum
   * or, a ReLU, a batch normalisation is computed with it; so are zeros around what a convolution
   * alone reads. What computes nothing is left out.
   *
   * @return the place of the last
   */
  private static int add(
      List<LayerPlan> layers, List<Integer> inputs, Role role, List<Node> nodes, int readers) {
    int from = inputs.get(0);
    if (layers.get(0) instanceof LayerPlan.Activation passing
        && passing.nonlinearity() == Nonlinearity.IDENTITY) {
      return from;
    }
    if (readers == 1
        && from != NetworkNode.IMAGE
        && nodes.get(from).layer() instanceof LayerPlan.Padding padding
        && layers.size() == 1
        && layers.get(0) instanceof LayerPlan.Convolution convolution) {
      nodes.set(from, new Node(convolution.padding(padding), nodes.get(from).inputs(), role));
      return from;
    }
    if (readers == 1
        && from != NetworkNode.IMAGE
        && layers.size() == 1
        && layers.get(0) instanceof LayerPlan.Activation activation) {
      Optional<LayerPlan> joined = joined(nodes.get(from).layer(), activation);
      if (joined.isPresent()) {
        nodes.set(from, nodes.get(from).with(joined.get()));
        return from;
      }
    }
    List<Integer> reads = inputs;
    for (LayerPlan layer : layers) {
      nodes.add(new Node(layer, reads, role));
      reads = List.of(nodes.size() - 1);
    }
    return nodes.size() - 1;
  }

  private static Optional<LayerPlan> joined(LayerPlan before, LayerPlan.Activation activation) {
    Nonlinearity nonlinearity = activation.nonlinearity();
    if (!nonlinearity.isKnownByValue()) {
      return Optional.empty();
    }
    if (before instanceof LayerPlan.BatchNormalization norm
        && norm.nonlinearity() == Nonlinearity.IDENTITY
        && nonlinearity == Nonlinearity.RELU) {
      return Optional.of(norm.activated(nonlinearity));
    }
    if (before instanceof LayerPlan.Convolution convolution
        && convolution.nonlinearity() == Nonlinearity.IDENTITY) {
      return Optional.of(convolution.activated(nonlinearity));
    }
    return before instanceof LayerPlan.Sum sum && sum.nonlinearity() == Nonlinearity.IDENTITY
        ? Optional.of(new LayerPlan.Sum(sum.output(), nonlinearity))
        : Optional.empty();
  }

  /** The weights of the dense layers that are trained, in their order. */
  List<DenseWeights> denseWeights() {
    return nodes.stream().flatMap(node -> trainedDense(node).stream()).toList();
  }

  private static Optional<DenseWeights> trainedDense(Node node) {
    return node.role() == Role.TRAINED && node.layer() instanceof LayerPlan.Dense dense
        ? Optional.of(dense.place())
        : Optional.empty();
  }

  /** The same with the gradients by some weights as factors. */
  NetworkPlan factoring(List<DenseWeights> factored) {
    return new NetworkPlan(
        image,
        nodes.stream()
            .map(
                node ->
                    trainedDense(node).filter(factored::contains).isPresent()
                        ? node.with(((LayerPlan.Dense) node.layer()).factored())
                        : node)
            .toList(),
        activation,
        loss);
  }

  private boolean endsInAChain() {
    return IntStream.range(features(), nodes.size())
        .allMatch(
            i ->
                nodes.get(i).inputs().equals(List.of(i - 1))
                    && !(nodes.get(i).layer() instanceof LayerPlan.BatchNormalization)
                    && !(nodes.get(i).layer() instanceof LayerPlan.LayerNormalization));
  }

  /** How many nodes come before the first dense layer; all where there is none. */
  int features() {
    int features = 0;
    while (features < nodes.size() && !(nodes.get(features).layer() instanceof LayerPlan.Dense)) {
      features++;
    }
    return features;
  }

  /** How many nodes read this one. */
  int readers(int place) {
    return nodes.stream().mapToInt(node -> Collections.frequency(node.inputs(), place)).sum();
  }

  /** Whether a node is computed as in prediction, and a trained one reads it. */
  boolean endsFrozen(int place) {
    return nodes.get(place).role() == Role.FROZEN
        && nodes.stream()
            .anyMatch(node -> node.role() == Role.TRAINED && node.inputs().contains(place));
  }

  /** Whether the images of a minibatch depend on one another in training. */
  boolean normalizes() {
    return nodes.stream()
        .anyMatch(
            node ->
                node.role() == Role.TRAINED
                    && node.layer() instanceof LayerPlan.BatchNormalization);
  }
}
