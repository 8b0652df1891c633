package io.convoy.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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

  private static byte[] mirrored(byte[] image) {
    byte[] mirror = new byte[image.length];
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        for (int channel = 0; channel < 3; channel++) {
          mirror[(y * WIDTH + WIDTH - 1 - x) * 3 + channel] = image[(y * WIDTH + x) * 3 + channel];
        }
      }
    }
    return mirror;
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 5})
  void withTheMirrorAPredictionIsTheMeanOfTheImageAndItsMirrorImage(int classes) {
    Network network = network(classes);
    Random random = new Random(4);
    List<byte[]> images = List.of(new byte[HEIGHT * WIDTH * 3], new byte[HEIGHT * WIDTH * 3]);
    images.forEach(random::nextBytes);
    float[] plain = output(network, TestTimeAugmentation.NONE, images);
    float[] mirror =
        output(
            network,
            TestTimeAugmentation.NONE,
            images.stream().map(PredictorTest::mirrored).toList());
    float[] expected = new float[plain.length];
    for (int i = 0; i < plain.length; i++) {
      expected[i] = (plain[i] + mirror[i]) / 2;
    }

    assertFalse(Arrays.equals(plain, mirror));
    assertArrayEquals(expected, output(network, TestTimeAugmentation.MIRROR, images), 1e-6f);
  }
}
