package io.convoy.onednn;

import static io.convoy.onednn.TinyNetworks.HEIGHT;
import static io.convoy.onednn.TinyNetworks.IMAGE;
import static io.convoy.onednn.TinyNetworks.IMAGES;
import static io.convoy.onednn.TinyNetworks.WIDTH;
import static io.convoy.onednn.TinyNetworks.configuration;
import static io.convoy.onednn.TinyNetworks.conv;
import static io.convoy.onednn.TinyNetworks.dense;
import static io.convoy.onednn.TinyNetworks.globalPool;
import static io.convoy.onednn.TinyNetworks.grouped;
import static io.convoy.onednn.TinyNetworks.labels;
import static io.convoy.onednn.TinyNetworks.layerNorm;
import static io.convoy.onednn.TinyNetworks.maxPool;
import static io.convoy.onednn.TinyNetworks.network;
import static io.convoy.onednn.TinyNetworks.parameters;
import static io.convoy.onednn.TinyNetworks.pixels;
import static io.convoy.onednn.TinyNetworks.squeeze;
import static io.convoy.onednn.TinyNetworks.toTrain;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.convoy.network.NetworkBuilder;
import io.convoy.network.NetworkConfiguration;
import io.convoy.network.Shape;
import io.convoy.settings.Activation;
import io.convoy.settings.Architecture;
import io.convoy.settings.Layer;
import io.convoy.settings.Loss;
import io.convoy.settings.Optimizer;
import io.convoy.settings.Padding;
import io.convoy.settings.Precision;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * A network computes with the parameters, the images of any size and the weights of images that it
 * is given, and with nothing of the minibatch before.
 */
class OneDnnInputsTest {
  @Test
  void aNetworkKeepsTheParametersThatItComputesWith() {
    assumeTrue(OneDnn.obstacle().isEmpty(), () -> OneDnn.obstacle().orElseThrow());
    NetworkConfiguration configuration =
        NetworkBuilder.configuration(network("mlp", dense(7)), 2, HEIGHT, WIDTH, 1);
    WeakReference<INDArray> parameters = new WeakReference<>(zeros(configuration));
    try (OneDnnNetwork network =
        OneDnnNetwork.toPredict(configuration, IMAGE, parameters.get(), 1, Precision.FLOAT32)) {
      System.gc();
      assertTrue(parameters.get() != null, "collected while they are in use");
      network.output(Nd4j.zeros(DataType.UINT8, 1, HEIGHT, WIDTH, 3));
    }
  }

  private static INDArray zeros(NetworkConfiguration configuration) {
    return Nd4j.zeros(DataType.FLOAT, 1, configuration.initialized().parameters().length());
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
      FiniteDifferences.assertIsSlope(
          parameters, gradient, () -> network.gradient(pixels(images), labels, weights, 7));
    }
  }

  private static int[] rows(int images, int classes) {
    return IntStream.range(0, images).map(image -> image % classes).toArray();
  }
}
