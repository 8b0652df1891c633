package io.convoy.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.convoy.model.LayersConfiguration;
import io.convoy.model.LayersNetwork;
import io.convoy.model.NetworkBuilder;
import io.convoy.model.Shape;
import io.convoy.onednn.OneDnn;
import io.convoy.settings.Activation;
import io.convoy.settings.Architecture;
import io.convoy.settings.Layer;
import io.convoy.settings.Loss;
import io.convoy.settings.Optimizer;
import io.convoy.settings.Padding;
import io.convoy.settings.PoolingKind;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

class LearnerTest {
  private static final Shape IMAGE = new Shape(3, 12, 10);
  private static final int IMAGES = 6;
  private static final int STEPS = 5;

  static Stream<Optimizer> optimizers() {
    return Stream.of(
        new Optimizer.Adam(1e-3, 0.9, 0.999, 1e-8),
        new Optimizer.Nesterov(0.05, 0.9),
        new Optimizer.Sgd(0.1));
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void oneDnnTrainsAsDl4jsOwnFitDoes(Optimizer optimizer) {
    assumeTrue(OneDnn.obstacle().isEmpty(), () -> OneDnn.obstacle().orElseThrow());
    MultiLayerNetwork plain = network(optimizer);
    MultiLayerNetwork fast = network(optimizer);
    DataSet minibatch = minibatch();
    try (Learner dl4j = new Dl4jLearner(new LayersNetwork(plain));
        Learner oneDnn = new OneDnnLearner(new LayersNetwork(fast), IMAGE, 2)) {
      for (int step = 0; step < STEPS; step++) {
        assertEquals(dl4j.fit(minibatch, step), oneDnn.fit(minibatch, step), 1e-4);
      }
    }
    assertArrayEquals(plain.params().toDoubleVector(), fast.params().toDoubleVector(), 2e-4);
    assertEquals(plain.getIterationCount(), fast.getIterationCount());
  }

  private static MultiLayerNetwork network(Optimizer optimizer) {
    List<Layer> layers =
        List.of(
            new Layer.Convolution(5, 3, 3, 1, 1, Padding.NONE, Activation.RELU),
            new Layer.Pooling(PoolingKind.MAX, 2, 2, 2, 2),
            new Layer.Dense(7, Activation.RELU));
    Architecture architecture =
        new Architecture("net", layers, Loss.CROSS_ENTROPY, optimizer, IMAGES, 1);
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            ((LayersConfiguration)
                    NetworkBuilder.configuration(architecture, IMAGE.height(), IMAGE.width(), 3))
                .dl4j());
    network.init();
    return network;
  }

  private static DataSet minibatch() {
    Random random = new Random(1);
    INDArray pixels =
        Nd4j.createUninitialized(DataType.UINT8, IMAGES, IMAGE.height(), IMAGE.width(), 3);
    for (long i = 0; i < pixels.length(); i++) {
      pixels.data().put(i, random.nextInt(256));
    }
    float[] labels = new float[IMAGES];
    for (int i = 0; i < IMAGES; i++) {
      labels[i] = i % 2;
    }
    return new DataSet(pixels, Nd4j.create(labels, new long[] {IMAGES, 1}, 'c'));
  }
}
