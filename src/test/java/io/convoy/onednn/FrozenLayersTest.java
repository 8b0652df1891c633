package io.convoy.onednn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.network.FineTuning;
import io.convoy.network.GraphNetwork;
import io.convoy.network.LayersNetwork;
import io.convoy.network.Network;
import io.convoy.network.NetworkBuilder;
import io.convoy.network.NetworkNode;
import io.convoy.network.Shape;
import io.convoy.onnx.OnnxFiles.Normalizations;
import io.convoy.onnx.OnnxFiles.Numbers;
import io.convoy.onnx.OnnxFiles.Way;
import io.convoy.onnx.OnnxFiles.Weights;
import io.convoy.onnx.SmallNetworks;
import io.convoy.onnx.SmallNetworks.Head;
import io.convoy.onnx.SmallNetworks.Small;
import io.convoy.settings.Activation;
import io.convoy.settings.Architecture;
import io.convoy.settings.Base;
import io.convoy.settings.Layer;
import io.convoy.settings.Loss;
import io.convoy.settings.Optimizer;
import io.convoy.settings.Padding;
import io.convoy.settings.PoolingKind;
import io.convoy.settings.Precision;
import io.convoy.settings.Recipe;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The passes of networks with frozen layers, and of those in ONNX files, against DL4J's layers in
 * double precision.
 */
class FrozenLayersTest {
  private static final int HEIGHT = 12;
  private static final int WIDTH = 10;
  private static final int IMAGES = 7;
  private static final double FLOAT_ERROR = 2e-5;
  private static final Way KEPT =
      new Way(11, Numbers.RAW, Weights.INITIALIZERS, Normalizations.KEPT);
  private static final Shape IMAGE = new Shape(3, HEIGHT, WIDTH);

  static Stream<Named<Network>> networks() {
    List<Layer> plain = List.of(conv(6, 1), pool(), conv(5, 1), dense(8), dense(4));
    List<Layer> normalized =
        List.of(linear(6), norm(Activation.RELU), pool(), linear(5), norm(Activation.TANH));
    List<Layer> residual =
        List.of(
            linear(6),
            norm(Activation.RELU),
            new Layer.Residual(
                List.of(linear(6), norm(Activation.RELU), linear(6), norm(Activation.IDENTITY)),
                Activation.RELU),
            new Layer.Residual(List.of(linear(8), norm(Activation.IDENTITY)), Activation.RELU),
            new Layer.GlobalPooling(PoolingKind.AVERAGE));
    List<Layer> byLayers =
        List.of(
            linear(6),
            new Layer.LayerNormalization(1e-3, Activation.RELU),
            new Layer.Residual(
                List.of(linear(6), new Layer.LayerNormalization(1e-3, Activation.IDENTITY)),
                Activation.RELU),
            new Layer.GlobalPooling(PoolingKind.AVERAGE));
    return Stream.of(
        tuned("a convolution before a layer normalisation", byLayers, "all", "1-1"),
        tuned("a part of a layer normalisation", byLayers, "all", "2-mean-1"),
        tuned("a layer normalisation", byLayers, "all", "2-2", dense(4)),
        tuned("two layer normalisations", byLayers, "all", "all", dense(4)),
        tuned("no layer normalisation", byLayers, "all", "0"),
        tuned("first convolution", plain, "all", "1"),
        tuned("convolution and pooling", plain, "all", "2"),
        tuned("all feature maps", plain, "all", "3"),
        tuned("a dense layer too", plain, "all", "4"),
        tuned("all but the output", plain, "all", "all"),
        tuned("all behind a cut, dropout in the head", plain, "2", "all", dense(5)),
        tuned("a convolution before a trained normalisation", normalized, "all", "1"),
        tuned("a normalisation", normalized, "all", "3"),
        tuned("two normalisations", normalized, "all", "all", dense(4)),
        tuned("the stem of residual blocks", residual, "all", "1-1"),
        tuned("up to a residual block", residual, "all", "2-2"),
        tuned("within a branch", residual, "all", "3.2-2"),
        tuned("one side of a sum", residual, "all", "4.2-1"),
        tuned("a residual block", residual, "all", "3-activation"),
        tuned("all of a graph", residual, "all", "all", dense(4)),
        whitened("a whitening", conv(5, 1), pool(), dense(4)),
        whitened(
            "a whitening before residual blocks",
            linear(6),
            norm(Activation.RELU),
            new Layer.Residual(List.of(linear(8), norm(Activation.IDENTITY)), Activation.RELU),
            new Layer.GlobalPooling(PoolingKind.AVERAGE)),
        foreign("ResNet-18", SmallNetworks.resnet18(KEPT, Head.GEMM, 0, 0), "0"),
        foreign("ResNet-50", SmallNetworks.resnet50(KEPT, Head.MEAN, 1, 0, 0), "layer1.0.relu1"),
        foreign("ResNet-18 v2", SmallNetworks.resnet18v2(KEPT, Head.GEMM, 0, 0), "0"),
        foreign("MobileNetV2", SmallNetworks.mobilenet(KEPT, Head.GEMM, 0, 0), "0"),
        foreign("MobileNetV2, folded", SmallNetworks.mobilenet(Way.TORCH, Head.GEMM, 0, 0), "0"),
        foreign("VGG", SmallNetworks.vgg(Way.TORCH, HEIGHT, WIDTH), "conv1_1"),
        foreign("uneven padding, means of it", SmallNetworks.uneven(KEPT, HEIGHT, WIDTH), "0"));
  }

  private static Named<Network> foreign(String name, Small small, String freeze) {
    Base.Onnx base =
        new Base.Onnx(
            "a.onnx", "all", freeze, Base.Onnx.IMAGENET_MEAN, Base.Onnx.IMAGENET_DEVIATION);
    Architecture architecture =
        new Architecture(
            "tuned",
            base,
            List.of(),
            Loss.CROSS_ENTROPY,
            new Optimizer.Sgd(1),
            IMAGES,
            1,
            Recipe.PLAIN);
    Network saved = small.read(base, HEIGHT, WIDTH);
    return Named.of(name, FineTuning.network(architecture, saved, 2, HEIGHT, WIDTH, 7));
  }

  private static Named<Network> whitened(String name, Layer... behind) {
    List<Layer> layers =
        Stream.concat(Stream.of(new Layer.Whitening(3, 2, 1, 1)), Stream.of(behind)).toList();
    Network network =
        NetworkBuilder.configuration(
                new Architecture(
                    "net", layers, Loss.CROSS_ENTROPY, new Optimizer.Sgd(1), IMAGES, 1),
                2,
                HEIGHT,
                WIDTH,
                5)
            .initialized();
    return Named.of(name, network);
  }

  private static Named<Network> tuned(
      String name, List<Layer> saved, String keep, String freeze, Layer... head) {
    Optimizer optimizer = new Optimizer.Sgd(1);
    Network network =
        NetworkBuilder.configuration(
                new Architecture("saved", saved, Loss.MSE, optimizer, IMAGES, 1),
                2,
                HEIGHT,
                WIDTH,
                5)
            .initialized();
    shift(network);
    Architecture architecture =
        new Architecture(
            "tuned",
            new Base.Saved("saved", keep, freeze),
            List.of(head),
            Loss.CROSS_ENTROPY,
            optimizer,
            IMAGES,
            1,
            Recipe.PLAIN);
    Network tuned = FineTuning.network(architecture, network, 2, HEIGHT, WIDTH, 7);
    return Named.of(name, tuned);
  }

  /** Biases that are not 0, and statistics that are not those of any minibatch. */
  private static void shift(Network network) {
    INDArray parameters = network.parameters();
    Random random = new Random(3);
    long i = 0;
    for (NetworkNode node : network.configuration().nodes()) {
      for (long end = i + node.parameters(); i < end; i++) {
        double shift = node.isFrozen() ? 0 : random.nextDouble() / 10;
        parameters.putScalar(i, parameters.getDouble(i) + shift);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void theGradientOfTheTrainedLayersIsThatOfTheReference(Network network) {
    INDArray gradient = Nd4j.valueArrayOf(network.parameters().shape(), Float.NaN, DataType.FLOAT);
    double loss;
    try (OneDnnNetwork passes =
        OneDnnNetwork.toTrain(
            network.configuration(), IMAGE, network.parameters(), gradient, 2, Precision.FLOAT32)) {
      loss = passes.gradient(pixels(), labels(), 1);
    }

    Network reference = inDoubles(network);
    assertEquals(
        reference.computeGradient(planes(), labels().castTo(DataType.DOUBLE)), loss, FLOAT_ERROR);
    double[] expected = reference.gradient().toDoubleVector();
    double[] actual = gradient.toDoubleVector();
    double largest = reference.gradient().amaxNumber().doubleValue();
    int at = 0;
    int compared = 0;
    for (NetworkNode node : network.configuration().nodes()) {
      int end = at + (int) node.parameters();
      for (; at < end; at++) {
        if (node.isFrozen()) {
          assertTrue(Double.isNaN(actual[at]), node.name());
        } else {
          compared++;
          // DL4J sums over the images, but takes running statistics as they are.
          double mean = isStatistic(node, end - at) ? expected[at] : expected[at] / IMAGES;
          assertEquals(mean, actual[at], FLOAT_ERROR * largest, node.name());
        }
      }
    }
    assertTrue(compared > 0);
  }

  private static boolean isStatistic(NetworkNode node, int left) {
    return node.layer().orElse(null)
            instanceof org.deeplearning4j.nn.conf.layers.BatchNormalization norm
        && left <= 2 * norm.getNOut();
  }

  @ParameterizedTest
  @MethodSource("networks")
  void theOutputIsThatOfTheReference(Network network) {
    INDArray output = inDoubles(network).output(planes());
    try (OneDnnNetwork passes =
        OneDnnNetwork.toPredict(
            network.configuration(), IMAGE, network.parameters(), 1, Precision.FLOAT32)) {
      assertArrayEquals(
          output.ravel().toDoubleVector(),
          passes.output(pixels()).ravel().toDoubleVector(),
          FLOAT_ERROR);
    }
  }

  private static Network inDoubles(Network network) {
    return network instanceof LayersNetwork layers
        ? new LayersNetwork(layers.dl4j().convertDataType(DataType.DOUBLE))
        : new GraphNetwork(((GraphNetwork) network).dl4j().convertDataType(DataType.DOUBLE));
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
    return pixels().castTo(DataType.DOUBLE).div(255).permute(0, 3, 1, 2).dup('c');
  }

  private static INDArray labels() {
    float[] labels = new float[IMAGES];
    for (int i = 0; i < IMAGES; i++) {
      labels[i] = i % 3 == 0 ? 1 : 0;
    }
    return Nd4j.create(labels, new long[] {IMAGES, 1}, 'c');
  }

  private static Layer conv(int filters, int stride) {
    return new Layer.Convolution(filters, 3, 3, stride, stride, Padding.NONE, Activation.RELU);
  }

  private static Layer linear(int filters) {
    return new Layer.Convolution(filters, 3, 3, 1, 1, Padding.SAME, Activation.IDENTITY);
  }

  private static Layer norm(Activation activation) {
    return new Layer.BatchNormalization(0.9, activation);
  }

  private static Layer pool() {
    return new Layer.Pooling(PoolingKind.MAX, 2, 2, 2, 2);
  }

  private static Layer dense(int units) {
    return new Layer.Dense(units, Activation.RELU);
  }
}
