package io.convoy.onnx;

import io.convoy.failure.UserException;
import io.convoy.network.Network;
import io.convoy.network.NetworkNode;
import java.util.Map;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.inputs.InputType.InputTypeConvolutional;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A part of a network on its way into a graph.
 *
 * @param network the whole
 * @param node the part
 * @param input the name of what the graph gives it
 * @param type of the input
 */
record OnnxPart(Network network, NetworkNode node, String input, InputType type) {

  /** The same, whose input has gone through a node of the graph. */
  OnnxPart reading(String value) {
    return new OnnxPart(network, node, value, type);
  }

  /** What its nodes and constants in the graph are called after. */
  String place() {
    return "layer-" + node.name();
  }

  /** The parameters of a layer, by their names. */
  Map<String, INDArray> numbers() {
    return network.layer(node).paramTable(false);
  }

  /**
   * The maps that it reads.
   *
   * @throws UserException if it reads something else
   */
  InputTypeConvolutional maps() {
    if (type instanceof InputTypeConvolutional maps) {
      return maps;
    }
    throw unknown(type.getClass());
  }

  /** What has no counterpart. */
  UserException unknown(Class<?> what) {
    return new UserException(
        "Layer %s has %s, which convoy writes into no ONNX file; export a network of the layers that"
            + " the settings know.",
        node.name(), what.getSimpleName());
  }
}
