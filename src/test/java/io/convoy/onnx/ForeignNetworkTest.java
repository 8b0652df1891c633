package io.convoy.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.network.FineTuning;
import io.convoy.network.Network;
import io.convoy.network.Shape;
import io.convoy.onednn.OneDnnNetwork;
import io.convoy.onnx.OnnxFiles.Normalizations;
import io.convoy.onnx.OnnxFiles.Numbers;
import io.convoy.onnx.OnnxFiles.Way;
import io.convoy.onnx.OnnxFiles.Weights;
import io.convoy.onnx.SmallNetworks.Head;
import io.convoy.onnx.SmallNetworks.Small;
import io.convoy.settings.Architecture;
import io.convoy.settings.Base;
import io.convoy.settings.Loss;
import io.convoy.settings.Optimizer;
import io.convoy.settings.Precision;
import io.convoy.settings.Recipe;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import onnx.Onnx.ModelProto;
import onnx.Onnx.TensorProto;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Networks of other tools, against onnxruntime. */
class ForeignNetworkTest {
  static final int HEIGHT = 38;
  static final int WIDTH = 45;
  private static final int IMAGES = 5;
  private static final double ERROR = 1e-4;

  static Stream<Named<Small>> networks() {
    Way old = new Way(7, Numbers.LISTED, Weights.INITIALIZERS_AMONG_INPUTS, Normalizations.KEPT);
    Way nodes = new Way(11, Numbers.RAW, Weights.CONSTANT_NODES, Normalizations.KEPT);
    Way shared = new Way(18, Numbers.RAW, Weights.IDENTITIES, Normalizations.KEPT);
    Way torch = Way.TORCH;
    return Stream.of(
        Named.of("ResNet-18", SmallNetworks.resnet18(torch, Head.GEMM, HEIGHT, WIDTH)),
        Named.of("ResNet-18 of opset 7", SmallNetworks.resnet18(old, Head.GEMM, 0, 0)),
        Named.of(
            "ResNet-18 by a view",
            SmallNetworks.resnet18(nodes, Head.RESHAPED_BY_ITS_SHAPE, HEIGHT, WIDTH)),
        Named.of("ResNet-50", SmallNetworks.resnet50(torch, Head.RESHAPED, 1, 0, 0)),
        Named.of("ResNet-50 by a mean", SmallNetworks.resnet50(shared, Head.MEAN, 1, 0, 0)),
        Named.of("ResNeXt", SmallNetworks.resnet50(nodes, Head.MATMUL_AND_ADD, 4, 0, 0)),
        Named.of("ResNet-18 v2", SmallNetworks.resnet18v2(old, Head.RESHAPED, 0, 0)),
        Named.of("ResNet-18 v2 by a mean", SmallNetworks.resnet18v2(nodes, Head.MEAN, 0, 0)),
        Named.of("MobileNetV2", SmallNetworks.mobilenet(torch, Head.GEMM, HEIGHT, WIDTH)),
        Named.of("MobileNetV2 of opset 7", SmallNetworks.mobilenet(old, Head.CONVOLUTION, 0, 0)),
        Named.of("MobileNetV2, not folded", SmallNetworks.mobilenet(shared, Head.MEAN, 0, 0)),
        Named.of("EfficientNet", SmallNetworks.efficientnet(torch, Head.GEMM, HEIGHT, WIDTH)),
        Named.of("EfficientNet, not folded", SmallNetworks.efficientnet(shared, Head.MEAN, 0, 0)),
        Named.of("VGG", SmallNetworks.vgg(torch, HEIGHT, WIDTH)),
        Named.of("VGG with normalisations", SmallNetworks.vgg(nodes, HEIGHT, WIDTH)),
        Named.of("uneven padding", SmallNetworks.uneven(torch, HEIGHT, WIDTH)),
        Named.of("what is odd", SmallNetworks.odd(torch, HEIGHT, WIDTH)),
        Named.of("what is odd, of opset 7", SmallNetworks.odd(old, HEIGHT, WIDTH)));
  }

  private static Base.Onnx base(String freeze) {
    return new Base.Onnx(
        "network.onnx", Base.ALL, freeze, Base.Onnx.IMAGENET_MEAN, Base.Onnx.IMAGENET_DEVIATION);
  }

  private static float[] expected(Small small) {
    return Runtime.output(
        small.model(), small.features(), normalized().data().asFloat(), IMAGES, HEIGHT, WIDTH);
  }

  @ParameterizedTest
  @MethodSource("networks")
  void theFeaturesOfDl4jsLayersAreThoseOfOnnxruntime(Small small) {
    float[] features =
        small.read(base("0"), HEIGHT, WIDTH).output(planes()).dup('c').data().asFloat();
    assertArrayEquals(expected(small), features, (float) ERROR);
  }

  @ParameterizedTest
  @MethodSource("networks")
  void thePredictionOfATunedNetworkIsThatOfItsHeadOnOnnxruntimesFeatures(Small small) {
    float[] features = expected(small);
    Network tuned = tuned(small, "0");
    double[] expected = head(tuned, features);

    assertArrayEquals(expected, tuned.output(planes()).reshape(-1).toDoubleVector(), ERROR);
    Shape image = new Shape(3, HEIGHT, WIDTH);
    boolean merges =
        tuned.configuration().nodes().stream()
            .anyMatch(node -> node.vertex().orElse(null) instanceof MergeVertex);
    assertEquals(!merges, OneDnnNetwork.computes(tuned.configuration(), image));
    if (!merges) {
      try (OneDnnNetwork passes =
          OneDnnNetwork.toPredict(
              tuned.configuration(), image, tuned.parameters(), 1, Precision.FLOAT32)) {
        assertArrayEquals(expected, passes.output(pixels()).reshape(-1).toDoubleVector(), ERROR);
        assertTrue(
            passes.kernels().stream().noneMatch(kernel -> kernel.contains(" ref")),
            passes.kernels().toString());
      }
    }
  }

  /** Nodes of a swish and of a squeeze and excitation, each with what comes before it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "features.0.sigmoid",
        "features.1.avgpool",
        "features.1.fc1.0",
        "features.1.scale",
        "features.1.excited"
      })
  void ofAPatternAPartMayBeKept(String keep) {
    Small whole = SmallNetworks.efficientnet(Way.TORCH, Head.GEMM, HEIGHT, WIDTH);
    ModelProto model =
        whole.model().toBuilder()
            .setGraph(
                whole.model().getGraph().toBuilder()
                    .addOutput(OnnxFiles.image(keep + "_out", TensorProto.DataType.FLOAT)))
            .build();
    Base.Onnx base =
        new Base.Onnx(
            "network.onnx", keep, "0", Base.Onnx.IMAGENET_MEAN, Base.Onnx.IMAGENET_DEVIATION);
    assertArrayEquals(
        expected(new Small(keep + "_out", model)),
        whole.read(base, HEIGHT, WIDTH).output(planes()).dup('c').data().asFloat(),
        (float) ERROR);
  }

  static Network tuned(Small small, String freeze) {
    Architecture architecture =
        new Architecture(
            "mine",
            base(freeze),
            List.of(),
            Loss.CROSS_ENTROPY,
            new Optimizer.Sgd(0.1),
            2,
            1,
            Recipe.PLAIN);
    return FineTuning.network(
        architecture, small.read(base(freeze), HEIGHT, WIDTH), 2, HEIGHT, WIDTH, 3);
  }

  /** The last parameters are those of the new output: weights, then the bias. */
  private static double[] head(Network tuned, float[] features) {
    int inputs = features.length / IMAGES;
    double[] all = tuned.parameters().toDoubleVector();
    int first = all.length - inputs - 1;
    double[] outputs = new double[IMAGES];
    for (int image = 0; image < IMAGES; image++) {
      double sum = all[all.length - 1];
      for (int i = 0; i < inputs; i++) {
        sum += all[first + i] * features[image * inputs + i];
      }
      outputs[image] = 1 / (1 + Math.exp(-sum));
    }
    return outputs;
  }

  private static INDArray pixels() {
    Random random = new Random(IMAGES);
    INDArray pixels = Nd4j.createUninitialized(DataType.UINT8, IMAGES, HEIGHT, WIDTH, 3);
    for (long i = 0; i < pixels.length(); i++) {
      pixels.data().put(i, random.nextInt(256));
    }
    return pixels;
  }

  private static INDArray planes() {
    return pixels().castTo(DataType.FLOAT).div(255).permute(0, 3, 1, 2).dup('c');
  }

  private static INDArray normalized() {
    INDArray mean = Nd4j.createFromArray(0.485f, 0.456f, 0.406f).reshape(1, 3, 1, 1);
    INDArray deviation = Nd4j.createFromArray(0.229f, 0.224f, 0.225f).reshape(1, 3, 1, 1);
    return planes().sub(mean).div(deviation).dup('c');
  }
}
