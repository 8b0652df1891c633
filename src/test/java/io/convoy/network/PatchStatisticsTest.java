package io.convoy.network;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.convoy.settings.Layer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class PatchStatisticsTest {
  private static final int NUMBERS = 12;

  private static Network network() {
    return NetworkBuilder.configuration(
            Networks.of(new Layer.Whitening(2, 2, 2, 2), Networks.conv(3, 1)), 2, 6, 8, 1)
        .initialized();
  }

  /** Neighbours that are alike, and colours that are, too. */
  private static List<double[]> patches(int count) {
    Random random = new Random(4);
    List<double[]> patches = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double light = 0.5 + random.nextGaussian() / 8;
      double[] patch = new double[NUMBERS];
      for (int number = 0; number < NUMBERS; number++) {
        patch[number] = light + number / 50.0 + random.nextGaussian() / 16;
      }
      patches.add(patch);
    }
    return patches;
  }

  private static PatchStatistics statistics(List<double[]> patches) {
    PatchStatistics.Sum sum = new PatchStatistics.Sum(NUMBERS);
    patches.forEach(sum::add);
    return sum.statistics();
  }

  /** [patches, filters], before the ReLU. */
  private static double[][] responses(Network network, List<double[]> patches) {
    INDArray weights = network.layer(network.configuration().nodes().get(0)).getParam("W");
    INDArray biases = network.layer(network.configuration().nodes().get(0)).getParam("b");
    INDArray rows = Nd4j.create(patches.toArray(double[][]::new)).castTo(weights.dataType());
    return rows.mmul(weights.reshape('c', 2 * NUMBERS, NUMBERS).transpose())
        .addiRowVector(biases.reshape(2 * NUMBERS))
        .toDoubleMatrix();
  }

  @Test
  void theFiltersOfOneSignMakeWhiteNoiseOfThePatches() {
    List<double[]> patches = patches(2000);
    Network network = network();

    statistics(patches).whiten(network);

    double[][] responses = responses(network, patches);
    for (int i = 0; i < NUMBERS; i++) {
      for (int j = 0; j <= i; j++) {
        double mean = 0;
        double product = 0;
        for (double[] response : responses) {
          mean += response[i] / responses.length;
          product += response[i] * response[j] / responses.length;
        }
        assertEquals(0, mean, 1e-3);
        assertEquals(i == j ? 1 : 0, product, 5e-3);
      }
    }
  }

  @Test
  void theOtherFiltersAreTheirOpposites() {
    List<double[]> patches = patches(100);
    Network network = network();

    statistics(patches).whiten(network);

    for (double[] response : responses(network, patches)) {
      for (int i = 0; i < NUMBERS; i++) {
        assertEquals(-response[i], response[NUMBERS + i], 1e-4);
      }
    }
  }

  @Test
  void photosOfOneColourGiveNumbersAllTheSame() {
    List<double[]> patches = List.of(new double[NUMBERS], new double[NUMBERS]);
    Network network = network();

    statistics(patches).whiten(network);

    for (double[] response : responses(network, patches)) {
      for (double number : response) {
        assertEquals(0, number);
      }
    }
  }
}
