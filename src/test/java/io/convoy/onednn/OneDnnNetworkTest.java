package io.convoy.onednn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.convoy.network.GraphNetwork;
import io.convoy.network.LayersNetwork;
import io.convoy.network.Network;
import io.convoy.network.NetworkBuilder;
import io.convoy.network.NetworkConfiguration;
import io.convoy.network.NetworkNode;
import io.convoy.network.Shape;
import io.convoy.settings.Activation;
import io.convoy.settings.Architecture;
import io.convoy.settings.Layer;
import io.convoy.settings.Loss;
import io.convoy.settings.Optimizer;
import io.convoy.settings.Padding;
import io.convoy.settings.PoolingKind;
import io.convoy.settings.Precision;
import io.convoy.settings.SettingsLoader;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.DoubleSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.math3.stat.descriptive.rank.Median;
import org.deeplearning4j.gradientcheck.GradientCheckUtil;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * The reference is DL4J's own layers in double precision, whose gradients DL4J's gradient check
 * compares with finite differences, and which oneDNN must equal as far as float32 goes.
 */
class OneDnnNetworkTest {
  private static final int HEIGHT = 13;
  private static final int WIDTH = 11;
  private static final Shape IMAGE = new Shape(3, HEIGHT, WIDTH);

  /** Two whole parts of the feature maps and a rest. */
  private static final int IMAGES = 11;

  private static final double FLOAT_ERROR = 2e-5;

  /** Of some layers with roundings to 8 bits each; most are below a tenth of it. */
  private static final double BFLOAT16_ERROR = 0.1;

  @Test
  void aNetworkKeepsTheParametersThatItComputesWith() {
    assumeTrue(OneDnn.obstacle().isEmpty(), () -> OneDnn.obstacle().orElseThrow());
    NetworkConfiguration configuration =
        NetworkBuilder.configuration(network("mlp", dense(7)), 2, HEIGHT, WIDTH, 1);
    WeakReference<INDArray> parameters = new WeakReference<>(parameters(configuration));
    try (OneDnnNetwork network =
        OneDnnNetwork.toPredict(configuration, IMAGE, parameters.get(), 1, Precision.FLOAT32)) {
      System.gc();
      assertTrue(parameters.get() != null, "collected while they are in use");
      network.output(Nd4j.zeros(DataType.UINT8, 1, HEIGHT, WIDTH, 3));
    }
  }

  private static INDArray parameters(NetworkConfiguration configuration) {
    return Nd4j.zeros(DataType.FLOAT, 1, configuration.initialized().parameters().length());
  }

  static Stream<Architecture> architectures() {
    return Stream.of(
        network("mlp", dense(7)),
        network("conv-pool", conv(5, 3), maxPool(2), dense(6)),
        network("conv-pool-twice", conv(16, 3), maxPool(2), conv(8, 3), maxPool(2), dense(6)),
        network("convs-in-a-row", conv(4, 3), conv(20, 2), conv(3, 3), dense(4)),
        network("average", conv(6, 3), pool(PoolingKind.AVERAGE, 2, 2), dense(4)),
        network("overlapping-windows", conv(6, 3), pool(PoolingKind.MAX, 3, 2), dense(4)),
        network("pool-first", pool(PoolingKind.MAX, 2, 2), conv(4, 3), dense(4)),
        network("pools-in-a-row", conv(6, 3), maxPool(2), pool(PoolingKind.AVERAGE, 2, 2)),
        network("no-dense", conv(6, 3), maxPool(2)),
        network("nothing-hidden"),
        network("same-padding", conv(6, 3, 1, Padding.SAME, Activation.RELU), maxPool(2)),
        network("stride", conv(6, 4, 2, Padding.SAME, Activation.RELU), conv(5, 3), dense(4)),
        network("deep", dense(9), dense(8), dense(7)),
        network("tanh", conv(6, 3, 1, Padding.NONE, Activation.TANH), maxPool(2), dense(4)),
        network("sigmoid", conv(6, 3, 1, Padding.NONE, Activation.SIGMOID), maxPool(2)),
        network("leaky-relu", conv(6, 3, 1, Padding.NONE, Activation.LEAKY_RELU), maxPool(2)),
        network("elu", conv(6, 3, 1, Padding.NONE, Activation.ELU), conv(4, 3), dense(4)),
        network("swish", conv(6, 3, 1, Padding.NONE, Activation.SWISH), maxPool(2), dense(4)),
        network("gelu", conv(6, 3, 1, Padding.NONE, Activation.GELU), maxPool(2), dense(4)),
        network("normalized-swish", conv(6, 3), norm(Activation.SWISH), conv(4, 3), globalPool()),
        network("dense-gelu", new Layer.Dense(6, Activation.GELU), dense(3)),
        network("depthwise", conv(6, 3), depthwise(1, Activation.RELU), maxPool(2), dense(4)),
        network("depthwise-in-blocks", conv(32, 3), depthwise(1, Activation.RELU), conv(4, 1)),
        network("depthwise-strided", conv(16, 3), depthwise(2, Activation.RELU), globalPool()),
        network(
            "depthwise-that-leaves-out-rows",
            conv(16, 3),
            new Layer.DepthwiseConvolution(5, 5, 4, 3, Padding.NONE, Activation.RELU),
            globalPool()),
        network("grouped", conv(6, 3), grouped(9, 3, 1, Activation.RELU), maxPool(2), dense(4)),
        network("grouped-first", grouped(6, 3, 2, Activation.GELU), conv(4, 3), globalPool()),
        network(
            "grouped-in-blocks",
            conv(32, 3),
            grouped(64, 2, 2, Activation.IDENTITY),
            norm(Activation.RELU),
            globalPool()),
        network(
            "grouped-residual",
            conv(8, 3),
            residual(
                Activation.SWISH,
                conv(16, 1, 1, Padding.NONE, Activation.IDENTITY),
                norm(Activation.SWISH),
                grouped(16, 4, 1, Activation.IDENTITY),
                norm(Activation.SWISH),
                conv(8, 1, 1, Padding.NONE, Activation.IDENTITY),
                norm(Activation.IDENTITY)),
            globalPool()),
        network(
            "grouped-twice",
            conv(8, 3),
            grouped(8, 2, 1, Activation.TANH),
            grouped(4, 4, 1, Activation.IDENTITY),
            globalPool()),
        network("depthwise-first", depthwise(2, Activation.GELU), conv(4, 3), globalPool()),
        network(
            "inverted-bottleneck",
            conv(4, 3),
            residual(
                Activation.SWISH,
                conv(8, 1, 1, Padding.NONE, Activation.IDENTITY),
                norm(Activation.SWISH),
                depthwise(1, Activation.IDENTITY),
                norm(Activation.SWISH),
                conv(4, 1, 1, Padding.NONE, Activation.IDENTITY),
                norm(Activation.IDENTITY)),
            globalPool()),
        network(
            "normalized",
            conv(6, 3, 1, Padding.NONE, Activation.IDENTITY),
            norm(Activation.RELU),
            maxPool(2),
            dense(4)),
        network("normalized-first", norm(Activation.IDENTITY), conv(4, 3), globalPool(), dense(4)),
        network("normalized-tanh", conv(6, 3), norm(Activation.TANH), conv(4, 3), globalPool()),
        network("pooled-normalized", conv(6, 3), maxPool(2), norm(Activation.IDENTITY), dense(4)),
        network("global-maximum", conv(5, 3), new Layer.GlobalPooling(PoolingKind.MAX), dense(4)),
        network("separable", conv(6, 3), separable(9, 2), maxPool(2), dense(4)),
        network("separable-first", separable(7, 1), separable(5, 1), globalPool()),
        network(
            "residual",
            conv(8, 3),
            residual(
                Activation.RELU,
                conv(8, 3, 1, Padding.SAME, Activation.IDENTITY),
                norm(Activation.RELU),
                conv(8, 3, 1, Padding.SAME, Activation.IDENTITY),
                norm(Activation.IDENTITY)),
            globalPool()),
        network(
            "residual-strided",
            conv(6, 3, 1, Padding.NONE, Activation.IDENTITY),
            norm(Activation.RELU),
            residual(
                Activation.RELU,
                conv(10, 3, 2, Padding.SAME, Activation.IDENTITY),
                norm(Activation.IDENTITY)),
            residual(Activation.IDENTITY, norm(Activation.TANH), separable(10, 1)),
            globalPool(),
            dense(3)),
        network(
            "residual-plain",
            conv(6, 3),
            residual(Activation.TANH, conv(6, 3, 1, Padding.SAME, Activation.RELU)),
            residual(Activation.ELU, conv(9, 3, 2, Padding.SAME, Activation.SIGMOID)),
            dense(3)),
        network("squeezed", conv(6, 3), squeeze(2), maxPool(2), dense(4)),
        network("squeezed-in-blocks", conv(32, 3), squeeze(9), conv(20, 3), squeeze(8)),
        network("squeezed-first", squeeze(5), conv(4, 3), globalPool()),
        network("squeezed-last", conv(6, 3), conv(16, 9), squeeze(4), globalPool(), dense(4)),
        network(
            "squeezed-residual",
            conv(8, 3),
            residual(
                Activation.RELU,
                conv(24, 1, 1, Padding.NONE, Activation.IDENTITY),
                norm(Activation.SWISH),
                depthwise(1, Activation.IDENTITY),
                norm(Activation.SWISH),
                new Layer.SqueezeExcitation(3, Activation.SWISH),
                conv(8, 1, 1, Padding.NONE, Activation.IDENTITY),
                norm(Activation.IDENTITY)),
            residual(
                Activation.RELU,
                conv(8, 3, 1, Padding.SAME, Activation.IDENTITY),
                norm(Activation.IDENTITY),
                squeeze(2)),
            globalPool()),
        network("normalized-by-layers", conv(6, 3), layerNorm(Activation.IDENTITY), dense(4)),
        network(
            "normalized-by-layers-in-blocks",
            conv(32, 3),
            layerNorm(Activation.RELU),
            conv(20, 3),
            layerNorm(Activation.GELU),
            maxPool(2),
            dense(4)),
        network("normalized-by-layers-first", layerNorm(Activation.TANH), conv(4, 3), dense(4)),
        network(
            "depthwise-normalized-by-layers",
            conv(16, 2, 2, Padding.SAME, Activation.IDENTITY),
            layerNorm(Activation.IDENTITY),
            residual(
                Activation.IDENTITY,
                depthwise(1, Activation.IDENTITY),
                layerNorm(Activation.IDENTITY),
                conv(16, 3, 1, Padding.SAME, Activation.GELU)),
            layerNorm(Activation.IDENTITY),
            globalPool()),
        network(
            "residual-normalized-by-layers",
            conv(8, 3),
            residual(
                Activation.RELU,
                conv(8, 3, 1, Padding.SAME, Activation.IDENTITY),
                layerNorm(Activation.IDENTITY)),
            residual(Activation.RELU, layerNorm(Activation.RELU), squeeze(3)),
            globalPool()),
        network(
            "convnext",
            conv(16, 2, 2, Padding.SAME, Activation.IDENTITY),
            layerNorm(Activation.IDENTITY),
            convNext(16),
            layerNorm(Activation.IDENTITY),
            conv(24, 2, 2, Padding.SAME, Activation.IDENTITY),
            convNext(24),
            globalPool()),
        network("residual-of-the-image", residual(Activation.RELU, separable(3, 1)), dense(3)),
        network("dense-tanh", new Layer.Dense(6, Activation.TANH), dense(3)),
        new Architecture(
            "mse",
            List.of(conv(6, 3), maxPool(2), dense(4)),
            Loss.MSE,
            new Optimizer.Sgd(1),
            IMAGES,
            1));
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void theGradientOfTheReferenceIsThatOfFiniteDifferences(Architecture architecture) {
    Nd4j.setDefaultDataTypes(DataType.DOUBLE, DataType.DOUBLE);
    try {
      assertTrue(Reference.of(architecture).isThatOfFiniteDifferences());
    } finally {
      Nd4j.setDefaultDataTypes(DataType.FLOAT, DataType.FLOAT);
    }
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void theGradientAndTheLossAreThoseOfTheReference(Architecture architecture) {
    Reference reference = Reference.of(architecture);
    INDArray expected = reference.gradient(IMAGES);

    INDArray parameters = parameters(architecture);
    INDArray gradient = Nd4j.valueArrayOf(parameters.shape(), Float.NaN, DataType.FLOAT);
    try (OneDnnNetwork network = toTrain(architecture, parameters, gradient)) {
      double loss = network.gradient(pixels(IMAGES), labels(IMAGES), 1);
      assertEquals(reference.score(), loss, FLOAT_ERROR);
    }
    leaveOutConstants(architecture, gradient);
    assertClose(expected.toDoubleVector(), gradient.toDoubleVector());
  }

  /** Those that nobody trains have no gradient here, and 0 in the reference. */
  private static void leaveOutConstants(Architecture architecture, INDArray gradient) {
    long from = 0;
    for (NetworkNode node : configuration(architecture).nodes()) {
      long to = from + node.parameters();
      if (node.isFrozen()) {
        gradient.get(NDArrayIndex.all(), NDArrayIndex.interval(from, to)).assign(0);
      }
      from = to;
    }
  }

  /**
   * A value near 0 can come out on the other side of a ReLU's bend, which a small gradient shows:
   * what counts is the median of several minibatches.
   */
  @ParameterizedTest
  @MethodSource("architectures")
  void inBfloat16TheGradientOfEachLayerIsThatOfTheReferenceWithinItsError(
      Architecture architecture) {
    assumeTrue(OneDnn.obstacle().isEmpty(), () -> OneDnn.obstacle().orElseThrow());
    assumeTrue(OneDnn.precisions().contains(Precision.BFLOAT16), "this processor has none");
    Map<String, List<Double>> errors = new LinkedHashMap<>();
    for (int images = IMAGES - 3; images <= IMAGES + 3; images++) {
      bfloat16Errors(architecture, images)
          .forEach(
              (name, error) -> errors.computeIfAbsent(name, n -> new ArrayList<>()).add(error));
    }
    errors.forEach(
        (layer, ofMinibatches) -> {
          double error =
              new Median().evaluate(ofMinibatches.stream().mapToDouble(each -> each).toArray());
          assertTrue(error < BFLOAT16_ERROR, () -> layer + ": " + ofMinibatches);
        });
  }

  /**
   * The norm of the difference of each layer's gradient, as a share of its norm; and the loss's.
   */
  private static Map<String, Double> bfloat16Errors(Architecture architecture, int images) {
    Reference reference = Reference.of(architecture);
    INDArray expected = reference.gradient(images);
    INDArray parameters = parameters(architecture);
    INDArray gradient = Nd4j.valueArrayOf(parameters.shape(), Float.NaN, DataType.FLOAT);
    Map<String, Double> errors = new LinkedHashMap<>();
    try (OneDnnNetwork network =
        OneDnnNetwork.toTrain(
            configuration(architecture), IMAGE, parameters, gradient, 2, Precision.BFLOAT16)) {
      double loss = network.gradient(pixels(images), labels(images), 1);
      errors.put("loss", Math.abs(loss / reference.score() - 1));
    }
    long from = 0;
    for (NetworkNode node : configuration(architecture).nodes()) {
      long to = from + node.parameters();
      if (to > from && !node.isFrozen()) {
        INDArray of = expected.get(NDArrayIndex.all(), NDArrayIndex.interval(from, to));
        INDArray is = gradient.get(NDArrayIndex.all(), NDArrayIndex.interval(from, to));
        INDArray difference = is.castTo(DataType.DOUBLE).sub(of);
        errors.put(
            node.name(), difference.norm2Number().doubleValue() / of.norm2Number().doubleValue());
      }
      from = to;
    }
    return errors;
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void theOutputIsThatOfTheReference(Architecture architecture) {
    double[] expected =
        Reference.of(architecture)
            .network()
            .output(asDoubles(pixels(IMAGES)))
            .ravel()
            .toDoubleVector();
    try (OneDnnNetwork network =
        OneDnnNetwork.toPredict(
            configuration(architecture), IMAGE, parameters(architecture), 1, Precision.FLOAT32)) {
      assertArrayEquals(
          expected, network.output(pixels(IMAGES)).ravel().toDoubleVector(), FLOAT_ERROR);
    }
  }

  /** As in the first epochs of progressive resizing. */
  @Test
  void anImageOfAnotherSizeIsComputedAsByANetworkThatIsMadeForIt() {
    Architecture architecture =
        network(
            "net",
            conv(6, 3),
            squeeze(5),
            layerNorm(Activation.RELU),
            grouped(6, 2, 2, Activation.RELU),
            new Layer.Residual(
                List.of(conv(6, 3, 1, Padding.SAME, Activation.RELU)), 0.5, Activation.RELU),
            globalPool());
    Shape small = new Shape(3, HEIGHT - 4, WIDTH - 3);
    INDArray pixels =
        pixels(IMAGES)
            .get(
                NDArrayIndex.all(),
                NDArrayIndex.interval(0, small.height()),
                NDArrayIndex.interval(0, small.width()),
                NDArrayIndex.all())
            .dup('c');
    NetworkConfiguration made =
        NetworkBuilder.configuration(architecture, 2, small.height(), small.width(), 5);
    List<INDArray> gradients = new ArrayList<>();
    for (NetworkConfiguration configuration : List.of(made, configuration(architecture))) {
      INDArray parameters = parameters(architecture);
      INDArray gradient = parameters.like();
      try (OneDnnNetwork network =
          OneDnnNetwork.toTrain(configuration, small, parameters, gradient, 2, Precision.FLOAT32)) {
        network.gradient(pixels, labels(IMAGES), 3);
      }
      gradients.add(gradient);
    }
    assertEquals(gradients.get(0), gradients.get(1));
  }

  @Test
  void trainingReadsTheParametersAnewForEveryMinibatch() {
    Architecture architecture = network("net", conv(6, 3), maxPool(2), dense(4));
    INDArray parameters = parameters(architecture);
    INDArray gradient = parameters.like();
    INDArray fresh = parameters.like();
    try (OneDnnNetwork network = toTrain(architecture, parameters, gradient)) {
      network.gradient(pixels(IMAGES), labels(IMAGES), 1);
      parameters.muli(0.5);
      network.gradient(pixels(IMAGES), labels(IMAGES), 1);
    }
    try (OneDnnNetwork network = toTrain(architecture, parameters, fresh)) {
      network.gradient(pixels(IMAGES), labels(IMAGES), 1);
    }
    assertArrayEquals(fresh.toFloatVector(), gradient.toFloatVector());
  }

  @Test
  void theSameMinibatchGivesTheSameGradientToTheLastBit() {
    Architecture architecture = network("net", conv(20, 3), maxPool(2), conv(9, 3), dense(4));
    INDArray parameters = parameters(architecture);
    INDArray gradient = Nd4j.create(DataType.FLOAT, parameters.shape());
    try (OneDnnNetwork network = toTrain(architecture, parameters, gradient)) {
      network.gradient(pixels(IMAGES), labels(IMAGES), 1);
      double[] first = gradient.toDoubleVector();
      network.gradient(pixels(3), labels(3), 1);
      network.gradient(pixels(IMAGES), labels(IMAGES), 1);
      assertArrayEquals(first, gradient.toDoubleVector());
    }
  }

  @Test
  void noneOfTheTutorialsLayersFallsBackToOneDnnsSlowImplementations() {
    assumeTrue(OneDnn.description().contains("avx"), OneDnn.description());
    Architecture architecture =
        network("net", conv(48, 3), maxPool(2), conv(48, 3), maxPool(2), dense(16), dense(16));
    INDArray parameters = parameters(architecture);
    INDArray gradient = Nd4j.create(DataType.FLOAT, parameters.shape());
    try (OneDnnNetwork network = toTrain(architecture, parameters, gradient)) {
      network.gradient(pixels(IMAGES), labels(IMAGES), 1);
      Set<String> kernels = network.kernels();
      assertTrue(
          kernels.stream().anyMatch(name -> name.startsWith("convolution jit:")),
          () -> kernels.toString());
      assertTrue(
          kernels.stream().noneMatch(name -> name.contains("ref")), () -> kernels.toString());
    }
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void aConvolutionOfGroupsIsOneOfOneDnnsFastPrimitives(Precision precision) {
    assumeTrue(OneDnn.description().contains("avx512"), OneDnn.description());
    assumeTrue(OneDnn.precisions().contains(precision), "this processor has none");
    Architecture architecture =
        network("net", conv(64, 3), grouped(64, 4, 1, Activation.RELU), globalPool());
    INDArray parameters = parameters(architecture);
    try (OneDnnNetwork network =
        OneDnnNetwork.toTrain(
            configuration(architecture), IMAGE, parameters, parameters.like(), 2, precision)) {
      network.gradient(pixels(IMAGES), labels(IMAGES), 1);
      assertTrue(
          network.kernels().stream()
              .filter(name -> name.startsWith("convolution"))
              .noneMatch(name -> name.contains("gemm") || name.contains("ref")),
          () -> network.kernels().toString());
    }
  }

  /** oneDNN has no other fast implementation of it than the one that it calls simple. */
  @ParameterizedTest
  @EnumSource(Precision.class)
  void aLayerNormalisationIsOneOfOneDnnsFastPrimitives(Precision precision) {
    assumeTrue(OneDnn.description().contains("avx"), OneDnn.description());
    assumeTrue(OneDnn.precisions().contains(precision), "this processor has none");
    Architecture architecture =
        network("net", conv(32, 3), layerNorm(Activation.IDENTITY), conv(32, 3), globalPool());
    INDArray parameters = parameters(architecture);
    try (OneDnnNetwork network =
        OneDnnNetwork.toTrain(
            configuration(architecture), IMAGE, parameters, parameters.like(), 2, precision)) {
      network.gradient(pixels(IMAGES), labels(IMAGES), 1);
      Set<String> kernels = network.kernels();
      assertTrue(
          kernels.contains("layer_normalization simple_layer_normalization:any"),
          () -> kernels.toString());
      assertTrue(
          kernels.stream().noneMatch(name -> name.contains("ref")), () -> kernels.toString());
    }
  }

  /** On a processor with AMX it broke the heap, which ended the process some time later. */
  @Test
  void oneImageIsNotConvolvedByTheKernelThatWritesPastTheEndOfItsOutput() {
    assumeTrue(OneDnn.description().contains("amx"), OneDnn.description());
    Architecture architecture = network("net", conv(16, 3), conv(64, 1), conv(16, 1), globalPool());
    try (OneDnnNetwork network =
        OneDnnNetwork.toPredict(
            configuration(architecture), IMAGE, parameters(architecture), 1, Precision.BFLOAT16)) {
      network.output(pixels(1));
      assertTrue(
          network.kernels().stream().noneMatch(name -> name.contains("jit_1x1")),
          () -> network.kernels().toString());
    }
  }

  @Test
  void theGradientByLargeDepthwiseKernelsIsNoMatrixProductOfEachChannel() {
    assumeTrue(OneDnn.description().contains("avx"), OneDnn.description());
    Architecture architecture =
        network("net", conv(32, 3), depthwise(1, Activation.RELU), globalPool());
    INDArray parameters = parameters(architecture);
    try (OneDnnNetwork network = toTrain(architecture, parameters, parameters.like())) {
      network.gradient(pixels(IMAGES), labels(IMAGES), 1);
      Set<String> kernels = network.kernels();
      assertTrue(
          kernels.stream().noneMatch(name -> name.matches("convolution .*gemm.*")),
          () -> kernels.toString());
    }
  }

  @Test
  void theNetworkOfTodayPredictsWithoutOneDnnsSlowImplementations() throws IOException {
    assumeTrue(OneDnn.description().contains("avx"), OneDnn.description());
    String conf = Files.readString(Path.of("conf", "modern.conf"));
    Architecture modern =
        new SettingsLoader().load(conf, "modern.conf", Map.of()).settings().architectures().get(0);
    NetworkConfiguration configuration = NetworkBuilder.configuration(modern, 2, 94, 125, 1);
    INDArray parameters = configuration.initialized().parameters();
    try (OneDnnNetwork network =
        OneDnnNetwork.toPredict(
            configuration, new Shape(3, 94, 125), parameters, 1, Precision.FLOAT32)) {
      network.output(Nd4j.zeros(DataType.UINT8, 4, 94, 125, 3));
      Set<String> kernels = network.kernels();
      assertTrue(
          kernels.stream().noneMatch(name -> name.contains("ref")), () -> kernels.toString());
    }
  }

  static Stream<Arguments> weighted() {
    return Stream.of(Loss.values())
        .flatMap(
            loss ->
                Stream.of(2, 3)
                    .flatMap(
                        classes ->
                            Stream.of(1, IMAGES)
                                .map(images -> Arguments.of(loss, classes, images))));
  }

  @ParameterizedTest
  @MethodSource("weighted")
  void theGradientIsThatOfTheLossWithTheWeightsOfTheImages(Loss loss, int classes, int images) {
    Architecture architecture =
        new Architecture(
            "net",
            List.of(conv(6, 3, 1, Padding.NONE, Activation.TANH)),
            loss,
            new Optimizer.Sgd(1),
            images,
            1);
    NetworkConfiguration configuration =
        NetworkBuilder.configuration(architecture, classes, HEIGHT, WIDTH, 5);
    INDArray parameters = configuration.initialized().parameters();
    INDArray gradient = parameters.like();
    INDArray labels =
        classes == 2
            ? labels(images)
            : Nd4j.eye(classes).castTo(DataType.FLOAT).getRows(rows(images, classes));
    INDArray weights = Nd4j.linspace(3, 0.25, images, DataType.FLOAT).reshape(images, 1);
    try (OneDnnNetwork network =
        OneDnnNetwork.toTrain(configuration, IMAGE, parameters, gradient, 2, Precision.FLOAT32)) {
      assertIsSlope(
          parameters, gradient, () -> network.gradient(pixels(images), labels, weights, 7));
    }
  }

  /** Asserts that the loss rises along the gradient as the gradient says. */
  private static void assertIsSlope(
      INDArray parameters, INDArray gradient, DoubleSupplier compute) {
    compute.getAsDouble();
    INDArray direction = gradient.dup();
    double expected = direction.mul(direction).sumNumber().doubleValue();
    double step = 0.01 / Math.sqrt(expected);
    INDArray start = parameters.dup();
    parameters.assign(start.add(direction.mul(step)));
    double up = compute.getAsDouble();
    parameters.assign(start.sub(direction.mul(step)));
    double down = compute.getAsDouble();
    assertEquals(expected, (up - down) / (2 * step), 0.01 * expected);
  }

  private static int[] rows(int images, int classes) {
    return IntStream.range(0, images).map(image -> image % classes).toArray();
  }

  @Test
  void dropoutIsDrawnFromTheSeed() {
    Architecture architecture =
        network("net", conv(6, 3), maxPool(2), new Layer.Dropout(0.5), dense(4));
    INDArray parameters = parameters(architecture);
    INDArray gradient = Nd4j.create(DataType.FLOAT, parameters.shape());
    try (OneDnnNetwork network = toTrain(architecture, parameters, gradient)) {
      double first = network.gradient(pixels(IMAGES), labels(IMAGES), 1);
      double other = network.gradient(pixels(IMAGES), labels(IMAGES), 2);
      assertNotEquals(first, other);
      assertEquals(first, network.gradient(pixels(IMAGES), labels(IMAGES), 1));
    }
  }

  static Stream<Architecture> dropping() {
    return Stream.of(
        network(
            "values",
            conv(6, 3, 1, Padding.NONE, Activation.TANH),
            new Layer.Dropout(0.3),
            new Layer.Dense(8, Activation.TANH),
            new Layer.Dropout(0.4)),
        network(
            "images",
            conv(6, 3, 1, Padding.NONE, Activation.TANH),
            new Layer.Residual(
                List.of(conv(20, 3, 2, Padding.SAME, Activation.TANH)), 0.4, Activation.TANH),
            new Layer.Residual(
                List.of(conv(20, 3, 1, Padding.SAME, Activation.TANH)), 0.5, Activation.TANH),
            globalPool()));
  }

  @ParameterizedTest
  @MethodSource("dropping")
  void theGradientUnderDropoutIsThatOfFiniteDifferences(Architecture architecture) {
    INDArray parameters = parameters(architecture);
    INDArray gradient = Nd4j.create(DataType.FLOAT, parameters.shape());
    try (OneDnnNetwork network = toTrain(architecture, parameters, gradient)) {
      assertIsSlope(
          parameters, gradient, () -> network.gradient(pixels(IMAGES), labels(IMAGES), 7));
    }
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void stochasticDepthLeavesTheBranchOutForSomeImagesAndScalesItForTheOthers(Precision precision) {
    assumeTrue(OneDnn.obstacle().isEmpty(), () -> OneDnn.obstacle().orElseThrow());
    assumeTrue(OneDnn.precisions().contains(precision), "this processor has none");
    double rate = 0.6;
    Architecture architecture = stochastic(rate);
    INDArray parameters = parameters(architecture);
    double with = loss(stochastic(0), branchTimes(1 / (1 - rate), parameters), 1, precision);
    double without = loss(stochastic(0), branchTimes(0, parameters), 1, precision);
    double error = Math.abs(with - without) / 50;
    Set<Double> seen = new HashSet<>();
    for (int seed = 0; seed < 40; seed++) {
      double loss = loss(architecture, parameters, seed, precision);
      double expected = Math.abs(loss - with) < Math.abs(loss - without) ? with : without;
      assertEquals(expected, loss, error);
      seen.add(expected);
    }
    assertEquals(Set.of(with, without), seen);
  }

  /** The parameters of {@link #stochastic} with those of the branch multiplied. */
  private static INDArray branchTimes(double factor, INDArray parameters) {
    List<NetworkNode> nodes = configuration(stochastic(0)).nodes();
    long from = nodes.get(0).parameters();
    long to = from + nodes.get(1).parameters();
    INDArray result = parameters.dup();
    result.get(NDArrayIndex.all(), NDArrayIndex.interval(from, to)).muli(factor);
    return result;
  }

  /** Of one image. */
  private static double loss(
      Architecture architecture, INDArray parameters, long seed, Precision precision) {
    try (OneDnnNetwork network =
        OneDnnNetwork.toTrain(
            configuration(architecture), IMAGE, parameters, parameters.like(), 2, precision)) {
      return network.gradient(pixels(1), labels(1), seed);
    }
  }

  @Test
  void dropoutIsTheSameInBfloat16() {
    assumeTrue(OneDnn.obstacle().isEmpty(), () -> OneDnn.obstacle().orElseThrow());
    assumeTrue(OneDnn.precisions().contains(Precision.BFLOAT16), "this processor has none");
    Architecture architecture =
        network("net", conv(6, 3), new Layer.Dropout(0.3), dense(8), new Layer.Dropout(0.4));
    double[] losses = new double[2];
    for (Precision precision : Precision.values()) {
      INDArray parameters = parameters(architecture);
      try (OneDnnNetwork network =
          OneDnnNetwork.toTrain(
              configuration(architecture), IMAGE, parameters, parameters.dup(), 2, precision)) {
        losses[precision.ordinal()] = network.gradient(pixels(IMAGES), labels(IMAGES), 7);
      }
    }
    assertEquals(losses[0], losses[1], BFLOAT16_ERROR * losses[0]);
  }

  @Test
  void dropoutLeavesPredictionsAlone() {
    Architecture with = network("net", conv(6, 3), maxPool(2), new Layer.Dropout(0.5), dense(4));
    Architecture without = network("net", conv(6, 3), maxPool(2), dense(4));
    INDArray parameters = parameters(without);
    try (OneDnnNetwork dropping =
            OneDnnNetwork.toPredict(configuration(with), IMAGE, parameters, 1, Precision.FLOAT32);
        OneDnnNetwork plain =
            OneDnnNetwork.toPredict(
                configuration(without), IMAGE, parameters, 1, Precision.FLOAT32)) {
      assertEquals(plain.output(pixels(IMAGES)), dropping.output(pixels(IMAGES)));
    }
  }

  private static void assertClose(double[] expected, double[] actual) {
    double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
    assertArrayEquals(expected, actual, FLOAT_ERROR * largest);
  }

  private static OneDnnNetwork toTrain(
      Architecture architecture, INDArray parameters, INDArray gradient) {
    return OneDnnNetwork.toTrain(
        configuration(architecture), IMAGE, parameters, gradient, 2, Precision.FLOAT32);
  }

  /**
   * DL4J's own layers in double precision.
   *
   * @param statistics the names of the parameters that are running statistics
   */
  private record Reference(Network network, Set<String> statistics) {
    static Reference of(Architecture architecture) {
      Network network = configuration(architecture).on(parameters(architecture));
      Set<String> statistics =
          network.configuration().nodes().stream()
              .filter(node -> node.layer().orElse(null) instanceof BatchNormalization)
              .flatMap(node -> Stream.of(node.name() + "_mean", node.name() + "_var"))
              .collect(Collectors.toSet());
      return new Reference(
          network instanceof LayersNetwork layers
              ? new LayersNetwork(layers.dl4j().convertDataType(DataType.DOUBLE))
              : new GraphNetwork(((GraphNetwork) network).dl4j().convertDataType(DataType.DOUBLE)),
          statistics);
    }

    boolean isThatOfFiniteDifferences() {
      INDArray input = asDoubles(pixels(2));
      INDArray labels = labels(2).castTo(DataType.DOUBLE);
      if (network instanceof LayersNetwork layers) {
        return GradientCheckUtil.checkGradients(
            new GradientCheckUtil.MLNConfig()
                .net(layers.dl4j())
                .epsilon(1e-6)
                .maxRelError(1e-4)
                .minAbsoluteError(1e-8)
                .input(input)
                .labels(labels)
                .excludeParams(statistics)
                .subset(true)
                .maxPerParam(40));
      }
      // DL4J's check takes a graph's parameters in another order than they lie.
      return isSlope(((GraphNetwork) network).dl4j(), input, labels);
    }

    /** Whether the loss rises along the gradient as the gradient says. */
    private boolean isSlope(ComputationGraph graph, INDArray input, INDArray labels) {
      compute(graph, input, labels);
      graph
          .gradient()
          .gradientForVariable()
          .forEach((name, gradient) -> gradient.muli(statistics.contains(name) ? 0 : 1));
      INDArray direction = network.gradient().dup();
      double expected = direction.mul(direction).sumNumber().doubleValue();
      double step = 1e-5 / Math.sqrt(expected);
      INDArray start = network.parameters().dup();
      network.parameters().assign(start.add(direction.mul(step)));
      compute(graph, input, labels);
      double up = graph.score() * labels.size(0);
      network.parameters().assign(start.sub(direction.mul(step)));
      compute(graph, input, labels);
      double down = graph.score() * labels.size(0);
      return Math.abs((up - down) / (2 * step) - expected) < 1e-4 * expected;
    }

    private static void compute(ComputationGraph graph, INDArray input, INDArray labels) {
      graph.setInputs(input);
      graph.setLabels(labels);
      graph.computeGradientAndScore();
    }

    /** Of the mean loss; by running statistics, what is to be taken off them. */
    INDArray gradient(int images) {
      INDArray input = asDoubles(pixels(images));
      INDArray labels = labels(images).castTo(DataType.DOUBLE);
      if (network instanceof LayersNetwork layers) {
        layers.dl4j().setInput(input);
        layers.dl4j().setLabels(labels);
        layers.dl4j().computeGradientAndScore();
        layers
            .dl4j()
            .gradient()
            .gradientForVariable()
            .forEach((name, each) -> divide(name, each, images));
      } else {
        ComputationGraph graph = ((GraphNetwork) network).dl4j();
        compute(graph, input, labels);
        graph.gradient().gradientForVariable().forEach((name, each) -> divide(name, each, images));
      }
      return network.gradient();
    }

    private void divide(String name, INDArray gradient, int images) {
      if (!statistics.contains(name)) {
        gradient.divi(images);
      }
    }

    double score() {
      return network instanceof LayersNetwork layers
          ? layers.dl4j().score()
          : ((GraphNetwork) network).dl4j().score();
    }
  }

  /** Weights as they begin, and biases that are not 0. */
  private static INDArray parameters(Architecture architecture) {
    INDArray begin = configuration(architecture).initialized().parameters();
    Random random = new Random(3);
    float[] shift = new float[(int) begin.length()];
    for (int i = 0; i < shift.length; i++) {
      shift[i] = (random.nextFloat() - 0.5f) / 10;
    }
    INDArray shifts = Nd4j.create(shift, new long[] {1, shift.length}, 'c');
    leaveOutConstants(architecture, shifts);
    return begin.add(shifts);
  }

  private static NetworkConfiguration configuration(Architecture architecture) {
    return NetworkBuilder.configuration(architecture, 2, HEIGHT, WIDTH, 5);
  }

  private static INDArray pixels(int images) {
    Random random = new Random(images);
    INDArray pixels = Nd4j.createUninitialized(DataType.UINT8, images, HEIGHT, WIDTH, 3);
    for (long i = 0; i < pixels.length(); i++) {
      pixels.data().put(i, random.nextInt(256));
    }
    return pixels;
  }

  private static INDArray asDoubles(INDArray pixels) {
    return pixels.castTo(DataType.DOUBLE).div(255).permute(0, 3, 1, 2).dup('c');
  }

  private static INDArray labels(int images) {
    float[] labels = new float[images];
    for (int i = 0; i < images; i++) {
      labels[i] = i % 3 == 0 ? 1 : 0;
    }
    return Nd4j.create(labels, new long[] {images, 1}, 'c');
  }

  private static Architecture network(String name, Layer... layers) {
    return new Architecture(
        name, List.of(layers), Loss.CROSS_ENTROPY, new Optimizer.Sgd(1), IMAGES, 1);
  }

  private static Layer conv(int filters, int kernel) {
    return conv(filters, kernel, 1, Padding.NONE, Activation.RELU);
  }

  private static Layer conv(
      int filters, int kernel, int stride, Padding padding, Activation activation) {
    return new Layer.Convolution(filters, kernel, kernel, stride, stride, padding, activation);
  }

  private static Layer norm(Activation activation) {
    return new Layer.BatchNormalization(0.9, activation);
  }

  private static Layer separable(int filters, int stride) {
    return new Layer.SeparableConvolution(
        filters, 3, 3, stride, stride, Padding.SAME, Activation.RELU);
  }

  private static Layer depthwise(int stride, Activation activation) {
    return new Layer.DepthwiseConvolution(5, 5, stride, stride, Padding.SAME, activation);
  }

  private static Layer grouped(int filters, int groups, int stride, Activation activation) {
    return new Layer.GroupedConvolution(
        filters, groups, 3, 3, stride, stride, Padding.SAME, activation);
  }

  private static Layer globalPool() {
    return new Layer.GlobalPooling(PoolingKind.AVERAGE);
  }

  private static Layer residual(Activation activation, Layer... branch) {
    return new Layer.Residual(List.of(branch), activation);
  }

  private static Layer squeeze(int units) {
    return new Layer.SqueezeExcitation(units, Activation.RELU);
  }

  private static Layer layerNorm(Activation activation) {
    return new Layer.LayerNormalization(1e-6, activation);
  }

  private static Layer convNext(int channels) {
    return residual(
        Activation.IDENTITY,
        depthwise(1, Activation.IDENTITY),
        layerNorm(Activation.IDENTITY),
        conv(4 * channels, 1, 1, Padding.NONE, Activation.GELU),
        conv(channels, 1, 1, Padding.NONE, Activation.IDENTITY));
  }

  /** A network with a layer that is left out for some images. */
  private static Architecture stochastic(double rate) {
    return network(
        "net",
        conv(20, 3),
        new Layer.Residual(
            List.of(conv(20, 3, 1, Padding.SAME, Activation.RELU)), rate, Activation.TANH),
        globalPool());
  }

  private static Layer maxPool(int size) {
    return pool(PoolingKind.MAX, size, size);
  }

  private static Layer pool(PoolingKind kind, int kernel, int stride) {
    return new Layer.Pooling(kind, kernel, kernel, stride, stride);
  }

  private static Layer dense(int units) {
    return new Layer.Dense(units, Activation.RELU);
  }
}
