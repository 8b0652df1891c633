package io.convoy.network;

import io.convoy.filters.FeatureMap;
import io.convoy.filters.Plane;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A network's first layer, where that is a convolution. */
public final class FirstLayer {
  private static final String WEIGHTS = "W";

  private final Layer layer;

  private FirstLayer(Layer layer) {
    this.layer = layer;
  }

  /** The first layer of a network; empty where it is no convolution. */
  public static Optional<FirstLayer> of(Network network) {
    NetworkNode first = network.configuration().nodes().get(0);
    return first.layer().orElse(null) instanceof ConvolutionLayer
        ? Optional.of(new FirstLayer(network.layer(first)))
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
    INDArray output = layer.activate(image, false, LayerWorkspaceMgr.noWorkspaces());
    return planes(output, 0);
  }

  /** The weights of a filter, a plane a channel. */
  List<Plane> kernel(int filter) {
    return planes(layer.getParam(WEIGHTS), filter);
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
