package io.convoy.onednn;

import static io.convoy.onednn.TinyNetworks.BFLOAT16_ERROR;
import static io.convoy.onednn.TinyNetworks.IMAGE;
import static io.convoy.onednn.TinyNetworks.IMAGES;
import static io.convoy.onednn.TinyNetworks.configuration;
import static io.convoy.onednn.TinyNetworks.conv;
import static io.convoy.onednn.TinyNetworks.dense;
import static io.convoy.onednn.TinyNetworks.globalPool;
import static io.convoy.onednn.TinyNetworks.labels;
import static io.convoy.onednn.TinyNetworks.maxPool;
import static io.convoy.onednn.TinyNetworks.network;
import static io.convoy.onednn.TinyNetworks.parameters;
import static io.convoy.onednn.TinyNetworks.pixels;
import static io.convoy.onednn.TinyNetworks.toTrain;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.convoy.network.NetworkNode;
import io.convoy.settings.Activation;
import io.convoy.settings.Architecture;
import io.convoy.settings.Layer;
import io.convoy.settings.Padding;
import io.convoy.settings.Precision;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** What dropout and stochastic depth draw, and the gradients under them. */
class OneDnnDropoutTest {
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
      FiniteDifferences.assertIsSlope(
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

  /** A network with a layer that is left out for some images. */
  private static Architecture stochastic(double rate) {
    return network(
        "net",
        conv(20, 3),
        new Layer.Residual(
            List.of(conv(20, 3, 1, Padding.SAME, Activation.RELU)), rate, Activation.TANH),
        globalPool());
  }
}
