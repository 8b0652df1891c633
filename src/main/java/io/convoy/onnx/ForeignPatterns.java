package io.convoy.onnx;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What several nodes of an ONNX graph are together, of those that are read: exporters write parts
 * of networks as the operators that they are made of.
 *
 * @param graph the whole
 * @param nodes that are read
 */
record ForeignPatterns(ForeignGraph graph, List<ForeignNode> nodes) {
  private static final String MULTIPLICATION = "Mul";

  /** What may stand between the means of maps and the factors that become of them. */
  private static final Set<String> WITHIN_EXCITATION =
      Set.of(
          "Conv",
          "BatchNormalization",
          "Relu",
          "Clip",
          "LeakyRelu",
          "Elu",
          "Sigmoid",
          "Tanh",
          "Identity",
          "Dropout",
          "Cast");

  /** The node that adds a bias to a matrix product, where nothing else reads that. */
  Optional<ForeignNode> bias(ForeignNode product) {
    return onlyReader(product.outputs().get(0))
        .filter(next -> isOperator(next, "Add"))
        .filter(next -> next.inputs().stream().anyMatch(name -> graph.constant(name).isPresent()));
  }

  /** The node that makes a swish of a sigmoid: it multiplies this with what it is of. */
  Optional<ForeignNode> swish(ForeignNode sigmoid) {
    return onlyReader(sigmoid.outputs().get(0))
        .filter(next -> isOperator(next, MULTIPLICATION))
        .filter(next -> next.inputs().contains(sigmoid.inputs().get(0)));
  }

  /** Whether it ends a swish. */
  boolean isSwish(ForeignNode multiplication) {
    return multiplication.inputs().stream()
        .flatMap(input -> graph.producer(input).stream())
        .map(place -> graph.nodes().get(place))
        .anyMatch(
            node ->
                isOperator(node, "Sigmoid")
                    && swish(node).filter(multiplication::equals).isPresent());
  }

  /**
   * Whether a global pooling begins a squeeze and excitation (Hu et al. 2018): what comes of the
   * means of maps multiplies these maps, channel by channel.
   */
  boolean isSqueeze(ForeignNode pooling) {
    String maps = pooling.inputs().get(0);
    Optional<ForeignNode> last = Optional.of(pooling);
    while (last.isPresent()) {
      Optional<ForeignNode> next = next(last.get().outputs().get(0));
      if (next.filter(node -> isOperator(node, MULTIPLICATION) && !isSwish(node)).isPresent()) {
        return next.get().inputs().contains(maps);
      }
      last = next.filter(node -> isSwish(node) || WITHIN_EXCITATION.contains(node.operator()));
    }
    return false;
  }

  /** What works on a value by itself: its only reader, or the swish of it. */
  private Optional<ForeignNode> next(String value) {
    List<ForeignNode> readers = readers(value);
    return readers.stream()
        .filter(node -> isOperator(node, "Sigmoid"))
        .flatMap(node -> swish(node).stream())
        .filter(swish -> readers.size() == 2 && readers.contains(swish))
        .findFirst()
        .or(() -> onlyReader(value));
  }

  private static boolean isOperator(ForeignNode node, String operator) {
    return node.operator().equals(operator);
  }

  private List<ForeignNode> readers(String value) {
    return nodes.stream().filter(node -> node.inputs().contains(value)).toList();
  }

  /** Empty where something else has the value too. */
  private Optional<ForeignNode> onlyReader(String value) {
    return readers(value).stream().filter(reader -> graph.readers(value) == 1).findFirst();
  }
}
