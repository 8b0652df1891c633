package io.convoy.onnx;

import io.convoy.failure.UserException;
import io.convoy.image.ImageSize;
import io.convoy.image.MirroredView;
import io.convoy.image.Rgb;
import io.convoy.modelfile.ModelCard;
import io.convoy.modelfile.ModelFile;
import io.convoy.network.Network;
import io.convoy.settings.ExportSettings;
import io.convoy.settings.TestTimeAugmentation;
import io.convoy.storage.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.OperatorSetIdProto;
import onnx.Onnx.StringStringEntryProto;
import onnx.Onnx.TensorProto;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A trained network as ONNX (IR version {@value #IR_VERSION}, opset {@value #OPSET}), with all that
 * {@code predict} does after a photo is decoded and squeezed: scaling, test-time augmentation, and
 * temperature.
 *
 * <p>Input: {@code images}, uint8 [N, height, width, 3], RGB, rows from the top. Output: {@code
 * probabilities}, float32 [N, classes], in the order of the classes, also of two; where it is
 * wanted {@code features}, float32 [N, n], what goes into the last layer, of test-time augmentation
 * the mean. The metadata say the rest; see {@link #metadata}.
 */
public final class OnnxModel {
  /** The versions that ONNX 1.12 (2022) brought. */
  public static final int IR_VERSION = 8;

  /** Of ONNX's own operators; see {@link #IR_VERSION}. */
  public static final int OPSET = 17;

  /** The name of the input. */
  public static final String IMAGES = "images";

  /** The name of the output. */
  public static final String PROBABILITIES = "probabilities";

  /** The name of the further output. */
  public static final String FEATURES = "features";

  private static final String PLACE = "image";
  private static final String ANSWER = "answer";
  private static final float WHITE = 255;

  private final ModelProto model;

  private OnnxModel(ModelProto model) {
    this.model = model;
  }

  /**
   * Translates a network.
   *
   * @throws UserException if a layer has no counterpart, which only those of other programs have
   *     not
   */
  public static OnnxModel of(ModelFile.Loaded loaded, ExportSettings settings) {
    ModelCard card = loaded.card();
    ModelProto.Builder model =
        ModelProto.newBuilder()
            .setIrVersion(IR_VERSION)
            .setProducerName("convoy")
            .setProducerVersion(card.convoyVersion())
            .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET))
            .setGraph(graph(card, loaded.network(), settings));
    metadata(card)
        .forEach(
            (key, value) ->
                model.addMetadataProps(
                    StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
    return new OnnxModel(model.build());
  }

  /** What must be known beside the numbers. */
  private static Map<String, String> metadata(ModelCard card) {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("architecture", card.architecture());
    metadata.put("classes", new String(Json.write(card.classes()), StandardCharsets.UTF_8).strip());
    if (card.classes().size() == 2) {
      metadata.put("threshold", Double.toString(card.threshold()));
    }
    metadata.put("height", Integer.toString(card.height()));
    metadata.put("width", Integer.toString(card.width()));
    metadata.put("pixels", card.pixels());
    metadata.put("temperature", Double.toString(card.temperature()));
    metadata.put("dataset_content_hash", card.datasetContentHash());
    metadata.put("convoy_version", card.convoyVersion());
    return metadata;
  }

  private static GraphProto graph(ModelCard card, Network network, ExportSettings settings) {
    OnnxGraph graph = new OnnxGraph();
    String planes = planes(graph, card);
    InputType type = InputType.convolutional(card.height(), card.width(), Rgb.CHANNELS);
    OnnxLayers.Answer answer =
        new OnnxLayers(graph, network, settings.normalizations()).write(planes, type);
    int classes = card.classes().size();
    String ofClasses = classes == 2 ? both(graph, answer.output()) : answer.output();
    String probabilities = mean(graph, card, ofClasses, classes);
    graph.output(PROBABILITIES, tempered(graph, card, probabilities), classes);
    switch (settings.outputs()) {
      case PROBABILITIES -> {}
      case PROBABILITIES_AND_FEATURES ->
          graph.output(
              FEATURES, mean(graph, card, answer.features(), answer.width()), answer.width());
    }
    return graph.build(card.architecture());
  }

  /** The images as planes of 0 to 1; with the second views behind them, where these count. */
  private static String planes(OnnxGraph graph, ModelCard card) {
    String images =
        graph.input(IMAGES, TensorProto.DataType.UINT8, card.height(), card.width(), Rgb.CHANNELS);
    String numbers =
        graph.node(
            PLACE,
            "Cast",
            List.of(images),
            OnnxGraph.integer("to", TensorProto.DataType.FLOAT.getNumber()));
    String scaled =
        graph.node(PLACE, "Div", List.of(numbers, graph.constant(PLACE + "/white", WHITE)));
    String planes =
        graph.node(PLACE, "Transpose", List.of(scaled), OnnxGraph.integers("perm", 0, 3, 1, 2));
    return switch (card.testTimeAugmentation()) {
      case NONE -> planes;
      case MIRROR -> {
        String mirrored =
            graph.node(
                PLACE,
                "Slice",
                List.of(
                    planes,
                    graph.constant(PLACE + "/last", -1L),
                    graph.constant(PLACE + "/before-first", Long.MIN_VALUE + 1),
                    graph.constant(PLACE + "/columns", 3L),
                    graph.constant(PLACE + "/backwards", -1L)));
        yield graph.node(PLACE, "Concat", List.of(planes, mirrored), OnnxGraph.integer("axis", 0));
      }
      case MIRROR_CROP ->
          graph.node(
              PLACE,
              "Concat",
              List.of(planes, mirroredCrop(graph, card, numbers)),
              OnnxGraph.integer("axis", 0));
    };
  }

  /** From numbers of 0 to 255, as the rounding is one of these. */
  private static String mirroredCrop(OnnxGraph graph, ModelCard card, String numbers) {
    MirroredView view =
        new MirroredView(new ImageSize(card.height(), card.width()), TestTimeAugmentation.CROP);
    INDArray rows = Nd4j.createFromArray(view.rowShares());
    INDArray columns = Nd4j.createFromArray(view.columnShares()).transpose().dup('c');
    String planes =
        graph.node(PLACE, "Transpose", List.of(numbers), OnnxGraph.integers("perm", 0, 3, 1, 2));
    String high =
        graph.node(
            PLACE, "MatMul", List.of(graph.constant(PLACE + "/rows", rows, rows.shape()), planes));
    String wide =
        graph.node(
            PLACE,
            "MatMul",
            List.of(high, graph.constant(PLACE + "/columns", columns, columns.shape())));
    String rounded = graph.node(PLACE, "Round", List.of(wide));
    return graph.node(PLACE, "Div", List.of(rounded, graph.constant(PLACE + "/view-white", WHITE)));
  }

  /** Of two classes, whose network gives the probability of the second alone. */
  private static String both(OnnxGraph graph, String second) {
    String first = graph.node(ANSWER, "Sub", List.of(graph.constant(ANSWER + "/one", 1f), second));
    return graph.node(ANSWER, "Concat", List.of(first, second), OnnxGraph.integer("axis", 1));
  }

  /** Of what the network says of an image and of its second view. */
  private static String mean(OnnxGraph graph, ModelCard card, String value, long width) {
    if (card.testTimeAugmentation() == TestTimeAugmentation.NONE) {
      return value;
    }
    String pairs =
        graph.node(
            ANSWER, "Reshape", List.of(value, graph.constant(ANSWER + "/pairs", 2L, -1L, width)));
    return graph.node(
        ANSWER,
        "ReduceMean",
        List.of(pairs),
        OnnxGraph.integers("axes", 0),
        OnnxGraph.integer("keepdims", 0));
  }

  private static String tempered(OnnxGraph graph, ModelCard card, String probabilities) {
    if (card.temperature() == 1) {
      return probabilities;
    }
    String greatest =
        graph.node(
            ANSWER,
            "ReduceMax",
            List.of(probabilities),
            OnnxGraph.integers("axes", 1),
            OnnxGraph.integer("keepdims", 1));
    String relative = graph.node(ANSWER, "Div", List.of(probabilities, greatest));
    float power = (float) (1 / card.temperature());
    String powers =
        graph.node(ANSWER, "Pow", List.of(relative, graph.constant(ANSWER + "/inverse", power)));
    String sum =
        graph.node(
            ANSWER,
            "ReduceSum",
            List.of(powers, graph.constant(ANSWER + "/classes", 1L)),
            OnnxGraph.integer("keepdims", 1));
    return graph.node(ANSWER, "Div", List.of(powers, sum));
  }

  /** Writes the file. */
  public void writeTo(OutputStream out) throws IOException {
    model.writeTo(out);
  }
}
