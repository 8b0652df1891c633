package io.convoy.onednn;

import static io.convoy.onednn.TinyNetworks.IMAGE;
import static io.convoy.onednn.TinyNetworks.IMAGES;
import static io.convoy.onednn.TinyNetworks.configuration;
import static io.convoy.onednn.TinyNetworks.conv;
import static io.convoy.onednn.TinyNetworks.dense;
import static io.convoy.onednn.TinyNetworks.depthwise;
import static io.convoy.onednn.TinyNetworks.globalPool;
import static io.convoy.onednn.TinyNetworks.grouped;
import static io.convoy.onednn.TinyNetworks.labels;
import static io.convoy.onednn.TinyNetworks.layerNorm;
import static io.convoy.onednn.TinyNetworks.maxPool;
import static io.convoy.onednn.TinyNetworks.network;
import static io.convoy.onednn.TinyNetworks.parameters;
import static io.convoy.onednn.TinyNetworks.pixels;
import static io.convoy.onednn.TinyNetworks.same;
import static io.convoy.onednn.TinyNetworks.toTrain;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.convoy.network.NetworkBuilder;
import io.convoy.network.NetworkConfiguration;
import io.convoy.network.Shape;
import io.convoy.settings.Activation;
import io.convoy.settings.Architecture;
import io.convoy.settings.Precision;
import io.convoy.settings.SettingsLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Which of its implementations oneDNN computes a network with. */
class OneDnnKernelsTest {
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

  @Test
  void convolutionsOf3x3AreComputedByWinogradsAlgorithmInTrainingAndPrediction() {
    assumeTrue(OneDnn.description().contains("avx512"), OneDnn.description());
    Architecture architecture =
        network("net", same(32, Activation.RELU), same(32, Activation.RELU), globalPool());
    INDArray parameters = parameters(architecture);
    try (OneDnnNetwork network = toTrain(architecture, parameters, parameters.like())) {
      network.gradient(pixels(IMAGES), labels(IMAGES), 1);
      assertTrue(isByWinograd(network), () -> network.kernels().toString());
    }
    try (OneDnnNetwork network =
        OneDnnNetwork.toPredict(
            configuration(architecture), IMAGE, parameters, 1, Precision.FLOAT32)) {
      network.output(pixels(IMAGES));
      assertTrue(isByWinograd(network), () -> network.kernels().toString());
    }
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void theDenseLayersOfMinibatchesOf16AndMoreAreMatrixProducts(Precision precision) {
    assumeTrue(OneDnn.description().contains("avx"), OneDnn.description());
    assumeTrue(
        precision == Precision.FLOAT32 || !OneDnn.description().contains("amx"),
        "in bfloat16 it is another with AMX");
    assumeTrue(OneDnn.precisions().contains(precision), "this processor has none");
    Architecture architecture = network("net", dense(16), dense(16));
    INDArray parameters = parameters(architecture);
    try (OneDnnNetwork network =
        OneDnnNetwork.toPredict(configuration(architecture), IMAGE, parameters, 1, precision)) {
      network.output(pixels(16));
      Set<String> kernels = network.kernels();
      assertTrue(
          kernels.stream().anyMatch(name -> name.startsWith("matmul"))
              && kernels.stream().noneMatch(name -> name.startsWith("inner_product")),
          () -> kernels.toString());
    }
  }

  private static boolean isByWinograd(OneDnnNetwork network) {
    return network.kernels().stream().anyMatch(name -> name.contains("wino"));
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
}
