package io.convoy.onnx;

import io.convoy.failure.UserException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.NodeProto;

/**
 * A node of an ONNX graph.
 *
 * @param file that it is in, for messages
 * @param name its own, or where it has none or shares it that of its output
 */
record ForeignNode(String file, String name, NodeProto proto) {

  /** What it does, as in {@code Conv}. */
  String operator() {
    return proto.getOpType();
  }

  /** Whether it is of ONNX's own operators. */
  boolean isStandard() {
    return proto.getDomain().isEmpty() || proto.getDomain().equals("ai.onnx");
  }

  /** The name of an input, if it is given. */
  Optional<String> input(int which) {
    return which < proto.getInputCount()
        ? Optional.of(proto.getInput(which)).filter(name -> !name.isEmpty())
        : Optional.empty();
  }

  /** The names of all inputs that are given. */
  List<String> inputs() {
    return proto.getInputList().stream().filter(name -> !name.isEmpty()).toList();
  }

  /** The names of all outputs that are asked for. */
  List<String> outputs() {
    return proto.getOutputList().stream().filter(name -> !name.isEmpty()).toList();
  }

  /** An attribute, if it is there. */
  Optional<AttributeProto> attribute(String key) {
    return proto.getAttributeList().stream().filter(each -> each.getName().equals(key)).findFirst();
  }

  /** An attribute that is a whole number. */
  long integer(String key, long usual) {
    return attribute(key).map(AttributeProto::getI).orElse(usual);
  }

  /** An attribute that is a number. */
  float number(String key, float usual) {
    return attribute(key).map(AttributeProto::getF).orElse(usual);
  }

  /** An attribute that is a word. */
  String word(String key, String usual) {
    return attribute(key).map(each -> each.getS().toStringUtf8()).orElse(usual);
  }

  /** An attribute that is a list of whole numbers; empty where it is left out. */
  Optional<long[]> integers(String key) {
    return attribute(key)
        .map(each -> each.getIntsList().stream().mapToLong(Long::longValue).toArray());
  }

  /**
   * That it cannot be read.
   *
   * @param reason a sentence's end and what to do, behind the node's name
   */
  UserException refuse(String reason, Object... arguments) {
    return new UserException(
        "%s: its node %s (%s) %s",
        file, name, operator(), String.format(Locale.ROOT, reason, arguments));
  }

  @Override
  public String toString() {
    return name + " (" + operator() + ")";
  }
}
