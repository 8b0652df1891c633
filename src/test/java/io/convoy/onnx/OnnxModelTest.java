package io.convoy.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxTensorLike;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.convoy.engine.Predictor;
import io.convoy.evaluate.Predictions;
import io.convoy.evaluate.Temperature;
import io.convoy.failure.UserException;
import io.convoy.image.Rgb;
import io.convoy.modelfile.ModelCard;
import io.convoy.modelfile.ModelFile;
import io.convoy.network.Network;
import io.convoy.network.NetworkBuilder;
import io.convoy.network.NetworkNode;
import io.convoy.network.Shape;
import io.convoy.settings.Architecture;
import io.convoy.settings.Base;
import io.convoy.settings.ConfFile;
import io.convoy.settings.ExportSettings;
import io.convoy.settings.ExportSettings.BatchNormalizations;
import io.convoy.settings.ExportSettings.Outputs;
import io.convoy.settings.ImageSettings;
import io.convoy.settings.Precision;
import io.convoy.settings.Settings;
import io.convoy.settings.SettingsLoader;
import io.convoy.settings.TestTimeAugmentation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bytedeco.javacpp.BytePointer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.impl.ActivationCube;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What onnxruntime says of an exported network is what convoy's own prediction says. */
class OnnxModelTest {
  private static final double CLOSE = 1e-5;
  private static final int IMAGES = 256;
  private static final int AT_A_TIME = 32;
  private static final ExportSettings PLAIN =
      new ExportSettings(BatchNormalizations.KEPT, Outputs.PROBABILITIES);
  private static final ExportSettings FOLDED =
      new ExportSettings(BatchNormalizations.FOLDED, Outputs.PROBABILITIES_AND_FEATURES);

  /** Each architecture of the conf files, of two classes and of more. */
  static Stream<Arguments> architectures() throws IOException {
    List<Arguments> all = new ArrayList<>();
    try (Stream<Path> files = Files.list(Path.of("conf"))) {
      for (Path conf : files.filter(file -> file.toString().endsWith(".conf")).sorted().toList()) {
        String name = conf.getFileName().toString();
        ConfFile file = new ConfFile(name, Files.readString(conf));
        Settings settings =
            new SettingsLoader()
                .load(ConfFile.withBases(List.of(name), path -> Optional.of(file.text())), Map.of())
                .settings();
        for (Architecture architecture : settings.architectures()) {
          if (architecture.base().pretrained().isEmpty()) {
            all.add(Arguments.of(name, architecture.name(), architecture, settings.images()));
          }
        }
      }
    }
    return all.stream();
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("architectures")
  void itSaysTheSameOfEachArchitectureOfTheConfFiles(
      String conf, String name, Architecture architecture, ImageSettings images)
      throws OrtException, IOException {
    int classes = conf.equals("cifar.conf") || conf.equals("photos.conf") ? 10 : 2;
    ModelFile.Loaded model =
        model(architecture, classes, images.height(), images.width(), classes == 2 ? 1.7 : 0.6);

    requireSame(model, PLAIN);
  }

  private static ModelFile.Loaded model(
      Architecture architecture, int classes, int height, int width, double temperature) {
    Network network =
        NetworkBuilder.configuration(architecture, classes, height, width, 7).initialized();
    return new ModelFile.Loaded(
        card(architecture, classes, height, width, temperature), lively(network));
  }

  private static ModelCard card(
      Architecture architecture, int classes, int height, int width, double temperature) {
    return ModelCard.of(
        architecture.name(),
        IntStream.range(0, classes).mapToObj(label -> "class " + label).toList(),
        height,
        width,
        0.4,
        "hash",
        "0.1",
        "",
        architecture.recipe().testTime(),
        temperature);
  }

  /** Statistics, scales and biases that are not those of the beginning. */
  private static Network lively(Network network) {
    Nd4j.getRandom().setSeed(11);
    for (NetworkNode node : network.configuration().nodes()) {
      if (node.parameters() == 0 || node.isFrozen()) {
        continue;
      }
      Map<String, INDArray> numbers = network.layer(node).paramTable(false);
      if (node.layer().orElseThrow() instanceof BatchNormalization) {
        numbers.get("mean").assign(Nd4j.randn(numbers.get("mean").shape()).muli(0.2));
        numbers.get("var").assign(Nd4j.rand(numbers.get("var").shape()).addi(0.5));
        numbers.get("gamma").assign(Nd4j.rand(numbers.get("gamma").shape()).addi(0.5));
        numbers.get("beta").assign(Nd4j.randn(numbers.get("beta").shape()).muli(0.3));
      } else if (numbers.containsKey("b")) {
        INDArray bias = numbers.get("b");
        bias.assign(Nd4j.randn(bias.shape()).muli(0.1));
      }
    }
    return network;
  }

  private static void requireSame(ModelFile.Loaded model, ExportSettings settings)
      throws OrtException, IOException {
    byte[] file = file(model, settings);
    ModelCard card = model.card();
    Random random = new Random(3);
    Shape shape = new Shape(Rgb.CHANNELS, card.height(), card.width());
    int outputs = Predictions.outputs(card.classes().size());
    try (Predictor predictor =
            Predictor.of(model.network(), shape, 1, Precision.FLOAT32, card.testTimeAugmentation())
                .scaledBy(new Temperature(card.temperature()));
        OrtSession session = OrtEnvironment.getEnvironment().createSession(file)) {
      for (int done = 0; done < IMAGES; done += AT_A_TIME) {
        byte[] pixels = images(random, AT_A_TIME, card.height(), card.width());
        INDArray own = predictor.output(array(pixels, card));
        float[][] other = run(session, pixels, card, OnnxModel.PROBABILITIES);
        for (int image = 0; image < AT_A_TIME; image++) {
          float[] ofImage = own.getRow(image).dup('c').data().asFloat();
          assertEquals(outputs, ofImage.length);
          for (int label = 0; label < card.classes().size(); label++) {
            assertEquals(
                Predictions.probability(ofImage, label),
                other[image][label],
                CLOSE,
                "image " + (done + image) + ", class " + label);
          }
        }
      }
    }
  }

  private static byte[] file(ModelFile.Loaded model, ExportSettings settings) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    OnnxModel.of(model, settings).writeTo(file);
    return file.toByteArray();
  }

  /** Bright and dark areas, as photos have, with noise over them. */
  private static byte[] images(Random random, int images, int height, int width) {
    byte[] pixels = new byte[images * height * width * Rgb.CHANNELS];
    int at = 0;
    for (int image = 0; image < images; image++) {
      double across = random.nextDouble() * 6;
      double down = random.nextDouble() * 6;
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          double wave = Math.sin(across * x / width + down * y / height + image);
          for (int channel = 0; channel < Rgb.CHANNELS; channel++) {
            double value =
                128 + 90 * wave * Math.cos(channel + across) + 12 * random.nextGaussian();
            pixels[at++] = (byte) Math.max(0, Math.min(255, Math.round(value)));
          }
        }
      }
    }
    return pixels;
  }

  private static INDArray array(byte[] pixels, ModelCard card) {
    INDArray array =
        Nd4j.createUninitialized(
            DataType.UINT8,
            pixels.length / (card.height() * card.width() * Rgb.CHANNELS),
            card.height(),
            card.width(),
            Rgb.CHANNELS);
    new BytePointer(array.data().addressPointer()).put(pixels, 0, pixels.length);
    return array;
  }

  private static float[][] run(OrtSession session, byte[] pixels, ModelCard card, String output)
      throws OrtException {
    long images = pixels.length / ((long) card.height() * card.width() * Rgb.CHANNELS);
    long[] shape = {images, card.height(), card.width(), Rgb.CHANNELS};
    ByteBuffer buffer = ByteBuffer.allocateDirect(pixels.length).put(pixels).rewind();
    try (OnnxTensor tensor =
            OnnxTensor.createTensor(
                OrtEnvironment.getEnvironment(), buffer, shape, OnnxJavaType.UINT8);
        OrtSession.Result result =
            session.run(Map.<String, OnnxTensorLike>of(OnnxModel.IMAGES, tensor))) {
      return (float[][]) result.get(output).orElseThrow().getValue();
    }
  }

  private static ModelFile.Loaded ofLayers(int classes, String layers) {
    String conf =
        "architectures.net { loss = cross-entropy, batch = 8, epochs = 1,"
            + " optimizer { name = sgd, learning-rate = 0.1 }, layers = ["
            + layers
            + "] }";
    Architecture architecture =
        new SettingsLoader().load(conf, "test", Map.of()).settings().architectures().get(0);
    return model(architecture, classes, 33, 26, 1);
  }

  /** Odd sizes, so that zeros around an image are not the same on both sides. */
  @ParameterizedTest
  @MethodSource("layers")
  void itSaysTheSameOfEachLayerAndActivation(String layers) throws OrtException, IOException {
    requireSame(ofLayers(3, layers), PLAIN);
    requireSame(ofLayers(3, layers), FOLDED);
  }

  static Stream<String> layers() {
    return Stream.of(
        "{ conv = 5, kernel = [4, 3], stride = [2, 3], padding = same, activation = tanh }",
        "{ conv = 5, kernel = 2, activation = leaky-relu }, { pool = average, kernel = 3, stride = 2 }",
        "{ conv = 5, kernel = 3, stride = 2, activation = elu }, { dense = 7, activation = sigmoid }",
        "{ separable-conv = 6, kernel = 3, stride = 2, padding = same }, { pool = max, kernel = 2 }",
        "{ separable-conv = 6, kernel = 4, activation = identity }, { batch-norm = 0.9 },"
            + " { global-pool = max }, { dropout = 0.3 }, { dense = 4, activation = tanh }",
        "{ conv = 6, kernel = 3, stride = 2, activation = swish }, { depthwise-conv = 3, stride = 2,"
            + " padding = same, activation = identity }, { batch-norm = 0.9, activation = gelu },"
            + " { global-pool = average }, { dense = 5, activation = gelu }",
        "{ batch-norm = 0.9, activation = elu }, { conv = 4, kernel = 3, activation = identity },"
            + " { batch-norm = 0.5, activation = leaky-relu }, { global-pool = average }",
        "{ conv = 4, kernel = 3, padding = same, activation = identity }, { batch-norm = 0.9 },"
            + " { residual = [ { conv = 8, kernel = 3, stride = 2, padding = same, activation = identity },"
            + " { batch-norm = 0.9 }, { conv = 8, kernel = 3, padding = same, activation = identity },"
            + " { batch-norm = 0.9, activation = identity } ], activation = leaky-relu },"
            + " { residual = [ { conv = 8, kernel = 3, padding = same } ] }, { dense = 6 }",
        "{ layer-norm = 1e-3 }, { conv = 5, kernel = 3, activation = tanh }, { layer-norm = 1e-6, activation ="
            + " identity }, { batch-norm = 0.9 }, { residual = [ { layer-norm = 1e-6, activation = gelu } ] }",
        "{ conv = 6, kernel = 3, stride = 2 }, { grouped-conv = 4, groups = 2, kernel = 3, stride = 2,"
            + " padding = same, activation = identity }, { batch-norm = 0.9 }, { grouped-conv = 8,"
            + " groups = 4, kernel = [2, 3], activation = tanh }, { batch-norm = 0.9 }",
        "");
  }

  /** Networks that began with ONNX files of others, with their heads and their normalised input. */
  @ParameterizedTest
  @MethodSource("io.convoy.onnx.ForeignNetworkTest#networks")
  void itSaysTheSameOfNetworksThatBeganElsewhere(SmallNetworks.Small small)
      throws OrtException, IOException {
    ModelFile.Loaded model =
        new ModelFile.Loaded(
            ModelCard.of(
                "mine",
                List.of("cat", "dog"),
                ForeignNetworkTest.HEIGHT,
                ForeignNetworkTest.WIDTH,
                0.5,
                "hash",
                "0.1",
                "",
                TestTimeAugmentation.NONE,
                1),
            ForeignNetworkTest.tuned(small, Base.ALL));
    requireSame(model, PLAIN);
    requireSame(model, FOLDED);
  }

  @Test
  void foldedNormalizationsAreNoNodesAndTheirNumbersAreInTheWeights()
      throws OrtException, IOException {
    String layers =
        "{ conv = 4, kernel = 3, activation = identity }, { batch-norm = 0.9 }, { dense = 3 }";
    String kept = new String(file(ofLayers(2, layers), PLAIN), StandardCharsets.ISO_8859_1);
    String folded = new String(file(ofLayers(2, layers), FOLDED), StandardCharsets.ISO_8859_1);

    assertTrue(kept.contains("BatchNormalization"));
    assertTrue(!folded.contains("BatchNormalization"));
    requireSame(ofLayers(2, layers), FOLDED);
  }

  @Test
  void theFeaturesAreWhatTheLastLayerReads() throws OrtException, IOException {
    ModelFile.Loaded model = ofLayers(3, "{ conv = 4, kernel = 3 }, { dense = 5 }");
    List<NetworkNode> nodes = model.network().configuration().nodes();
    Map<String, INDArray> last =
        model.network().layer(nodes.get(nodes.size() - 1)).paramTable(false);
    byte[] pixels = images(new Random(1), 4, 33, 26);
    try (OrtSession session = OrtEnvironment.getEnvironment().createSession(file(model, FOLDED))) {
      INDArray features = Nd4j.create(run(session, pixels, model.card(), OnnxModel.FEATURES));
      float[][] probabilities = run(session, pixels, model.card(), OnnxModel.PROBABILITIES);
      INDArray logits = features.mmul(last.get("W")).addiRowVector(last.get("b"));
      for (int image = 0; image < 4; image++) {
        assertEquals(
            logits.getDouble(image, 0) - logits.getDouble(image, 2),
            Math.log(probabilities[image][0] / probabilities[image][2]),
            1e-4);
      }
    }
  }

  @Test
  void theMetadataSayHowToUseIt() throws OrtException, IOException {
    ModelFile.Loaded model = ofLayers(2, "{ dense = 3 }");
    try (OrtSession session = OrtEnvironment.getEnvironment().createSession(file(model, PLAIN))) {
      Map<String, String> metadata = session.getMetadata().getCustomMetadata();
      assertEquals(
          "[\"class 0\",\"class 1\"]",
          metadata.get("classes").replaceAll("\\s*([\\[\\],])\\s*", "$1"));
      assertEquals("0.4", metadata.get("threshold"));
      assertEquals("33", metadata.get("height"));
      assertEquals("26", metadata.get("width"));
      assertEquals("hash", metadata.get("dataset_content_hash"));
      assertEquals("0.1", metadata.get("convoy_version"));
      assertEquals("net", metadata.get("architecture"));
      assertEquals("convoy", session.getMetadata().getProducerName());
    }
  }

  @Test
  void theFileIsTheParametersAndALittleMore() throws IOException {
    ModelFile.Loaded model = ofLayers(3, "{ conv = 24, kernel = 3 }, { dense = 64 }");
    long parameters = model.network().configuration().parameters() * Float.BYTES;
    long bytes = file(model, PLAIN).length;
    assertTrue(bytes > parameters && bytes < parameters + 4096, () -> bytes + " bytes");
  }

  @Test
  void aLayerThatIsNotKnownIsNamed() {
    ModelFile.Loaded model = ofLayers(3, "{ dense = 4 }");
    model
        .network()
        .configuration()
        .nodes()
        .get(0)
        .layer()
        .map(layer -> (BaseLayer) layer)
        .orElseThrow()
        .setActivationFn(new ActivationCube());

    UserException refused = assertThrows(UserException.class, () -> OnnxModel.of(model, PLAIN));
    assertEquals(1, refused.getMessage().lines().count());
    assertTrue(
        refused.getMessage().startsWith("Layer 0 has ActivationCube, "), refused::getMessage);
  }
}
