package io.convoy.onnx;

import io.convoy.failure.UserException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.OperatorSetIdProto;
import onnx.Onnx.TensorProto;
import onnx.Onnx.ValueInfoProto;
import org.nd4j.shade.protobuf.CodedInputStream;

/**
 * The graph of an ONNX file (onnx.ai, IR version 3 and later): nodes, each behind those that it
 * reads, and constants.
 */
final class ForeignGraph {
  /** Before it, arrays of different sizes were added by rules of their own. */
  private static final long FIRST_OPERATOR_SET = 7;

  private static final String CONSTANT = "Constant";
  private static final String IDENTITY = "Identity";

  private final String file;
  private final GraphProto proto;
  private final List<ForeignNode> nodes = new ArrayList<>();
  private final Map<String, ForeignConstant> constants = new HashMap<>();
  private final Map<String, Integer> producers = new HashMap<>();
  private final Map<String, Integer> readers = new HashMap<>();

  private ForeignGraph(String file, GraphProto proto) {
    this.file = file;
    this.proto = proto;
    for (TensorProto tensor : proto.getInitializerList()) {
      constants.put(tensor.getName(), new ForeignConstant(tensor));
    }
    Set<String> names = new HashSet<>();
    for (NodeProto each : proto.getNodeList()) {
      ForeignNode node = new ForeignNode(file, name(each, names), each);
      names.add(node.name());
      Optional<ForeignConstant> constant = constantOf(node);
      if (constant.isPresent() && each.getOutputCount() == 1) {
        constants.put(each.getOutput(0), constant.get());
      } else {
        node.outputs().forEach(output -> producers.put(output, nodes.size()));
        node.inputs().forEach(input -> readers.merge(input, 1, Integer::sum));
        nodes.add(node);
      }
    }
  }

  /**
   * Reads a file's content.
   *
   * @param file its name, for messages
   * @throws UserException if it is no ONNX file, or one of an operator set that is too old
   */
  static ForeignGraph of(String file, byte[] content) {
    try {
      CodedInputStream in = CodedInputStream.newInstance(content);
      // Weights are then not copied out of the content.
      in.enableAliasing(true);
      ModelProto model = ModelProto.parseFrom(in);
      if (model.getGraph().getNodeCount() == 0 || model.getOpsetImportCount() == 0) {
        throw new IOException("there is no network in it");
      }
      long operators = operatorSet(model);
      if (operators < FIRST_OPERATOR_SET) {
        throw new UserException(
            "%s is of ONNX's operator set %d, and convoy reads those from %d on; export it anew, or"
                + " convert it with onnx.version_converter.",
            file, operators, FIRST_OPERATOR_SET);
      }
      return new ForeignGraph(file, model.getGraph());
    } catch (IOException e) {
      throw new UserException(
          "%s is no ONNX file that can be read: %s; give a whole file that ends in .onnx, and a"
              + " network of DL4J's or convoy's as base.model.",
          file, String.valueOf(e.getMessage()).lines().findFirst().orElse("it is damaged"));
    }
  }

  private static long operatorSet(ModelProto model) {
    return model.getOpsetImportList().stream()
        .filter(set -> set.getDomain().isEmpty() || set.getDomain().equals("ai.onnx"))
        .mapToLong(OperatorSetIdProto::getVersion)
        .findFirst()
        .orElse(FIRST_OPERATOR_SET);
  }

  /** DL4J takes numbers for places, so a name is more than one. */
  private static String name(NodeProto node, Set<String> taken) {
    String name = node.getName();
    if (name.isBlank() || taken.contains(name)) {
      name = node.getOutputCount() > 0 ? node.getOutput(0) : node.getOpType();
    }
    if (name.matches("[0-9]*")) {
      name = node.getOpType() + "_" + name;
    }
    while (taken.contains(name)) {
      name += "_";
    }
    return name;
  }

  private Optional<ForeignConstant> constantOf(ForeignNode node) {
    if (node.operator().equals(IDENTITY)) {
      return node.input(0).map(constants::get);
    }
    if (!node.operator().equals(CONSTANT)) {
      return Optional.empty();
    }
    for (AttributeProto each : node.proto().getAttributeList()) {
      TensorProto.Builder tensor = TensorProto.newBuilder();
      switch (each.getName()) {
        case "value" -> {
          return Optional.of(new ForeignConstant(each.getT()));
        }
        case "value_float" ->
            tensor.setDataType(TensorProto.DataType.FLOAT).addFloatData(each.getF());
        case "value_floats" ->
            tensor
                .setDataType(TensorProto.DataType.FLOAT)
                .addAllFloatData(each.getFloatsList())
                .addDims(each.getFloatsCount());
        case "value_int" ->
            tensor.setDataType(TensorProto.DataType.INT64).addInt64Data(each.getI());
        case "value_ints" ->
            tensor
                .setDataType(TensorProto.DataType.INT64)
                .addAllInt64Data(each.getIntsList())
                .addDims(each.getIntsCount());
        default -> {
          continue;
        }
      }
      return Optional.of(new ForeignConstant(tensor.build()));
    }
    return Optional.empty();
  }

  /** Its nodes but those that are constants. */
  List<ForeignNode> nodes() {
    return nodes;
  }

  /** A constant, by its name. */
  Optional<ForeignConstant> constant(String name) {
    return Optional.ofNullable(constants.get(name));
  }

  /** The place of the node that gives a value; empty for the image and constants. */
  Optional<Integer> producer(String value) {
    return Optional.ofNullable(producers.get(value));
  }

  /** How many inputs of nodes a value is, and outputs of the graph. */
  int readers(String value) {
    return readers.getOrDefault(value, 0)
        + (int) proto.getOutputList().stream().filter(each -> isNamed(each, value)).count();
  }

  private static boolean isNamed(Object output, String value) {
    return output instanceof ValueInfoProto info && info.getName().equals(value);
  }

  /** What it gives, by name. */
  List<String> outputs() {
    return proto.getOutputList().stream().map(ValueInfoProto::getName).toList();
  }

  /** What it takes, but for constants that are listed too. */
  List<ValueInfoProto> inputs() {
    return proto.getInputList().stream()
        .filter(input -> !constants.containsKey(input.getName()))
        .toList();
  }
}
