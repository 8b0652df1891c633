package io.convoy.model;

import io.convoy.filters.FeatureMap;
import io.convoy.filters.Plane;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A network's first layer, where that is a convolution. */
public final class FirstLayer {
  private static final String WEIGHTS = "0_W";

  private final MultiLayerNetwork network;

  private FirstLayer(MultiLayerNetwork network) {
    this.network = network;
  }

  /** That of a network; empty where it is no convolution. */
  public static Optional<FirstLayer> of(MultiLayerNetwork network) {
    return network.getLayerWiseConfigurations().getConf(0).getLayer() instanceof ConvolutionLayer
        ? Optional.of(new FirstLayer(network))
        : Optional.empty();
  }

  /**
   * What each filter answers to an image, to be shown.
   *
   * @param image float32 [1, channels, height, width], as the network takes it
   */
  public List<FeatureMap> maps(INDArray image) {
    List<Plane> outputs = outputs(image);
    return IntStream.range(0, outputs.size())
        .mapToObj(filter -> FeatureMap.of(filter + 1, outputs.get(filter), kernel(filter)))
        .toList();
  }

  /** The layer's output after its activation, a plane a filter. */
  List<Plane> outputs(INDArray image) {
    INDArray output = network.feedForwardToLayer(0, image, false).get(1);
    return planes(output, 0);
  }

  /** The weights of a filter, a plane a channel. */
  List<Plane> kernel(int filter) {
    return planes(network.getParam(WEIGHTS), filter);
  }

  private static List<Plane> planes(INDArray array, int first) {
    return LongStream.range(0, array.size(1))
        .mapToObj(second -> plane(array, first, second))
        .toList();
  }

  /** One plane of an array of four dimensions. */
  private static Plane plane(INDArray array, long first, long second) {
    INDArray plane = array.slice(first, 0).slice(second, 0);
    return new Plane(plane.rows(), plane.columns(), plane.dup('c').data().asFloat());
  }
}
