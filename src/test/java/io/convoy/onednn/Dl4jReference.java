package io.convoy.onednn;

import static io.convoy.onednn.TinyNetworks.configuration;
import static io.convoy.onednn.TinyNetworks.labels;
import static io.convoy.onednn.TinyNetworks.parameters;
import static io.convoy.onednn.TinyNetworks.pixels;

import io.convoy.network.GraphNetwork;
import io.convoy.network.LayersNetwork;
import io.convoy.network.Network;
import io.convoy.settings.Architecture;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.deeplearning4j.gradientcheck.GradientCheckUtil;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * DL4J's own layers in double precision.
 *
 * @param statistics the names of the parameters that are running statistics
 */
record Dl4jReference(Network network, Set<String> statistics) {
  static Dl4jReference of(Architecture architecture) {
    Network network = configuration(architecture).on(parameters(architecture));
    Set<String> statistics =
        network.configuration().nodes().stream()
            .filter(node -> node.layer().orElse(null) instanceof BatchNormalization)
            .flatMap(node -> Stream.of(node.name() + "_mean", node.name() + "_var"))
            .collect(Collectors.toSet());
    return new Dl4jReference(
        network instanceof LayersNetwork layers
            ? new LayersNetwork(layers.dl4j().convertDataType(DataType.DOUBLE))
            : new GraphNetwork(((GraphNetwork) network).dl4j().convertDataType(DataType.DOUBLE)),
        statistics);
  }

  boolean isThatOfFiniteDifferences() {
    INDArray input = asDoubles(pixels(2));
    INDArray labels = labels(2).castTo(DataType.DOUBLE);
    if (network instanceof LayersNetwork layers) {
      return GradientCheckUtil.checkGradients(
          new GradientCheckUtil.MLNConfig()
              .net(layers.dl4j())
              .epsilon(1e-6)
              .maxRelError(1e-4)
              .minAbsoluteError(1e-8)
              .input(input)
              .labels(labels)
              .excludeParams(statistics)
              .subset(true)
              .maxPerParam(40));
    }
    // DL4J's check takes a graph's parameters in another order than they lie.
    return isSlope(((GraphNetwork) network).dl4j(), input, labels);
  }

  /** Whether the loss rises along the gradient as the gradient says. */
  private boolean isSlope(ComputationGraph graph, INDArray input, INDArray labels) {
    compute(graph, input, labels);
    graph
        .gradient()
        .gradientForVariable()
        .forEach((name, gradient) -> gradient.muli(statistics.contains(name) ? 0 : 1));
    INDArray direction = network.gradient().dup();
    double expected = direction.mul(direction).sumNumber().doubleValue();
    double step = 1e-5 / Math.sqrt(expected);
    INDArray start = network.parameters().dup();
    network.parameters().assign(start.add(direction.mul(step)));
    compute(graph, input, labels);
    double up = graph.score() * labels.size(0);
    network.parameters().assign(start.sub(direction.mul(step)));
    compute(graph, input, labels);
    double down = graph.score() * labels.size(0);
    return Math.abs((up - down) / (2 * step) - expected) < 1e-4 * expected;
  }

  private static void compute(ComputationGraph graph, INDArray input, INDArray labels) {
    graph.setInputs(input);
    graph.setLabels(labels);
    graph.computeGradientAndScore();
  }

  /** Of the mean loss; by running statistics, what is to be taken off them. */
  INDArray gradient(int images) {
    INDArray input = asDoubles(pixels(images));
    INDArray labels = labels(images).castTo(DataType.DOUBLE);
    if (network instanceof LayersNetwork layers) {
      layers.dl4j().setInput(input);
      layers.dl4j().setLabels(labels);
      layers.dl4j().computeGradientAndScore();
      layers
          .dl4j()
          .gradient()
          .gradientForVariable()
          .forEach((name, each) -> divide(name, each, images));
    } else {
      ComputationGraph graph = ((GraphNetwork) network).dl4j();
      compute(graph, input, labels);
      graph.gradient().gradientForVariable().forEach((name, each) -> divide(name, each, images));
    }
    return network.gradient();
  }

  private void divide(String name, INDArray gradient, int images) {
    if (!statistics.contains(name)) {
      gradient.divi(images);
    }
  }

  double score() {
    return network instanceof LayersNetwork layers
        ? layers.dl4j().score()
        : ((GraphNetwork) network).dl4j().score();
  }

  static INDArray asDoubles(INDArray pixels) {
    return pixels.castTo(DataType.DOUBLE).div(255).permute(0, 3, 1, 2).dup('c');
  }
}
