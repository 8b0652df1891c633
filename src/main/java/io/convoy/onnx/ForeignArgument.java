package io.convoy.onnx;

import io.convoy.failure.UserException;

/**
 * A constant that a node of an ONNX graph works with.
 *
 * @param node that works with it
 * @param constant its numbers
 */
record ForeignArgument(ForeignNode node, ForeignConstant constant) {

  /**
   * One of a node's inputs.
   *
   * @param which from 0
   * @param what it is to the node, for messages
   * @throws UserException if the node has none there, or the graph computes it
   */
  static ForeignArgument of(ForeignGraph graph, ForeignNode node, int which, String what) {
    return node.input(which)
        .flatMap(graph::constant)
        .map(constant -> new ForeignArgument(node, constant))
        .orElseThrow(
            () ->
                node.refuse(
                    "computes its %s, or has none, and convoy reads those that the file has; simplify it"
                        + " (as by onnxsim), or keep what comes before it with base.keep.",
                    what));
  }

  /** Its sizes. */
  long[] sizes() {
    return constant.sizes();
  }

  /**
   * Its numbers, row by row.
   *
   * @throws UserException if they are no floating-point numbers, or not in the file
   */
  float[] floats() {
    try {
      return constant.floats();
    } catch (ForeignConstant.Unreadable e) {
      throw unreadable(e);
    }
  }

  /**
   * Its numbers, row by row.
   *
   * @throws UserException if they are not so many, or as {@link #floats()}
   */
  float[] floats(int count) {
    float[] numbers = floats();
    if (numbers.length != count) {
      throw node.refuse(
          "has %d numbers in %s, not %d; the file is damaged.",
          numbers.length, constant.proto().getName(), count);
    }
    return numbers;
  }

  /**
   * Its whole numbers.
   *
   * @throws UserException if they are no such, or not in the file
   */
  long[] integers() {
    try {
      return constant.integers();
    } catch (ForeignConstant.Unreadable e) {
      throw unreadable(e);
    }
  }

  private UserException unreadable(ForeignConstant.Unreadable reason) {
    if (constant.isExternal()) {
      return node.refuse(
          "has its weights (%s) in another file (external data); save the network as one file, as by"
              + " onnx.save(onnx.load(FILE), OTHER).",
          constant.proto().getName());
    }
    return node.refuse(
        "has a constant (%s) that %s; use a whole file of float32.",
        constant.proto().getName(), reason.getMessage());
  }
}
