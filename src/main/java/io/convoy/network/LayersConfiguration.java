package io.convoy.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Layers one behind the other.
 *
 * @param dl4j complete with the sizes of the layers
 */
public record LayersConfiguration(MultiLayerConfiguration dl4j) implements NetworkConfiguration {
  private static final long serialVersionUID = 1L;

  @Override
  public <T> T kind(
      Function<MultiLayerConfiguration, T> layers,
      Function<ComputationGraphConfiguration, T> graph) {
    return layers.apply(dl4j);
  }

  @Override
  public List<NetworkNode> nodes() {
    List<NetworkNode> nodes = new ArrayList<>();
    for (int i = 0; i < dl4j.getConfs().size(); i++) {
      nodes.add(
          new NetworkNode(
              Integer.toString(i),
              // The first reads the image.
              List.of(i - 1),
              Optional.of(dl4j.getConf(i)),
              Optional.empty(),
              Optional.ofNullable(dl4j.getInputPreProcess(i))));
    }
    return nodes;
  }

  @Override
  public Network initialized() {
    MultiLayerNetwork network = new MultiLayerNetwork(dl4j.clone());
    network.init();
    return new LayersNetwork(network);
  }

  @Override
  public Network on(INDArray parameters) {
    return ConfigurationJson.trusting(
        () -> {
          MultiLayerNetwork network = new MultiLayerNetwork(dl4j.clone());
          network.init(parameters, false);
          return new LayersNetwork(network);
        });
  }

  @Override
  public int epochs() {
    return dl4j.getEpochCount();
  }

  @Override
  public int iterations() {
    return dl4j.getIterationCount();
  }

  @Override
  public String json() {
    return dl4j.toJson();
  }

  @Override
  public NetworkConfiguration inFloats() {
    dl4j.setDataType(DataType.FLOAT);
    return this;
  }
}
