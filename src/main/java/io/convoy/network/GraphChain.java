package io.convoy.network;

import io.convoy.settings.Activation;
import io.convoy.settings.Layer;
import io.convoy.settings.Padding;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.ReshapeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;

/**
 * Builds a graph from layers one behind the other, of which some {@linkplain #isGraph are graphs}.
 * A part is named by the place of its layer in the settings, as in {@code 3.1-2}: of the third
 * layer's branch the first, its second part.
 */
final class GraphChain {
  private static final String IMAGE = "image";
  private static final String OUTPUT = "output";

  private final GraphBuilder graph;
  private String last = IMAGE;
  private Shape shape;
  private int layers;

  /**
   * @param image what goes in
   */
  GraphChain(GraphBuilder graph, Shape image) {
    this.graph = graph.addInputs(IMAGE);
    this.shape = image;
  }

  /** Whether a layer is none of DL4J's one behind the other. */
  static boolean isGraph(Layer layer) {
    return layer instanceof Layer.Residual
        || layer instanceof Layer.SqueezeExcitation
        || layer instanceof Layer.LayerNormalization
        || layer instanceof Layer.GroupedConvolution;
  }

  /** Adds the next layer. */
  void add(Layer layer) {
    layers++;
    String place = Integer.toString(layers);
    last =
        layer instanceof Layer.Residual residual
            ? addResidual(place, residual)
            : add(place, layer, last, shape);
    shape = NetworkSummary.output(layer, shape);
  }

  private String addResidual(String place, Layer.Residual residual) {
    Shape output = NetworkSummary.output(residual, shape);
    String branch = addAll(place + ".", residual.branch(), last, shape);
    if (residual.stochasticDepth() > 0) {
      branch = addImageDropout(place, residual.stochasticDepth(), branch, output);
    }
    List<Layer> shortcut = shortcut(residual, shape, output).orElseThrow();
    String straight = addAll(place + ".shortcut.", shortcut, last, shape);
    String sum = place + "-sum";
    graph.addVertex(sum, new ElementWiseVertex(ElementWiseVertex.Op.Add), branch, straight);
    if (residual.activation() == Activation.IDENTITY) {
      return sum;
    }
    String activation = place + "-activation";
    graph.addLayer(activation, Dl4jLayers.activation(residual.activation()), sum);
    return activation;
  }

  /**
   * DL4J has a dropout of whole channels, and none of whole images: for it an image's maps, one
   * below the other, are one channel.
   */
  private String addImageDropout(String place, double rate, String input, Shape maps) {
    String one = place + "-one";
    String dropout = place + "-dropout";
    String all = place + "-all";
    graph.addVertex(
        one, new ReshapeVertex(-1, 1, maps.channels() * maps.height(), maps.width()), input);
    graph.addLayer(dropout, Dl4jLayers.imageDropout(rate), one);
    graph.addVertex(
        all, new ReshapeVertex(-1, maps.channels(), maps.height(), maps.width()), dropout);
    return all;
  }

  /**
   * What the input of a residual layer goes through before it is added to the branch's output: no
   * layer where it fits as it is.
   *
   * @return empty where nothing makes it fit
   */
  static Optional<List<Layer>> shortcut(Layer.Residual residual, Shape input, Shape output) {
    if (input.equals(output)) {
      return Optional.of(List.of());
    }
    int high = stride(residual, Layer.Sliding::strideHeight);
    int wide = stride(residual, Layer.Sliding::strideWidth);
    Layer projection =
        new Layer.Convolution(
            output.channels(), 1, 1, high, wide, Padding.SAME, Activation.IDENTITY);
    Stream<Layer> normalization =
        parts(residual, Layer.BatchNormalization.class)
            .limit(1)
            .map(norm -> new Layer.BatchNormalization(norm.momentum(), Activation.IDENTITY));
    return NetworkSummary.output(projection, input).equals(output)
        ? Optional.of(Stream.concat(Stream.of(projection), normalization).toList())
        : Optional.empty();
  }

  /** The strides of a branch together. */
  private static int stride(Layer.Residual residual, ToIntFunction<Layer.Sliding> stride) {
    return parts(residual, Layer.Sliding.class).mapToInt(stride).reduce(1, Math::multiplyExact);
  }

  private static <T extends Layer> Stream<T> parts(Layer.Residual residual, Class<T> type) {
    return residual.branch().stream().filter(type::isInstance).map(type::cast);
  }

  private String addAll(String prefix, List<Layer> chain, String input, Shape arriving) {
    String end = input;
    Shape maps = arriving;
    for (int i = 0; i < chain.size(); i++) {
      Layer layer = chain.get(i);
      end = add(prefix + (i + 1), layer, end, maps);
      maps = NetworkSummary.output(layer, maps);
    }
    return end;
  }

  private String add(String place, Layer layer, String input, Shape arriving) {
    if (layer instanceof Layer.SqueezeExcitation squeeze) {
      String factors = addParts(place, Dl4jLayers.factors(squeeze, arriving), input);
      String product = place + "-product";
      graph.addVertex(product, new ElementWiseVertex(ElementWiseVertex.Op.Product), input, factors);
      return product;
    }
    if (layer instanceof Layer.LayerNormalization norm) {
      String means =
          addParts(place + "-mean", LayerNormalization.means(arriving.channels()), input);
      String centred = place + "-centred";
      graph.addVertex(centred, new ElementWiseVertex(ElementWiseVertex.Op.Subtract), input, means);
      return addParts(place, Dl4jLayers.scaling(norm, arriving.channels()), centred);
    }
    if (layer instanceof Layer.GroupedConvolution conv) {
      return addGroups(place, conv, input, arriving);
    }
    return addParts(place, Dl4jLayers.of(layer), input);
  }

  private String addGroups(
      String place, Layer.GroupedConvolution conv, String input, Shape arriving) {
    Shape maps = NetworkSummary.output(conv, arriving);
    int channels = arriving.channels() / conv.groups();
    String apart = place + "-apart";
    String groups = place + "-groups";
    String sums = place + "-sums";
    String all = place + "-all";
    graph.addLayer(apart, Dl4jLayers.apart(conv), input);
    graph.addVertex(groups, GroupedConvolution.groups(conv.groups(), channels, maps), apart);
    graph.addLayer(sums, GroupedConvolution.sum(channels), groups);
    graph.addVertex(all, GroupedConvolution.together(maps), sums);
    return conv.activation() == Activation.IDENTITY
        ? all
        : addParts(place, List.of(Dl4jLayers.activation(conv.activation())), all);
  }

  private String addParts(
      String place, List<org.deeplearning4j.nn.conf.layers.Layer> parts, String input) {
    String end = input;
    int part = 0;
    for (org.deeplearning4j.nn.conf.layers.Layer each : parts) {
      part++;
      String name = place + "-" + part;
      graph.addLayer(name, each, end);
      end = name;
    }
    return end;
  }

  ComputationGraphConfiguration build(OutputLayer output, InputType image) {
    return graph.addLayer(OUTPUT, output, last).setOutputs(OUTPUT).setInputTypes(image).build();
  }
}
