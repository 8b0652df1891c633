package io.convoy.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.convoy.image.ImageSize;
import io.convoy.image.MirroredView;
import io.convoy.network.Network;
import io.convoy.network.NetworkBuilder;
import io.convoy.network.Shape;
import io.convoy.settings.Activation;
import io.convoy.settings.Architecture;
import io.convoy.settings.Layer;
import io.convoy.settings.Loss;
import io.convoy.settings.Optimizer;
import io.convoy.settings.Padding;
import io.convoy.settings.Precision;
import io.convoy.settings.TestTimeAugmentation;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;

class PredictorTest {
  private static final int HEIGHT = 6;
  private static final int WIDTH = 7;
  private static final Shape IMAGE = new Shape(3, HEIGHT, WIDTH);

  private static Network network(int classes) {
    List<Layer> layers =
        List.of(
            new Layer.Convolution(4, 3, 3, 1, 1, Padding.NONE, Activation.RELU),
            new Layer.Dense(5, Activation.RELU));
    return NetworkBuilder.configuration(
            new Architecture("net", layers, Loss.CROSS_ENTROPY, new Optimizer.Sgd(1), 2, 1),
            classes,
            HEIGHT,
            WIDTH,
            3)
        .initialized();
  }

  private static float[] output(
      Network network, TestTimeAugmentation testTime, List<byte[]> images) {
    INDArray pixels = Minibatch.pixels(images, HEIGHT, WIDTH);
    try (Predictor predictor = Predictor.of(network, IMAGE, 1, Precision.FLOAT32, testTime)) {
      return predictor.output(pixels).dup('c').data().asFloat();
    }
  }

  static Stream<Arguments> views() {
    ImageSize size = new ImageSize(HEIGHT, WIDTH);
    return Stream.of(2, 5)
        .flatMap(
            classes ->
                Stream.of(
                    Arguments.of(TestTimeAugmentation.MIRROR, new MirroredView(size, 1), classes),
                    Arguments.of(
                        TestTimeAugmentation.MIRROR_CROP, new MirroredView(size, 0.8), classes)));
  }

  @ParameterizedTest
  @MethodSource("views")
  void aPredictionIsTheMeanOfTheImageAndItsOtherView(
      TestTimeAugmentation testTime, MirroredView view, int classes) {
    Network network = network(classes);
    Random random = new Random(4);
    List<byte[]> images = List.of(new byte[HEIGHT * WIDTH * 3], new byte[HEIGHT * WIDTH * 3]);
    images.forEach(random::nextBytes);
    float[] plain = output(network, TestTimeAugmentation.NONE, images);
    float[] other =
        output(network, TestTimeAugmentation.NONE, images.stream().map(view::of).toList());
    float[] expected = new float[plain.length];
    for (int i = 0; i < plain.length; i++) {
      expected[i] = (plain[i] + other[i]) / 2;
    }

    assertFalse(Arrays.equals(plain, other));
    assertArrayEquals(expected, output(network, testTime, images), 1e-6f);
  }
}
