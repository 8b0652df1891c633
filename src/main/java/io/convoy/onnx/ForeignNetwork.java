package io.convoy.onnx;

import io.convoy.failure.UserException;
import io.convoy.image.Rgb;
import io.convoy.network.Network;
import io.convoy.network.Shape;
import io.convoy.settings.Base;
import io.convoy.settings.Spelling;
import io.convoy.storage.Storage;
import java.io.IOException;
import java.io.InputStream;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import onnx.Onnx.TensorProto;
import onnx.Onnx.TensorShapeProto.Dimension;
import onnx.Onnx.TypeProto;
import onnx.Onnx.ValueInfoProto;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * A network for images that another program wrote as ONNX: convolutions with what commonly comes
 * between them. Weights may be float16, float32, float64 or bfloat16, and lie in the file itself.
 *
 * @param file that holds it
 */
public record ForeignNetwork(Storage file) {
  private static final int SHOWN = 40;
  private static final int RANK = 4;

  /** What may come behind the layer that gives the classes. */
  private static final Set<String> BEHIND_CLASSES =
      Set.of(
          "Softmax",
          "LogSoftmax",
          "Sigmoid",
          "Identity",
          "Cast",
          "Dropout",
          "Flatten",
          "Reshape",
          "Squeeze");

  private static final Set<String> GLOBAL_POOLINGS =
      Set.of("GlobalAveragePool", "GlobalMaxPool", "ReduceMean");

  private static final Set<Integer> FLOATS =
      Set.of(
          TensorProto.DataType.FLOAT_VALUE,
          TensorProto.DataType.FLOAT16_VALUE,
          TensorProto.DataType.DOUBLE_VALUE);

  /** SHA-256 of the file, 64 hexadecimal digits. */
  public String sha256() {
    requireFile();
    try (InputStream in = file.open()) {
      return DigestUtils.sha256Hex(in);
    } catch (IOException e) {
      throw new UserException(
          "%s cannot be read: %s; check that it is there.", file, e.getMessage());
    }
  }

  private void requireFile() {
    if (!file.exists() || file.isFolder()) {
      throw new UserException(
          "%s: there is no such file; give that of an ONNX network as base.onnx.", file);
    }
    if (file.length() > Integer.MAX_VALUE - 8) {
      throw new UserException(
          "%s is larger than 2 GB, as no ONNX file is; check that it is the right one.", file);
    }
  }

  /**
   * Reads the network up to the node that is kept; what comes behind it need not be readable.
   *
   * @param architecture that begins with it, for messages
   * @param base what of it
   * @param height of the images in pixels
   * @param width of the images in pixels
   * @return a graph of DL4J's for images of 0 to 1 and of this size: a frozen normalisation by the
   *     base's mean and deviation, vertices with the names of the nodes, and behind the one that is
   *     kept an output that computes nothing
   * @throws UserException if the file is none that can be read so, or has no such node
   */
  public Network load(String architecture, Base.Onnx base, int height, int width) {
    requireFile();
    ForeignGraph graph = ForeignGraph.of(file.toString(), file.read());
    int last =
        base.keep().equals(Base.ALL) ? beforeClasses(graph) : place(architecture, base, graph);
    BitSet wanted = wanted(graph, last);
    String image = image(graph, wanted);
    ForeignLayers layers =
        new ForeignLayers(
            graph.nodes().stream().map(ForeignNode::name).collect(Collectors.toSet()));
    ForeignPart pixels =
        layers.image(
            new Shape(Rgb.CHANNELS, height, width), floats(base.mean()), floats(base.deviation()));
    List<ForeignNode> nodes = wanted.stream().mapToObj(graph.nodes()::get).toList();
    ForeignOperators operators = new ForeignOperators(graph, nodes, layers, image, pixels);
    nodes.forEach(operators::read);
    return layers.build(operators.value(graph.nodes().get(last)));
  }

  private static float[] floats(List<Double> numbers) {
    float[] floats = new float[numbers.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = numbers.get(i).floatValue();
    }
    return floats;
  }

  /** The last node before the layer that gives the classes, or where there is none the last. */
  private int beforeClasses(ForeignGraph graph) {
    if (graph.outputs().size() != 1) {
      throw new UserException(
          "%s has %d outputs (%s); name the last node that is kept with base.keep.",
          file, graph.outputs().size(), String.join(", ", graph.outputs()));
    }
    Optional<Integer> place = graph.producer(graph.outputs().get(0));
    while (place.isPresent()) {
      ForeignNode node = graph.nodes().get(place.get());
      Optional<Integer> before = before(graph, node);
      if (isClasses(graph, node)) {
        return before.orElseThrow(this::empty);
      }
      if (!BEHIND_CLASSES.contains(node.operator()) && !isBias(graph, node)) {
        return place.get();
      }
      place = before;
    }
    throw empty();
  }

  private UserException empty() {
    return new UserException(
        "%s has no node before its output to begin with; use another network.", file);
  }

  private static Optional<Integer> before(ForeignGraph graph, ForeignNode node) {
    return ForeignOperators.data(graph, node).stream().findFirst().flatMap(graph::producer);
  }

  private static boolean isBias(ForeignGraph graph, ForeignNode node) {
    return node.operator().equals("Add")
        && ForeignOperators.data(graph, node).size() == 1
        && before(graph, node)
            .filter(place -> graph.nodes().get(place).operator().equals("MatMul"))
            .isPresent();
  }

  /** A dense layer, or a convolution of the means of feature maps. */
  private static boolean isClasses(ForeignGraph graph, ForeignNode node) {
    return switch (node.operator()) {
      case "Gemm", "MatMul" -> true;
      case "Conv" -> {
        Optional<ForeignNode> from = before(graph, node).map(graph.nodes()::get);
        while (from.filter(each -> BEHIND_CLASSES.contains(each.operator())).isPresent()) {
          from = before(graph, from.get()).map(graph.nodes()::get);
        }
        yield from.filter(each -> GLOBAL_POOLINGS.contains(each.operator())).isPresent();
      }
      default -> false;
    };
  }

  private int place(String architecture, Base.Onnx base, ForeignGraph graph) {
    List<ForeignNode> nodes = graph.nodes();
    return Stream.<Predicate<ForeignNode>>of(
            node -> node.name().equals(base.keep()), node -> node.outputs().contains(base.keep()))
        .flatMap(is -> nodes.stream().filter(is).limit(1))
        .findFirst()
        .map(nodes::indexOf)
        .orElseThrow(() -> absent(architecture, base.keep(), nodes));
  }

  private UserException absent(String architecture, String keep, List<ForeignNode> nodes) {
    String part = keep.toLowerCase(Locale.ROOT);
    List<ForeignNode> alike =
        nodes.stream().filter(node -> node.name().toLowerCase(Locale.ROOT).contains(part)).toList();
    return new UserException(
        "architectures.%s.base.keep = %s: %s has no such node; %s%s %s.",
        architecture,
        keep,
        file,
        Spelling.question(keep, nodes.stream().map(ForeignNode::name).toList()),
        alike.isEmpty() ? "it has" : "those with it in their names are",
        listed(alike.isEmpty() ? nodes : alike));
  }

  private static String listed(List<ForeignNode> nodes) {
    return nodes.stream().limit(SHOWN).map(ForeignNode::toString).collect(Collectors.joining(", "))
        + (nodes.size() > SHOWN ? ", ... to " + nodes.get(nodes.size() - 1) : "");
  }

  /** The nodes that one reads, with those that they read. */
  private static BitSet wanted(ForeignGraph graph, int last) {
    BitSet wanted = new BitSet();
    wanted.set(last);
    for (int place = last; place >= 0; place = wanted.previousSetBit(place - 1)) {
      ForeignNode node = graph.nodes().get(place);
      for (String value : ForeignOperators.data(graph, node)) {
        Optional<Integer> producer = graph.producer(value);
        if (producer.isPresent() && producer.get() >= place) {
          throw node.refuse("reads %s, which comes behind it; the file is damaged.", value);
        }
        producer.ifPresent(wanted::set);
      }
      if (place == 0) {
        break;
      }
    }
    return wanted;
  }

  /** The name of the one image that these nodes begin with. */
  private String image(ForeignGraph graph, BitSet wanted) {
    List<String> begun =
        wanted.stream()
            .mapToObj(graph.nodes()::get)
            .flatMap(node -> ForeignOperators.data(graph, node).stream())
            .filter(value -> graph.producer(value).isEmpty())
            .distinct()
            .toList();
    List<ValueInfoProto> inputs =
        graph.inputs().stream().filter(input -> begun.contains(input.getName())).toList();
    if (inputs.size() != 1 || begun.size() != 1) {
      throw new UserException(
          "%s takes %s, and convoy has one image; use a network of one input.",
          file, begun.isEmpty() ? "nothing" : String.join(", ", begun));
    }
    requireImage(inputs.get(0));
    return inputs.get(0).getName();
  }

  private void requireImage(ValueInfoProto input) {
    TypeProto.Tensor tensor = input.getType().getTensorType();
    if (!FLOATS.contains(tensor.getElemTypeValue())) {
      throw new UserException(
          "%s takes %s of type %s, and convoy reads networks for floating-point images; export it"
              + " without what makes them so (a network that convoy exported is one to begin with as its"
              + " model, base.model).",
          file, input.getName(), tensor.getElemType());
    }
    if (!tensor.hasShape()) {
      return;
    }
    List<Dimension> sizes = tensor.getShape().getDimList();
    if (sizes.size() == RANK && is(sizes.get(1), Rgb.CHANNELS)) {
      return;
    }
    String shape =
        sizes.stream()
            .map(
                size ->
                    size.getValueCase() == Dimension.ValueCase.DIM_VALUE
                        ? Long.toString(size.getDimValue())
                        : size.getDimParam().isEmpty() ? "?" : size.getDimParam())
            .collect(Collectors.joining(", ", "[", "]"));
    boolean last = sizes.size() == RANK && is(sizes.get(3), Rgb.CHANNELS);
    throw new UserException(
        "%s takes %s of %s, and convoy gives [images, 3, height, width]; %s.",
        file,
        input.getName(),
        shape,
        last
            ? "export it with the channels first, as by tf2onnx --inputs-as-nchw"
            : "use a network for RGB images");
  }

  private static boolean is(Dimension size, int wanted) {
    return size.getValueCase() != Dimension.ValueCase.DIM_VALUE || size.getDimValue() == wanted;
  }
}
