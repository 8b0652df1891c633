package io.convoy.network;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;

/**
 * DL4J's JSON from a file that anyone may have written: looked through before DL4J's mapper loads
 * the classes that it names, and again before memory is taken for what it describes.
 */
final class ConfigurationJson {
  private static final int DEEPEST = 64;
  private static final int MOST_UNITS = 10_000_000;
  private static final int LARGEST_WINDOW = 10_000;
  private static final String TYPE = "@class";

  /** Where DL4J and ND4J keep what a configuration is made of. */
  private static final List<String> PACKAGES =
      List.of(
          "org.deeplearning4j.nn.conf.",
          "org.deeplearning4j.nn.weights.",
          "org.nd4j.linalg.activations.impl.",
          "org.nd4j.linalg.learning.config.",
          "org.nd4j.linalg.learning.regularization.",
          "org.nd4j.linalg.lossfunctions.impl.",
          "org.nd4j.linalg.schedule.");

  private final String json;

  ConfigurationJson(String json) {
    this.json = json;
  }

  /**
   * Reads it.
   *
   * @throws IllegalArgumentException if it is none, names classes of others, or describes no
   *     network that can be
   */
  NetworkConfiguration read() {
    return trusting(this::readTrusting);
  }

  private NetworkConfiguration readTrusting() {
    try {
      requireKnownTypes();
      NetworkConfiguration network =
          json.contains("\"networkInputs\"")
              ? new GraphConfiguration(ComputationGraphConfiguration.fromJson(json))
              : new LayersConfiguration(MultiLayerConfiguration.fromJson(json));
      requireOrder(network);
      requireSizes(network.nodes());
      return network;
    } catch (IOException e) {
      throw new IllegalArgumentException("its configuration is no JSON", e);
    }
  }

  /**
   * What DL4J makes of a configuration of which it takes for granted what a damaged file lacks.
   *
   * @throws IllegalArgumentException instead of what DL4J throws then
   */
  static <T> T trusting(Supplier<T> dl4j) {
    try {
      return dl4j.get();
    } catch (IllegalArgumentException e) {
      throw e;
    } catch (RuntimeException | StackOverflowError | LinkageError e) {
      throw new IllegalArgumentException("its configuration describes no network", e);
    }
  }

  /** Each part reads what comes before it, so that there is no circle and nothing unknown. */
  private static void requireOrder(NetworkConfiguration network) {
    List<NetworkNode> nodes = network.nodes();
    for (int place = 0; place < nodes.size(); place++) {
      String name = nodes.get(place).name();
      require(!nodes.get(place).inputs().isEmpty(), "its part %s reads nothing", name);
      for (Integer from : nodes.get(place).inputs()) {
        require(from != null && from < place, "its part %s reads what is not before it", name);
      }
    }
    Set<String> names = nodes.stream().map(NetworkNode::name).collect(Collectors.toSet());
    Set<String> parts = network.kind(layers -> names, graph -> graph.getVertices().keySet());
    Collection<String> outputs =
        network.kind(layers -> names, ComputationGraphConfiguration::getNetworkOutputs);
    require(parts.size() == nodes.size(), "its order is not that of its parts");
    require(
        !outputs.isEmpty() && parts.containsAll(outputs), "its outputs are not among its parts");
  }

  private void requireKnownTypes() throws IOException {
    JsonFactory factory = new JsonFactory().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
    int depth = 0;
    try (JsonParser parser = factory.createParser(json)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        require(depth <= DEEPEST, "its configuration is nested deeper than %d", DEEPEST);
        if (token == JsonToken.FIELD_NAME && parser.getCurrentName().equals(TYPE)) {
          parser.nextToken();
          String type = String.valueOf(parser.getText());
          require(
              PACKAGES.stream().anyMatch(type::startsWith),
              "its configuration names %s, which is no part of DL4J's networks",
              type);
        }
      }
    }
  }

  private static void requireSizes(List<NetworkNode> nodes) {
    long all = 0;
    for (NetworkNode node : nodes) {
      node.layer().ifPresent(layer -> requireSizes(node.name(), layer));
      all = Math.addExact(all, node.parameters());
    }
    require(all > 0 && all < Integer.MAX_VALUE, "its configuration has %d parameters", all);
  }

  private static void requireSizes(String name, Layer layer) {
    if (layer instanceof ConvolutionLayer convolution) {
      requireWindow(name, "kernelSize", convolution.getKernelSize(), 1);
      requireWindow(name, "stride", convolution.getStride(), 1);
      requireWindow(name, "dilation", convolution.getDilation(), 1);
      requireWindow(name, "padding", convolution.getPadding(), 0);
    }
    if (layer instanceof SubsamplingLayer pooling) {
      requireWindow(name, "kernelSize", pooling.getKernelSize(), 1);
      requireWindow(name, "stride", pooling.getStride(), 1);
      requireWindow(name, "dilation", pooling.getDilation(), 1);
      requireWindow(name, "padding", pooling.getPadding(), 0);
    }
    if (layer instanceof FeedForwardLayer made) {
      boolean learns =
          layer instanceof ConvolutionLayer
              || layer instanceof DenseLayer
              || layer instanceof BatchNormalization
              || layer instanceof BaseOutputLayer;
      requireUnits(name, "nin", made.getNIn(), learns ? 1 : 0);
      requireUnits(name, "nout", made.getNOut(), learns ? 1 : 0);
      long products = Math.multiplyExact(made.getNIn(), made.getNOut());
      if (layer instanceof ConvolutionLayer convolution) {
        for (int length : convolution.getKernelSize()) {
          products = Math.multiplyExact(products, length);
        }
      }
      require(
          !(layer instanceof ConvolutionLayer || layer instanceof DenseLayer)
              || products < Integer.MAX_VALUE,
          "its layer %s has %d weights",
          name,
          products);
    }
  }

  private static void requireUnits(String name, String key, long units, int least) {
    require(units >= least && units <= MOST_UNITS, "its layer %s has %s = %d", name, key, units);
  }

  private static void requireWindow(String name, String key, int[] window, int least) {
    require(window != null && window.length == 2, "its layer %s lacks %s", name, key);
    for (int length : window) {
      require(
          length >= least && length <= LARGEST_WINDOW,
          "its layer %s has %s = %d",
          name,
          key,
          length);
    }
  }

  private static void require(boolean holds, String format, Object... arguments) {
    if (!holds) {
      throw new IllegalArgumentException(String.format(Locale.ROOT, format, arguments));
    }
  }
}
