package io.convoy.network;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.IUpdater;

/**
 * A DL4J network's configuration, of one of its two kinds: layers one behind the other, or a graph
 * of them.
 */
public sealed interface NetworkConfiguration extends Serializable
    permits LayersConfiguration, GraphConfiguration {
  /**
   * What is to be done with DL4J's configuration, by its kind.
   *
   * @param layers where the layers are one behind the other
   * @param graph where they are a graph
   */
  <T> T kind(
      Function<MultiLayerConfiguration, T> layers,
      Function<ComputationGraphConfiguration, T> graph);

  /** The parts, each behind those that it reads, in the order of their parameters. */
  List<NetworkNode> nodes();

  /** A network with parameters as they begin. */
  Network initialized();

  /**
   * A network on parameters that are there.
   *
   * @param parameters of all layers, float32 [1, parameters]; used, not copied
   * @throws IllegalArgumentException if DL4J can make no network of the configuration
   */
  Network on(INDArray parameters);

  /**
   * The first layer that does not take what arrives there.
   *
   * @param image what goes in
   * @return its number from 1; empty where all do
   * @throws IllegalArgumentException if DL4J cannot tell
   */
  default OptionalInt firstUnfit(InputType image) {
    List<InputType> outputs = new ArrayList<>();
    for (NetworkNode node : nodes()) {
      List<InputType> arriving =
          node.inputs().stream()
              .map(from -> from == NetworkNode.IMAGE ? image : outputs.get(from))
              .toList();
      InputType output =
          ConfigurationJson.trusting(() -> node.takes(arriving) ? node.output(arriving) : null);
      if (output == null || !NetworkNode.canBe(output)) {
        return OptionalInt.of(outputs.size() + 1);
      }
      outputs.add(output);
    }
    return OptionalInt.empty();
  }

  /** Whether all layers take what arrives there of such an image. */
  default boolean takes(Shape image) {
    try {
      return firstUnfit(InputType.convolutional(image.height(), image.width(), image.channels()))
          .isEmpty();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /**
   * The first layer, from 1, in which this network and another differ, whatever optimizers and
   * decays train them; the loss belongs to the last.
   *
   * @param other one that is complete with the sizes of its layers, as this is
   * @return empty where they are the same
   */
  default OptionalInt firstDifference(NetworkConfiguration other) {
    List<NetworkNode> ones = nodes();
    List<NetworkNode> others = other.nodes();
    return IntStream.rangeClosed(1, Math.max(ones.size(), others.size()))
        .filter(
            number ->
                number > ones.size()
                    || number > others.size()
                    || !ones.get(number - 1).computesAs(others.get(number - 1)))
        .findFirst();
  }

  /** This configuration, changed to compute in float32. */
  NetworkConfiguration inFloats();

  /** How many epochs the network has been trained. */
  int epochs();

  /** How many minibatches in a row it has been trained. */
  int iterations();

  /** DL4J's JSON. */
  String json();

  /**
   * Reads DL4J's JSON, as its {@code ModelSerializer} writes it, of either kind.
   *
   * @throws IllegalArgumentException if it is of neither, names classes that are no part of DL4J's
   *     networks, or describes no network that can be
   */
  static NetworkConfiguration ofJson(String json) {
    return new ConfigurationJson(json).read();
  }

  /** The one optimizer of all layers, as every architecture has it. */
  default IUpdater optimizer() {
    List<NetworkNode> nodes = nodes();
    return ((BaseLayer) nodes.get(nodes.size() - 1).layer().orElseThrow()).getIUpdater();
  }

  /**
   * How many numbers all parts give for an image, which training keeps for the way back.
   *
   * @param image what goes in, of the size that the network is made for
   */
  default long outputs(InputType image) {
    List<InputType> outputs = new ArrayList<>();
    for (NetworkNode node : nodes()) {
      outputs.add(
          node.output(
              node.inputs().stream()
                  .map(from -> from == NetworkNode.IMAGE ? image : outputs.get(from))
                  .toList()));
    }
    return outputs.stream().mapToLong(InputType::arrayElementsPerExample).sum();
  }

  /** How many parameters the network has. */
  default long parameters() {
    return nodes().stream().mapToLong(NetworkNode::parameters).sum();
  }
}
