package io.convoy.onnx;

import static io.convoy.onnx.OnnxGraph.integer;
import static io.convoy.onnx.OnnxGraph.number;

import java.util.List;
import java.util.Optional;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationELU;
import org.nd4j.linalg.activations.impl.ActivationGELU;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU6;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.activations.impl.ActivationSwish;
import org.nd4j.linalg.activations.impl.ActivationTanH;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Writes activations.
 *
 * @param graph receives them
 * @param place what they are a part of
 */
record OnnxActivation(OnnxGraph graph, String place) {
  /** Of x in the sigmoid, in DL4J's approximation of GELU. */
  private static final float GELU_FACTOR = 1.702f;

  /** Empty for one that has no counterpart. */
  Optional<String> of(IActivation activation, String input) {
    List<String> inputs = List.of(input);
    if (activation instanceof ActivationIdentity) {
      return Optional.of(input);
    }
    if (activation instanceof ActivationReLU) {
      return Optional.of(graph.node(place, "Relu", inputs));
    }
    if (activation instanceof ActivationReLU6) {
      String least = graph.constant(place + "/least", Nd4j.scalar(0f));
      String most = graph.constant(place + "/most", Nd4j.scalar(6f));
      return Optional.of(graph.node(place, "Clip", List.of(input, least, most)));
    }
    if (activation instanceof ActivationLReLU leaky) {
      return Optional.of(graph.node(place, "LeakyRelu", inputs, number("alpha", leaky.getAlpha())));
    }
    if (activation instanceof ActivationELU elu) {
      return Optional.of(graph.node(place, "Elu", inputs, number("alpha", elu.getAlpha())));
    }
    if (activation instanceof ActivationTanH) {
      return Optional.of(graph.node(place, "Tanh", inputs));
    }
    if (activation instanceof ActivationSigmoid) {
      return Optional.of(graph.node(place, "Sigmoid", inputs));
    }
    if (activation instanceof ActivationSwish) {
      String share = graph.node(place, "Sigmoid", inputs);
      return Optional.of(graph.node(place, "Mul", List.of(input, share)));
    }
    if (activation.equals(new ActivationGELU())) {
      String factor = graph.constant(place + "/factor", Nd4j.scalar(GELU_FACTOR));
      String scaled = graph.node(place, "Mul", List.of(input, factor));
      String share = graph.node(place, "Sigmoid", List.of(scaled));
      return Optional.of(graph.node(place, "Mul", List.of(input, share)));
    }
    if (activation instanceof ActivationSoftmax) {
      return Optional.of(graph.node(place, "Softmax", inputs, integer("axis", 1)));
    }
    return Optional.empty();
  }
}
