package io.convoy.network;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.graph.FrozenVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.util.GraphIndices;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A graph of layers, with one input and one output.
 *
 * @param dl4j complete with the sizes of the layers
 */
public record GraphConfiguration(ComputationGraphConfiguration dl4j)
    implements NetworkConfiguration {
  private static final long serialVersionUID = 1L;

  @Override
  public <T> T kind(
      Function<MultiLayerConfiguration, T> layers,
      Function<ComputationGraphConfiguration, T> graph) {
    return graph.apply(dl4j);
  }

  @Override
  public List<NetworkNode> nodes() {
    GraphIndices indices = new ComputationGraph(dl4j).calculateIndices();
    Map<String, Integer> places = new HashMap<>();
    dl4j.getNetworkInputs().forEach(input -> places.put(input, NetworkNode.IMAGE));
    List<NetworkNode> nodes = new ArrayList<>();
    for (int index : indices.getTopologicalSortOrder()) {
      String name = indices.getIdxToName().get(index);
      GraphVertex vertex = dl4j.getVertices().get(name);
      if (vertex != null) {
        places.put(name, nodes.size());
        List<Integer> inputs = dl4j.getVertexInputs().get(name).stream().map(places::get).toList();
        nodes.add(node(name, inputs, vertex));
      }
    }
    return nodes;
  }

  private static NetworkNode node(String name, List<Integer> inputs, GraphVertex vertex) {
    if (vertex instanceof FrozenVertex frozen) {
      // It has no parameters to be frozen.
      return node(name, inputs, frozen.getUnderlying());
    }
    return vertex instanceof LayerVertex layer
        ? new NetworkNode(
            name,
            inputs,
            Optional.of(layer.getLayerConf()),
            Optional.empty(),
            Optional.ofNullable(layer.getPreProcessor()))
        : new NetworkNode(name, inputs, Optional.empty(), Optional.of(vertex), Optional.empty());
  }

  @Override
  public Network initialized() {
    ComputationGraph network = new ComputationGraph(copy());
    network.init();
    return new GraphNetwork(network);
  }

  @Override
  public Network on(INDArray parameters) {
    return ConfigurationJson.trusting(
        () -> {
          ComputationGraph network = new ComputationGraph(copy());
          network.init(parameters, false);
          return new GraphNetwork(network);
        });
  }

  /** DL4J's own copy, as of 1.0.0-M2, counts from 0 again, where that of layers does not. */
  private ComputationGraphConfiguration copy() {
    ComputationGraphConfiguration copy = dl4j.clone();
    copy.setEpochCount(dl4j.getEpochCount());
    copy.setIterationCount(dl4j.getIterationCount());
    return copy;
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
