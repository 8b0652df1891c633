package io.convoy.network;

import io.convoy.failure.UserException;
import io.convoy.settings.Base;
import io.convoy.settings.Spelling;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.Layer;

/**
 * Which layers of a saved network another one begins with.
 *
 * @param nodes of the saved network
 * @param kept places of those that are kept: the last and all that it reads
 * @param last the place of the last
 * @param frozen the place of the last that is frozen; {@link NetworkNode#IMAGE} for none
 */
record KeptLayers(List<NetworkNode> nodes, Set<Integer> kept, int last, int frozen) {

  /** How many layers a message lists. */
  private static final int SHOWN = 40;

  /**
   * Finds the layers of a network that the settings of a base name.
   *
   * @param name of the architecture, for messages
   * @param preprocessing the place of the last that is frozen in any case, as it is no layer that
   *     learns; {@link NetworkNode#IMAGE} for none
   * @throws UserException if the network has no such layers
   */
  static KeptLayers of(
      String name, Base.Pretrained base, NetworkConfiguration saved, int preprocessing) {
    List<NetworkNode> nodes = saved.nodes();
    int output = nodes.size() - 1;
    String key = "architectures." + name + ".base.";
    // What was read of an ONNX file ends where it was told to, at a node that may have two names.
    String keep = base.kind(Base.Saved::keep, onnx -> Base.ALL);
    int last =
        keep.equals(Base.ALL)
            ? beforeOutput(key, base, nodes)
            : place(key + "keep", base, keep, nodes);
    if (last == NetworkNode.IMAGE || last == output) {
      throw new UserException(
          "%skeep = %s: %s must be kept from the first layer to one before its output, layer %d; %s.",
          key, base.keep(), base.file(), output + 1, listed(nodes));
    }
    Set<Integer> kept = read(nodes, last);
    int frozen =
        Math.max(
            preprocessing,
            base.freeze().equals(Base.ALL)
                ? last
                : place(key + "freeze", base, base.freeze(), nodes));
    if (frozen != NetworkNode.IMAGE && !kept.contains(frozen)) {
      throw new UserException(
          "%sfreeze = %s is not among the layers that are kept, up to layer %d (%s); freeze one of"
              + " these.",
          key, base.freeze(), last + 1, nodes.get(last).name());
    }
    return new KeptLayers(nodes, kept, last, frozen);
  }

  private static int beforeOutput(String key, Base.Pretrained base, List<NetworkNode> nodes) {
    List<Integer> before = nodes.get(nodes.size() - 1).inputs();
    if (before.size() != 1 || before.get(0) == NetworkNode.IMAGE) {
      throw new UserException(
          "%smodel: %s has no layer before its output to begin with; use another model.",
          key, base.file());
    }
    return before.get(0);
  }

  private static int place(
      String key, Base.Pretrained base, String layer, List<NetworkNode> nodes) {
    if (layer.matches("[0-9]{1,9}") && Integer.parseInt(layer) <= nodes.size()) {
      return Integer.parseInt(layer) - 1;
    }
    return IntStream.range(0, nodes.size())
        .filter(node -> nodes.get(node).name().equals(layer))
        .findFirst()
        .orElseThrow(
            () ->
                new UserException(
                    "%s = %s: %s has no such layer; %s%s.",
                    key,
                    layer,
                    base.file(),
                    Spelling.question(layer, nodes.stream().map(NetworkNode::name).toList()),
                    listed(nodes)));
  }

  private static String listed(List<NetworkNode> nodes) {
    String layers =
        IntStream.range(0, Math.min(SHOWN, nodes.size()))
            .mapToObj(node -> (node + 1) + " " + title(nodes.get(node), node))
            .collect(Collectors.joining(", "));
    return "it has " + layers + (nodes.size() > SHOWN ? ", ... to " + nodes.size() : "");
  }

  private static String title(NetworkNode node, int place) {
    String kind =
        node.layer()
            .<Object>map(layer -> layer)
            .or(node::vertex)
            .orElseThrow()
            .getClass()
            .getSimpleName();
    return node.name().equals(Integer.toString(place)) ? kind : node.name() + " (" + kind + ")";
  }

  private static Set<Integer> read(List<NetworkNode> nodes, int last) {
    Set<Integer> read = new TreeSet<>(List.of(last));
    for (int node = last; node >= 0; node--) {
      if (read.contains(node)) {
        nodes.get(node).inputs().stream()
            .filter(from -> from != NetworkNode.IMAGE)
            .forEach(read::add);
      }
    }
    return read;
  }

  /**
   * What comes out of the last for an image.
   *
   * @param name of the architecture, for messages
   * @throws UserException when the layers do not take such an image
   */
  InputType output(String name, Base.Pretrained base, int channels, int height, int width) {
    InputType image = InputType.convolutional(height, width, channels);
    List<InputType> outputs = new ArrayList<>();
    for (int node = 0; node <= last; node++) {
      NetworkNode each = nodes.get(node);
      if (!kept.contains(node)) {
        outputs.add(null);
        continue;
      }
      requireChannelsFirst(name, base, node);
      List<InputType> arriving =
          each.inputs().stream()
              .map(from -> from == NetworkNode.IMAGE ? image : outputs.get(from))
              .toList();
      outputs.add(output(name, base, node, arriving, height, width));
    }
    return outputs.get(last);
  }

  private InputType output(
      String name,
      Base.Pretrained base,
      int node,
      List<InputType> arriving,
      int height,
      int width) {
    NetworkNode each = nodes.get(node);
    String reason;
    try {
      if (each.takes(arriving)) {
        InputType output = each.output(arriving);
        if (NetworkNode.canBe(output)) {
          return output;
        }
      }
      reason =
          each.layer().orElse(null) instanceof FeedForwardLayer layer && !each.takes(arriving)
              ? "is made for " + layer.getNIn() + " inputs of another image"
              : "has a larger kernel, or makes far too much of it";
    } catch (RuntimeException e) {
      // DL4J has several for what is of another kind, and their messages name its classes.
      reason = "takes input of another kind";
    }
    throw new UserException(
        "architectures.%s.base does not fit images of %d x %d (height x width): %s arrives at layer %d"
            + " of %s, which %s; give images.height and images.width of the model, or keep fewer of"
            + " its layers with base.keep.",
        name,
        height,
        width,
        arriving.get(0),
        node + 1,
        base.file(),
        reason.replaceAll("\\s+", " "));
  }

  private void requireChannelsFirst(String name, Base.Pretrained base, int node) {
    Layer layer = nodes.get(node).layer().orElse(null);
    if (layer instanceof ConvolutionLayer convolution
        && convolution.getCnn2dDataFormat() == CNN2DFormat.NHWC) {
      throw new UserException(
          "architectures.%s.base: layer %d of %s takes images with their channels last (NHWC), as"
              + " networks from Keras do; convoy gives them first: use a model that is made so.",
          name, node + 1, base.file());
    }
  }
}
