package io.convoy.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.failure.UserException;
import io.convoy.settings.Activation;
import io.convoy.settings.Architecture;
import io.convoy.settings.Layer;
import io.convoy.settings.Padding;
import io.convoy.settings.PoolingKind;
import java.util.List;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.params.DepthwiseConvolutionParamInitializer;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class GroupedConvolutionTest {
  private static final int CHANNELS = 6;
  private static final int GROUPS = 2;
  private static final int FILTERS = 8;
  private static final int KERNEL = 3;
  private static final int HEIGHT = 7;
  private static final int WIDTH = 8;
  private static final Architecture ARCHITECTURE = architecture(GROUPS);

  private static Architecture architecture(int groups) {
    return Networks.of(
        Networks.conv(CHANNELS, KERNEL),
        new Layer.GroupedConvolution(
            FILTERS, groups, KERNEL, KERNEL, 1, 1, Padding.NONE, Activation.IDENTITY),
        new Layer.GlobalPooling(PoolingKind.AVERAGE));
  }

  private static NetworkConfiguration configuration() {
    return NetworkBuilder.configuration(ARCHITECTURE, 2, HEIGHT, WIDTH, 1);
  }

  private static GroupedConvolution only(NetworkConfiguration network) {
    List<GroupedConvolution> all = GroupedConvolution.of(network.nodes());
    assertEquals(1, all.size());
    return all.get(0);
  }

  @Test
  void eachFilterAddsUpTheChannelsOfItsGroupAlone() {
    Network network = configuration().initialized();
    List<NetworkNode> nodes = network.configuration().nodes();
    GroupedConvolution convolution = only(network.configuration());
    INDArray weights =
        network
            .layer(nodes.get(convolution.apart()))
            .paramTable(false)
            .get(DepthwiseConvolutionParamInitializer.WEIGHT_KEY);
    INDArray planes = Nd4j.rand(DataType.FLOAT, 2, 3, HEIGHT, WIDTH);
    INDArray maps = network.output(planes, nodes.get(convolution.apart()).inputs().get(0));
    INDArray convolved = network.output(planes, convolution.last());
    for (int image = 0; image < 2; image++) {
      for (int filter = 0; filter < FILTERS; filter++) {
        for (int row = 0; row < convolved.size(2); row++) {
          for (int column = 0; column < convolved.size(3); column++) {
            assertEquals(
                sum(maps, weights, image, filter, row, column),
                convolved.getDouble(image, filter, row, column),
                1e-5);
          }
        }
      }
    }
  }

  private static double sum(
      INDArray maps, INDArray weights, int image, int filter, int row, int column) {
    int channels = CHANNELS / GROUPS;
    int filters = FILTERS / GROUPS;
    int group = filter / filters;
    double sum = 0;
    for (int channel = group * channels; channel < (group + 1) * channels; channel++) {
      for (int down = 0; down < KERNEL; down++) {
        for (int right = 0; right < KERNEL; right++) {
          sum +=
              weights.getDouble(down, right, channel, filter % filters)
                  * maps.getDouble(image, channel, row + down, column + right);
        }
      }
    }
    return sum;
  }

  @Test
  void itIsFoundInANetworkThatWasRead() {
    GroupedConvolution found = only(NetworkConfiguration.ofJson(configuration().json()));
    assertEquals(only(configuration()), found);
    assertEquals(GROUPS, found.groups());
  }

  @Test
  void whereTrainingMayChangeItsSumsItIsNone() {
    List<NetworkNode> nodes = configuration().nodes();
    NetworkNode sums = nodes.get(only(configuration()).after().get(1));
    sums.configuration().orElseThrow().setLayer(sums.layer().orElseThrow());
    assertEquals(List.of(), GroupedConvolution.of(nodes));
  }

  @Test
  void anActivationBeforeTheSumsMakesItNone() {
    List<NetworkNode> nodes = configuration().nodes();
    DepthwiseConvolution2D apart =
        (DepthwiseConvolution2D) nodes.get(only(configuration()).apart()).layer().orElseThrow();
    apart.setActivationFn(new ActivationReLU());
    assertEquals(List.of(), GroupedConvolution.of(nodes));
  }

  @Test
  void itsParametersAreTheWeightsOfEachGroupAndAConstantAChannelOfAGroup() {
    long of =
        NetworkSummary.of(ARCHITECTURE, 2, HEIGHT, WIDTH).layers().stream()
            .filter(layer -> layer.kind().equals("grouped-conv"))
            .mapToLong(NetworkSummary.LayerSummary::parameters)
            .sum();
    assertEquals(KERNEL * KERNEL * CHANNELS / GROUPS * FILTERS + CHANNELS / GROUPS, of);
    assertEquals(
        NetworkSummary.of(ARCHITECTURE, 2, HEIGHT, WIDTH).parameters(),
        configuration().parameters());
  }

  @Test
  void groupsThatDoNotDivideTheChannelsAreRefused() {
    String message =
        assertThrows(
                UserException.class,
                () -> NetworkBuilder.configuration(architecture(4), 2, HEIGHT, WIDTH, 1))
            .getMessage();
    assertTrue(message.contains("6 channels arrive at its layer 2 (grouped-conv)"), message);
    assertTrue(message.contains("4 groups"), message);
  }
}
