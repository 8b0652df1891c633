package io.convoy.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.settings.Architecture;
import io.convoy.settings.Layer;
import io.convoy.settings.Loss;
import io.convoy.settings.Optimizer;
import io.convoy.settings.Padding;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class NetworkBuilderTest {
  private static final int SIDE = 8;
  private static final int IMAGES = 16;
  private static final Architecture SMALL =
      Networks.of(Networks.conv(4, 3), Networks.pool(2, 2), Networks.dense(6));

  private static MultiLayerNetwork network(Architecture architecture, long seed) {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            ((LayersConfiguration) NetworkBuilder.configuration(architecture, 2, SIDE, SIDE, seed))
                .dl4j());
    network.init();
    return network;
  }

  /** Images of noise of which the odd ones, label 1, are brighter in their upper half. */
  private static DataSet separable() {
    INDArray images =
        Nd4j.rand(Nd4j.getRandomFactory().getNewRandomInstance(5), IMAGES, 3, SIDE, SIDE)
            .castTo(DataType.FLOAT)
            .muli(0.5);
    INDArray labels = Nd4j.zeros(DataType.FLOAT, IMAGES, 1);
    for (int i = 1; i < IMAGES; i += 2) {
      images
          .get(
              NDArrayIndex.point(i),
              NDArrayIndex.all(),
              NDArrayIndex.interval(0, SIDE / 2),
              NDArrayIndex.all())
          .addi(0.5);
      labels.putScalar(i, 0, 1);
    }
    return new DataSet(images, labels);
  }

  static Stream<Arguments> lossesAndOptimizers() {
    return Stream.of(Loss.values())
        .flatMap(
            loss ->
                Stream.of(
                        new Optimizer.Adam(1e-2, 0.9, 0.999, 1e-8),
                        new Optimizer.Nesterov(5e-2, 0.9),
                        new Optimizer.Sgd(2e-1))
                    .map(optimizer -> Arguments.of(loss, optimizer)));
  }

  @ParameterizedTest
  @MethodSource("lossesAndOptimizers")
  void aSeparableSetIsLearned(Loss loss, Optimizer optimizer) {
    MultiLayerNetwork network =
        network(
            Networks.of(
                loss, optimizer, Networks.conv(4, 3), Networks.pool(2, 2), Networks.dense(6)),
            1);
    DataSet data = separable();
    for (int step = 0; step < 80; step++) {
      network.fit(data);
    }
    INDArray output = network.output(data.getFeatures());
    for (int i = 0; i < IMAGES; i++) {
      assertEquals(i % 2 == 1, output.getDouble(i, 0) > 0.5, "image " + i + " of " + output);
    }
  }

  @Test
  void theOutputIsOneProbabilityAnImage() {
    INDArray output = network(SMALL, 1).output(separable().getFeatures());
    assertArrayEquals(new long[] {IMAGES, 1}, output.shape());
    assertEquals(DataType.FLOAT, output.dataType());
    assertTrue(output.minNumber().doubleValue() > 0 && output.maxNumber().doubleValue() < 1);
  }

  @Test
  void theLossIsTheOneOfTheSettings() {
    Optimizer optimizer = new Optimizer.Sgd(1e-3);
    INDArray features = separable().getFeatures();
    for (Loss loss : Loss.values()) {
      MultiLayerNetwork network = network(Networks.of(loss, optimizer, Networks.dense(3)), 1);
      double probability = network.output(features.get(NDArrayIndex.interval(0, 1))).getDouble(0);
      DataSet one =
          new DataSet(features.get(NDArrayIndex.interval(0, 1)), Nd4j.ones(DataType.FLOAT, 1, 1));
      double expected = loss == Loss.MSE ? Math.pow(1 - probability, 2) : -Math.log(probability);
      assertEquals(expected, network.score(one), 1e-5, loss.name());
    }
  }

  @Test
  void aNetworkMayHaveNoHiddenLayers() {
    MultiLayerNetwork network = network(Networks.of(), 1);
    assertEquals(3 * SIDE * SIDE + 1, network.numParams());
    assertArrayEquals(new long[] {IMAGES, 1}, network.output(separable().getFeatures()).shape());
  }

  @Test
  void samePaddingKeepsTheSizeEvenUnderALargeKernel() {
    MultiLayerNetwork network = network(Networks.of(Networks.conv(2, 11, 1, Padding.SAME)), 1);
    assertArrayEquals(
        new long[] {IMAGES, 2, SIDE, SIDE},
        network.feedForward(separable().getFeatures()).get(1).shape());
  }

  @Test
  void noPaddingShrinksTheImage() {
    assertArrayEquals(
        new long[] {IMAGES, 4, SIDE - 2, SIDE - 2},
        network(SMALL, 1).feedForward(separable().getFeatures()).get(1).shape());
  }

  @Test
  void theDropoutRateIsTheShareThatIsDropped() {
    MultiLayerNetwork network = network(Networks.of(new Layer.Dropout(0.2)), 1);
    INDArray ones = Nd4j.ones(DataType.FLOAT, 64, 3, SIDE, SIDE);
    INDArray dropped = network.feedForward(ones, true).get(1);
    double zeros = dropped.eq(0).castTo(DataType.FLOAT).meanNumber().doubleValue();
    assertEquals(0.2, zeros, 0.03);
  }

  @Test
  void predictionDropsNothing() {
    MultiLayerNetwork network = network(Networks.of(new Layer.Dropout(0.2)), 1);
    INDArray ones = Nd4j.ones(DataType.FLOAT, 2, 3, SIDE, SIDE);
    assertEquals(ones, network.feedForward(ones, false).get(1).reshape(ones.shape()));
  }

  @Test
  void aDropoutOfNothingIsAllowed() {
    MultiLayerNetwork network = network(Networks.of(new Layer.Dropout(0)), 1);
    INDArray ones = Nd4j.ones(DataType.FLOAT, 2, 3, SIDE, SIDE);
    assertEquals(ones, network.feedForward(ones, true).get(1).reshape(ones.shape()));
  }

  @Test
  void biasesBeginAsZero() {
    for (Map.Entry<String, INDArray> parameter : network(SMALL, 1).paramTable().entrySet()) {
      if (parameter.getKey().endsWith("_b")) {
        assertEquals(0, parameter.getValue().amaxNumber().doubleValue(), parameter.getKey());
      }
    }
  }

  @Test
  void theSameSeedGivesTheSameParameters() {
    assertEquals(network(SMALL, 7).params(), network(SMALL, 7).params());
  }

  @Test
  void anotherSeedGivesOtherParameters() {
    assertNotEquals(network(SMALL, 7).params(), network(SMALL, 8).params());
  }

  @Test
  void aSavedNetworkLoadsAgainAndPredictsTheSame(@TempDir Path folder) throws IOException {
    Architecture everyLayer =
        new Architecture(
            "every",
            List.of(
                Networks.conv(4, 3, 2, Padding.SAME),
                Networks.pool(2, 2),
                new Layer.Dropout(0.5),
                Networks.dense(6)),
            Loss.MSE,
            new Optimizer.Nesterov(0.1, 0.9),
            4,
            1);
    MultiLayerNetwork network = network(everyLayer, 3);
    DataSet data = separable();
    network.fit(data);
    File file = folder.resolve("model.zip").toFile();
    ModelSerializer.writeModel(network, file, true);
    MultiLayerNetwork loaded = ModelSerializer.restoreMultiLayerNetwork(file, true);
    assertEquals(network.output(data.getFeatures()), loaded.output(data.getFeatures()));
    assertEquals(network.getLayerWiseConfigurations(), loaded.getLayerWiseConfigurations());
  }
}
