package io.convoy.onednn;

import static io.convoy.onednn.TinyNetworks.BFLOAT16_ERROR;
import static io.convoy.onednn.TinyNetworks.IMAGE;
import static io.convoy.onednn.TinyNetworks.IMAGES;
import static io.convoy.onednn.TinyNetworks.configuration;
import static io.convoy.onednn.TinyNetworks.labels;
import static io.convoy.onednn.TinyNetworks.leaveOutConstants;
import static io.convoy.onednn.TinyNetworks.parameters;
import static io.convoy.onednn.TinyNetworks.pixels;
import static io.convoy.onednn.TinyNetworks.toTrain;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.convoy.network.NetworkNode;
import io.convoy.settings.Architecture;
import io.convoy.settings.Precision;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.math3.stat.descriptive.rank.Median;
import org.junit.jupiter.params.ParameterizedTest;
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
  private static final double FLOAT_ERROR = 2e-5;

  /** From 16 on, dense layers are computed in another way. */
  private static final int MORE_IMAGES = 21;

  static Stream<Architecture> architectures() {
    return TinyNetworks.all();
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void theGradientOfTheReferenceIsThatOfFiniteDifferences(Architecture architecture) {
    Nd4j.setDefaultDataTypes(DataType.DOUBLE, DataType.DOUBLE);
    try {
      assertTrue(Dl4jReference.of(architecture).isThatOfFiniteDifferences());
    } finally {
      Nd4j.setDefaultDataTypes(DataType.FLOAT, DataType.FLOAT);
    }
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void theGradientAndTheLossAreThoseOfTheReference(Architecture architecture) {
    assertLikeTheReference(architecture, IMAGES);
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void theGradientAndTheLossOfALargerMinibatchAreThoseOfTheReferenceToo(Architecture architecture) {
    assertLikeTheReference(architecture, MORE_IMAGES);
  }

  private static void assertLikeTheReference(Architecture architecture, int images) {
    Dl4jReference reference = Dl4jReference.of(architecture);
    INDArray expected = reference.gradient(images);

    INDArray parameters = parameters(architecture);
    INDArray gradient = Nd4j.valueArrayOf(parameters.shape(), Float.NaN, DataType.FLOAT);
    try (OneDnnNetwork network = toTrain(architecture, parameters, gradient)) {
      double loss = network.gradient(pixels(images), labels(images), 1);
      assertEquals(reference.score(), loss, FLOAT_ERROR);
    }
    leaveOutConstants(architecture, gradient);
    assertClose(expected.toDoubleVector(), gradient.toDoubleVector());
  }

  /**
   * A value near 0 can come out on the other side of a ReLU's bend, which a small gradient shows:
   * what counts is the median of several minibatches, the largest of which have 16 images and more.
   */
  @ParameterizedTest
  @MethodSource("architectures")
  void inBfloat16TheGradientOfEachLayerIsThatOfTheReferenceWithinItsError(
      Architecture architecture) {
    assumeTrue(OneDnn.obstacle().isEmpty(), () -> OneDnn.obstacle().orElseThrow());
    assumeTrue(OneDnn.precisions().contains(Precision.BFLOAT16), "this processor has none");
    Map<String, List<Double>> errors = new LinkedHashMap<>();
    for (int images = IMAGES + 2; images <= IMAGES + 8; images++) {
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
    Dl4jReference reference = Dl4jReference.of(architecture);
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
        Dl4jReference.of(architecture)
            .network()
            .output(Dl4jReference.asDoubles(pixels(IMAGES)))
            .ravel()
            .toDoubleVector();
    try (OneDnnNetwork network =
        OneDnnNetwork.toPredict(
            configuration(architecture), IMAGE, parameters(architecture), 1, Precision.FLOAT32)) {
      assertArrayEquals(
          expected, network.output(pixels(IMAGES)).ravel().toDoubleVector(), FLOAT_ERROR);
    }
  }

  private static void assertClose(double[] expected, double[] actual) {
    double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
    assertArrayEquals(expected, actual, FLOAT_ERROR * largest);
  }
}
