package io.convoy.onnx;

import static io.convoy.onnx.OnnxFiles.integer;
import static io.convoy.onnx.OnnxFiles.ints;
import static io.convoy.onnx.OnnxFiles.number;
import static io.convoy.onnx.OnnxFiles.word;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.failure.UserException;
import io.convoy.network.Network;
import io.convoy.network.NetworkNode;
import io.convoy.onnx.OnnxFiles.Way;
import io.convoy.onnx.SmallNetworks.Head;
import io.convoy.settings.Base;
import io.convoy.storage.Storage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.TensorProto;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.shade.protobuf.UnknownFieldSet;

/** What is no ONNX network that can be read, and what becomes of it. */
class ForeignRefusalsTest {
  private static final int SIZE = 32;
  private static final int DATA_LOCATION_FIELD = 14;

  @TempDir Path folder;

  private Network load(byte[] content, String keep, int size) {
    try {
      Path file = Files.write(folder.resolve("some.onnx"), content);
      Base.Onnx base =
          new Base.Onnx(
              file.toString(), keep, "all", Base.Onnx.IMAGENET_MEAN, Base.Onnx.IMAGENET_DEVIATION);
      return new ForeignNetwork(Storage.at(file.toString(), new Configuration()))
          .load("mine", base, size, size);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String refusal(byte[] content, String keep, int size) {
    String message =
        assertThrows(UserException.class, () -> load(content, keep, size)).getMessage();
    assertFalse(message.contains("\n"), message);
    assertTrue(message.contains("some.onnx"), message);
    return message;
  }

  private static ModelProto resnet() {
    return SmallNetworks.resnet18(Way.TORCH, Head.GEMM, 224, 224).asGiven();
  }

  private static OnnxFiles file() {
    return new OnnxFiles(Way.TORCH, 1, 0, 0);
  }

  /** A network that ends in one node. */
  private static byte[] ended(OnnxFiles file, String output) {
    return file.model(output).toByteArray();
  }

  static Stream<Arguments> unreadable() {
    OnnxFiles resize = file();
    String resized = resize.node("up", "Resize", List.of(resize.image(), "", resize.longs(2)));
    OnnxFiles clip = file();
    String clipped =
        clip.node(
            "clip",
            "Clip",
            List.of(clip.image(), clip.floats(new float[] {-1}), clip.floats(new float[] {1})));
    OnnxFiles turn = file();
    String turned =
        turn.node("to_nchw", "Transpose", List.of(turn.image()), ints("perm", 0, 3, 1, 2));
    OnnxFiles last = file();
    String meant = last.node("mean", "ReduceMean", List.of(last.image()), ints("axes", 1, 2));
    OnnxFiles quantized = file();
    String small =
        quantized.node("quant", "DequantizeLinear", List.of(quantized.image(), quantized.longs(1)));
    OnnxFiles added = file();
    String shifted =
        added.node("shift", "Add", List.of(added.image(), added.floats(new float[] {1})));
    OnnxFiles scaled = file();
    String larger =
        scaled.node("scale", "Mul", List.of(scaled.image(), scaled.floats(new float[] {2})));
    OnnxFiles squared = file();
    String square = squared.node("square", "Mul", List.of(squared.image(), squared.image()));
    OnnxFiles reflected = file();
    String mirrored =
        reflected.node(
            "mirror",
            "Pad",
            List.of(reflected.image(), reflected.longs(0, 0, 1, 1, 0, 0, 1, 1)),
            word("mode", "reflect"));
    OnnxFiles trained = file();
    String minibatch =
        trained.node(
            "bn", "BatchNormalization", List.of(trained.image()), integer("training_mode", 1));
    OnnxFiles foreign = file();
    foreign.node(
        NodeProto.newBuilder()
            .setName("fused")
            .setOpType("FusedConv")
            .setDomain("com.microsoft")
            .addInput(foreign.image())
            .addOutput("fused_out")
            .build());
    OnnxFiles uneven = file();
    String pooled =
        uneven.node(
            "pool",
            "MaxPool",
            List.of(uneven.image()),
            ints("kernel_shape", 3, 3),
            ints("pads", 0, 2, 0, 0));
    OnnxFiles computed = file();
    String convolved = computed.node("conv", "Conv", List.of(computed.image(), computed.image()));
    OnnxFiles dense = file();
    String flat = dense.node("flat", "Flatten", List.of(dense.image()));
    String units = dense.relu("relu", dense.classes("fc", flat, 3 * 224 * 224, 2));
    return Stream.of(
        Arguments.of(
            Named.of("Resize", ended(resize, resized)), "its node up (Resize) is of a kind"),
        Arguments.of(
            Named.of("Mul by a constant", ended(scaled, larger)),
            "its node scale (Mul) multiplies by constants"),
        Arguments.of(
            Named.of("Mul of maps", ended(squared, square)),
            "its node square (Mul) multiplies 3 x 32 x 32 by 3 x 32 x 32"),
        Arguments.of(
            Named.of("Clip", ended(clip, clipped)),
            "its node clip (Clip) limits numbers to -1.0 to 1.0"),
        Arguments.of(
            Named.of("Transpose", ended(turn, turned)), "its node to_nchw (Transpose) reorders"),
        Arguments.of(Named.of("mean of channels", ended(last, meant)), "channels last (NHWC)"),
        Arguments.of(
            Named.of("quantized", ended(quantized, small)),
            "its node quant (DequantizeLinear) is of a quantized network"),
        Arguments.of(
            Named.of("preprocessing", ended(added, shifted)),
            "its node shift (Add) adds constants"),
        Arguments.of(
            Named.of("reflection", ended(reflected, mirrored)),
            "its node mirror (Pad) pads otherwise"),
        Arguments.of(
            Named.of("training", ended(trained, minibatch)),
            "its node bn (BatchNormalization) normalises by each minibatch's own"),
        Arguments.of(
            Named.of("domain", foreign.model("fused_out").toByteArray()),
            "its node fused (FusedConv) is of the domain com.microsoft"),
        Arguments.of(
            Named.of("uneven padding", ended(uneven, pooled)),
            "its node pool (MaxPool) pads unevenly"),
        Arguments.of(
            Named.of("computed weights", ended(computed, convolved)),
            "its node conv (Conv) computes its weights"),
        Arguments.of(
            Named.of("another size", ended(dense, units)),
            "its node fc (Gemm) has weights [2, 150528], and 3072 x 1 x 1 arrives"));
  }

  @ParameterizedTest
  @MethodSource("unreadable")
  void whatCannotBeReadIsSaidByTheNodesName(byte[] content, String expected) {
    String refused = refusal(content, "all", SIZE);
    assertTrue(refused.contains(expected), refused);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 10, 1000})
  void aFileThatIsNoOnnxIsRefused(int length) {
    byte[] bytes = new byte[length];
    new Random(1).nextBytes(bytes);
    assertTrue(refusal(bytes, "all", SIZE).contains("is no ONNX file that can be read"));
    byte[] text = "version https://git-lfs.github.com/spec/v1".getBytes(StandardCharsets.UTF_8);
    assertTrue(refusal(text, "all", SIZE).contains("is no ONNX file that can be read"));
  }

  @Test
  void aFileThatIsCutShortIsRefused() {
    byte[] whole = resnet().toByteArray();
    for (int length = 1; length < whole.length; length += whole.length / 50) {
      byte[] part = java.util.Arrays.copyOf(whole, length);
      assertThrows(UserException.class, () -> load(part, "all", SIZE), "of " + length);
    }
  }

  @Test
  void aFileThatIsMissingIsRefused() {
    ForeignNetwork none =
        new ForeignNetwork(Storage.at(folder.resolve("none.onnx").toString(), new Configuration()));
    String refused = assertThrows(UserException.class, none::sha256).getMessage();
    assertTrue(refused.contains("none.onnx: there is no such file"), refused);
  }

  @Test
  void weightsInAnotherFileAreRefused() {
    ModelProto.Builder model = resnet().toBuilder();
    TensorProto.Builder weights = model.getGraphBuilder().getInitializerBuilder(0);
    weights.clearRawData().setUnknownFields(external());
    String refused = refusal(model.build().toByteArray(), "all", SIZE);
    assertTrue(
        refused.contains("its node conv1 (Conv) has its weights (constant0) in another file"),
        refused);
  }

  private static UnknownFieldSet external() {
    return UnknownFieldSet.newBuilder()
        .addField(DATA_LOCATION_FIELD, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
        .build();
  }

  @ParameterizedTest
  @CsvSource({
    "layer1.0.rel, did you mean layer1.0.relu?",
    "maxpol, did you mean maxpool?",
    "LAYER2, those with it in their names are layer2.0.conv1 (Conv)"
  })
  void aNodeThatIsNotThereIsRefusedWithOneThatIs(String keep, String meant) {
    String refused = refusal(resnet().toByteArray(), keep, SIZE);
    assertTrue(
        refused.startsWith("architectures.mine.base.keep = " + keep) && refused.contains(meant),
        refused);
  }

  @Test
  void anImageThatIsSmallerThanAKernelIsRefused() {
    OnnxFiles file = file();
    String maps = file.plainConvolution("wide", file.image(), 3, 4, 7, 1);
    String refused = refusal(ended(file, maps), "all", 5);
    assertTrue(
        refused.contains("its node wide (Conv) has a kernel of 7 x 7, but only 3 x 5 x 5 arrives"),
        refused);
  }

  static Stream<Arguments> inputs() {
    return Stream.of(
        Arguments.of(TensorProto.DataType.FLOAT, new long[] {1, 224, 224, 3}, "--inputs-as-nchw"),
        Arguments.of(TensorProto.DataType.FLOAT, new long[] {1, 1, 28, 28}, "[1, 1, 28, 28]"),
        Arguments.of(TensorProto.DataType.FLOAT, new long[] {1, 784}, "[1, 784]"),
        Arguments.of(TensorProto.DataType.UINT8, new long[] {1, 3, 9, 9}, "of type UINT8"));
  }

  @ParameterizedTest
  @MethodSource("inputs")
  void aNetworkOfOtherImagesIsRefused(TensorProto.DataType type, long[] sizes, String expected) {
    ModelProto.Builder model = resnet().toBuilder();
    model.getGraphBuilder().setInput(0, OnnxFiles.image("input", type, sizes));
    String refused = refusal(model.build().toByteArray(), "all", SIZE);
    assertTrue(refused.contains(expected), refused);
  }

  @Test
  void anOldOperatorSetIsRefused() {
    ModelProto.Builder model = resnet().toBuilder();
    model.getOpsetImportBuilder(0).setVersion(6);
    String refused = refusal(model.build().toByteArray(), "all", SIZE);
    assertTrue(refused.contains("operator set 6"), refused);
  }

  @Test
  void whatComesBehindTheKeptNodeNeedNotBeReadable() {
    OnnxFiles file = file();
    String maps = file.relu("relu", file.plainConvolution("conv", file.image(), 3, 4, 3, 1));
    byte[] content = ended(file, file.node("odd", "Selu", List.of(maps), number("alpha", 2)));
    assertTrue(refusal(content, "all", SIZE).contains("its node odd (Selu)"));
    for (String keep : List.of("relu", "relu_out")) {
      assertEquals(
          List.of("normalization", "conv", "relu", "output"),
          load(content, keep, SIZE).configuration().nodes().stream()
              .map(NetworkNode::name)
              .toList());
    }
  }

  @Test
  void nodesWithoutNamesAreCalledAsTheirOutputs() {
    OnnxFiles file = file();
    file.node(node("Relu", file.image(), "7"))
        .node(node("Relu", "7", "second"))
        .node(node("Sigmoid", "second", "8"));
    byte[] content = file.model("8").toByteArray();
    assertEquals(
        List.of("normalization", "Relu_7", "second", "output"),
        load(content, "second", SIZE).configuration().nodes().stream()
            .map(NetworkNode::name)
            .toList());
    assertEquals(3, load(content, "7", SIZE).configuration().nodes().size());
  }

  private static NodeProto node(String operator, String input, String output) {
    return NodeProto.newBuilder().setOpType(operator).addInput(input).addOutput(output).build();
  }
}
