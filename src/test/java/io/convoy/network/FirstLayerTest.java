package io.convoy.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.filters.Convolution;
import io.convoy.filters.Plane;
import io.convoy.settings.Activation;
import io.convoy.settings.Architecture;
import io.convoy.settings.Layer;
import io.convoy.settings.Loss;
import io.convoy.settings.Optimizer;
import io.convoy.settings.Padding;
import io.convoy.settings.PoolingKind;
import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class FirstLayerTest {
  private static final int HEIGHT = 7;
  private static final int WIDTH = 9;
  private static final int FILTERS = 4;

  private static final Layer POOLING = new Layer.Pooling(PoolingKind.MAX, 2, 2, 2, 2);
  private static final Layer DENSE = new Layer.Dense(3, Activation.RELU);

  private static Layer convolution(int kernelHeight, int stride, Padding padding) {
    return new Layer.Convolution(
        FILTERS, kernelHeight, 3, stride, stride, padding, Activation.RELU);
  }

  private static MultiLayerNetwork network(Layer... layers) {
    Architecture architecture =
        new Architecture("net", List.of(layers), Loss.MSE, new Optimizer.Sgd(0.1), 2, 1);
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            ((LayersConfiguration) NetworkBuilder.configuration(architecture, 2, HEIGHT, WIDTH, 3))
                .dl4j());
    network.init();
    return network;
  }

  private static INDArray image() {
    Nd4j.getRandom().setSeed(5);
    return Nd4j.rand(1, 3, HEIGHT, WIDTH);
  }

  /** What DL4J says, of the whole network. */
  private static INDArray firstOf(MultiLayerNetwork network, INDArray image) {
    return network.feedForward(image).get(1);
  }

  private static Plane plane(INDArray array, int first, int second) {
    int height = (int) array.size(2);
    int width = (int) array.size(3);
    float[] values = new float[height * width];
    for (int i = 0; i < values.length; i++) {
      values[i] = array.getFloat(first, second, i / width, i % width);
    }
    return new Plane(height, width, values);
  }

  private static void assertMapsAreDl4js(MultiLayerNetwork network) {
    INDArray image = image();
    INDArray expected = firstOf(network, image);
    List<Plane> maps = FirstLayer.of(new LayersNetwork(network)).orElseThrow().outputs(image);
    assertEquals(FILTERS, maps.size());
    for (int filter = 0; filter < FILTERS; filter++) {
      Plane map = plane(expected, 0, filter);
      assertEquals(map.height(), maps.get(filter).height());
      assertEquals(map.width(), maps.get(filter).width());
      assertArrayEquals(map.values(), maps.get(filter).values(), 1e-6f);
    }
  }

  @Test
  void itsMapsAreTheActivationsOfDl4jsFirstLayer() {
    assertMapsAreDl4js(network(convolution(3, 1, Padding.NONE), POOLING, DENSE));
  }

  @Test
  void strideAndPaddingAreTheNetworks() {
    assertMapsAreDl4js(network(convolution(5, 2, Padding.SAME), DENSE));
  }

  /** Ties the arithmetic that the page explains to what the networks compute. */
  @Test
  void aMapIsTheConvolutionsOfTheChannelsSummedWithTheBiasAndCutAtZero() {
    MultiLayerNetwork network = network(convolution(3, 1, Padding.NONE), DENSE);
    network.getParam("0_b").assign(Nd4j.createFromArray(new float[][] {{0.3f, -0.2f, 0, 0.1f}}));
    INDArray image = image();
    FirstLayer layer = FirstLayer.of(new LayersNetwork(network)).orElseThrow();
    List<Plane> maps = layer.outputs(image);
    for (int filter = 0; filter < FILTERS; filter++) {
      float[] sums = new float[maps.get(filter).values().length];
      for (int channel = 0; channel < 3; channel++) {
        Plane kernel = layer.kernel(filter).get(channel);
        Plane one = new Convolution(kernel).of(plane(image, 0, channel));
        for (int i = 0; i < sums.length; i++) {
          sums[i] += one.values()[i];
        }
      }
      for (int i = 0; i < sums.length; i++) {
        sums[i] = Math.max(0, sums[i] + network.getParam("0_b").getFloat(filter));
      }
      assertArrayEquals(sums, maps.get(filter).values(), 1e-5f);
    }
  }

  @Test
  void aFirstLayerThatIsNoConvolutionHasNoMaps() {
    assertTrue(FirstLayer.of(new LayersNetwork(network(DENSE))).isEmpty());
    assertTrue(FirstLayer.of(new LayersNetwork(network(POOLING, DENSE))).isEmpty());
    assertTrue(FirstLayer.of(new LayersNetwork(network(new Layer.Dropout(0.2), DENSE))).isEmpty());
  }
}
