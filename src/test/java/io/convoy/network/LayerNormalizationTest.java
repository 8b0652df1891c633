package io.convoy.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.failure.UserException;
import io.convoy.settings.Activation;
import io.convoy.settings.Architecture;
import io.convoy.settings.Layer;
import io.convoy.settings.PoolingKind;
import java.util.List;
import org.deeplearning4j.nn.params.DepthwiseConvolutionParamInitializer;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class LayerNormalizationTest {
  private static final int CHANNELS = 5;
  private static final double EPSILON = 0.03;
  private static final Architecture ARCHITECTURE =
      Networks.of(
          Networks.conv(CHANNELS, 3),
          new Layer.LayerNormalization(EPSILON, Activation.IDENTITY),
          new Layer.GlobalPooling(PoolingKind.AVERAGE));

  private static NetworkConfiguration configuration() {
    return NetworkBuilder.configuration(ARCHITECTURE, 2, 6, 7, 1);
  }

  private static LayerNormalization only(NetworkConfiguration network) {
    List<LayerNormalization> all = LayerNormalization.of(network.nodes());
    assertEquals(1, all.size());
    return all.get(0);
  }

  @Test
  void dl4jsLayersTakeTheMeanOffEachPositionsChannelsAndDivideByTheirDeviation() {
    Network network = configuration().initialized();
    LayerNormalization normalization = only(network.configuration());
    INDArray planes = Nd4j.rand(DataType.FLOAT, 2, 3, 6, 7);
    INDArray maps = network.output(planes, normalization.maps());
    INDArray normalized = network.output(planes, normalization.last());
    for (int image = 0; image < 2; image++) {
      for (int row = 0; row < 4; row++) {
        for (int column = 0; column < 5; column++) {
          assertArrayEquals(
              normalized(at(maps, image, row, column)), at(normalized, image, row, column), 1e-5);
        }
      }
    }
  }

  private static double[] at(INDArray maps, int image, int row, int column) {
    return maps.get(
            NDArrayIndex.point(image),
            NDArrayIndex.all(),
            NDArrayIndex.point(row),
            NDArrayIndex.point(column))
        .toDoubleVector();
  }

  private static double[] normalized(double[] channels) {
    double mean = 0;
    double square = 0;
    for (double value : channels) {
      mean += value / channels.length;
      square += value * value / channels.length;
    }
    double[] result = new double[channels.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = (channels[i] - mean) / Math.sqrt(square - mean * mean + EPSILON);
    }
    return result;
  }

  @Test
  void eachChannelHasAScaleAndAShift() {
    Network network = configuration().initialized();
    LayerNormalization normalization = only(network.configuration());
    INDArray planes = Nd4j.rand(DataType.FLOAT, 1, 3, 6, 7);
    double[] before = at(network.output(planes, normalization.last()), 0, 1, 2);
    var numbers =
        network.layer(network.configuration().nodes().get(normalization.last())).paramTable(false);
    INDArray scale = numbers.get(DepthwiseConvolutionParamInitializer.WEIGHT_KEY);
    INDArray shift = numbers.get(DepthwiseConvolutionParamInitializer.BIAS_KEY);
    double[] expected = new double[CHANNELS];
    for (int channel = 0; channel < CHANNELS; channel++) {
      scale.putScalar(new int[] {0, 0, channel, 0}, channel + 0.5);
      shift.putScalar(new int[] {0, channel}, -channel);
      expected[channel] = before[channel] * (channel + 0.5) - channel;
    }
    assertArrayEquals(expected, at(network.output(planes, normalization.last()), 0, 1, 2), 1e-5);
  }

  @Test
  void itIsFoundInANetworkThatWasRead() {
    LayerNormalization found = only(NetworkConfiguration.ofJson(configuration().json()));
    assertEquals(only(configuration()), found);
    assertEquals(EPSILON, found.epsilon());
  }

  @Test
  void whereTrainingMayChangeItsMeanItIsNone() {
    List<NetworkNode> nodes = configuration().nodes();
    NetworkNode mean = nodes.get(only(configuration()).before().get(0));
    mean.configuration().orElseThrow().setLayer(mean.layer().orElseThrow());
    assertEquals(List.of(), LayerNormalization.of(nodes));
  }

  @Test
  void itsParametersAreTwoThatAreTrainedAndTwoConstantsAChannel() {
    long of =
        NetworkSummary.of(ARCHITECTURE, 2, 6, 7).layers().stream()
            .filter(layer -> layer.kind().equals("layer-norm"))
            .mapToLong(NetworkSummary.LayerSummary::parameters)
            .sum();
    assertEquals(4 * CHANNELS, of);
    assertEquals(
        NetworkSummary.of(ARCHITECTURE, 2, 6, 7).parameters(), configuration().parameters());
  }

  @Test
  void oneChannelIsRefused() {
    Architecture one =
        Networks.of(
            Networks.conv(1, 3), new Layer.LayerNormalization(EPSILON, Activation.IDENTITY));
    String message =
        assertThrows(UserException.class, () -> NetworkBuilder.configuration(one, 2, 6, 7, 1))
            .getMessage();
    assertTrue(message.contains("one channel arrives at its layer 2 (layer-norm)"), message);
  }

  @Test
  void itTakesImagesOfEverySize() {
    assertTrue(configuration().takes(new Shape(3, 11, 9)));
  }
}
