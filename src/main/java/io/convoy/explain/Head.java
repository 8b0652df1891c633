package io.convoy.explain;

import io.convoy.network.LastMaps;
import io.convoy.network.Network;
import io.convoy.network.NetworkNode;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What a network does behind its last feature maps, and its gradient there. */
final class Head {
  private final Network network;
  private final LastMaps maps;
  private final List<NetworkNode> poolings = new ArrayList<>();
  private final List<Step> steps = new ArrayList<>();

  Head(Network network, LastMaps maps) {
    this.network = network;
    this.maps = maps;
    for (NetworkNode node : maps.behind(network.configuration())) {
      add(node, node.layer().orElseThrow());
    }
  }

  private void add(NetworkNode node, org.deeplearning4j.nn.conf.layers.Layer layer) {
    if (layer instanceof DropoutLayer) {
      // In prediction it does nothing.
      return;
    }
    if (layer instanceof OutputLayer) {
      steps.add(linear(network.layer(node)));
    } else if (layer instanceof DenseLayer dense) {
      steps.add(linear(network.layer(node)));
      steps.add(new Nonlinear(dense.getActivationFn()));
    } else if (layer instanceof ActivationLayer activation) {
      steps.add(new Nonlinear(activation.getActivationFn()));
    } else {
      poolings.add(node);
    }
  }

  private static Step linear(Layer dense) {
    INDArray weights = dense.getParam("W");
    INDArray bias = dense.paramTable().get("b");
    return new Linear(weights, bias == null ? Nd4j.zeros(1, weights.size(1)) : bias);
  }

  /** A function of vectors, [images, numbers]. */
  private sealed interface Step {
    INDArray forward(INDArray input);

    /** The gradient by the input, from that by the output. */
    INDArray backward(INDArray input, INDArray byOutput);
  }

  /**
   * @param weights [inputs, outputs]
   * @param bias [1, outputs]
   */
  private record Linear(INDArray weights, INDArray bias) implements Step {
    @Override
    public INDArray forward(INDArray input) {
      return input.mmul(weights).addiRowVector(bias);
    }

    @Override
    public INDArray backward(INDArray input, INDArray byOutput) {
      return byOutput.mmul(weights.transpose());
    }
  }

  private record Nonlinear(IActivation activation) implements Step {
    @Override
    public INDArray forward(INDArray input) {
      // DL4J computes in place.
      return activation.getActivation(input.dup(), false);
    }

    @Override
    public INDArray backward(INDArray input, INDArray byOutput) {
      return activation.backprop(input.dup(), byOutput.dup()).getFirst();
    }
  }

  /**
   * The mean, over the places of each feature map, of the gradient of a class's score, which is
   * what goes into the output's activation; of two classes the negative one has the other sign.
   *
   * @param values of the maps, float32 [images, channels, height, width]
   * @param classes of each image the label
   * @return float32 [images, channels]
   */
  INDArray meanGradient(INDArray values, int[] classes) {
    INDArray vectors = flattened(values);
    List<INDArray> inputs = new ArrayList<>();
    INDArray output = vectors;
    for (Step step : steps) {
      inputs.add(output);
      output = step.forward(output);
    }
    INDArray gradient = scores(classes, output.size(1));
    for (int i = steps.size() - 1; i >= 0; i--) {
      gradient = steps.get(i).backward(inputs.get(i), gradient);
    }
    // A pooling hands each gradient on to the places of its window, and their sum stays the same.
    int channels = maps.shape().channels();
    long pooled = gradient.size(1) / channels;
    long places = maps.shape().size() / channels;
    return gradient.dup('c').reshape('c', values.size(0), channels, pooled).sum(2).divi(places);
  }

  private INDArray flattened(INDArray values) {
    INDArray output = values;
    for (NetworkNode pooling : poolings) {
      output = network.layer(pooling).activate(output, false, LayerWorkspaceMgr.noWorkspaces());
    }
    return output.dup('c').reshape('c', values.size(0), output.length() / values.size(0));
  }

  private static INDArray scores(int[] classes, long outputs) {
    INDArray scores = Nd4j.zeros(classes.length, outputs);
    for (int image = 0; image < classes.length; image++) {
      if (outputs == 1) {
        scores.putScalar(image, 0, classes[image] == 1 ? 1 : -1);
      } else {
        scores.putScalar(image, classes[image], 1);
      }
    }
    return scores;
  }
}
