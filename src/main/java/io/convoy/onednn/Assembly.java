package io.convoy.onednn;

import io.convoy.model.NetworkNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.dnnl.global.dnnl.algorithm;

/** Makes the stages of a network's nodes. */
final class Assembly {
  private final NetworkPlan plan;
  private final Setting trained;
  private final List<Stage> stages = new ArrayList<>();
  private final Map<Integer, Tensor> outputs = new HashMap<>();
  private final Map<Integer, ForkStage> forks = new HashMap<>();

  /**
   * @param first the place of what the first node reads
   * @param input what it is
   */
  Assembly(NetworkPlan plan, Setting setting, int first, Tensor input) {
    this.plan = plan;
    this.trained = setting;
    put(first, input);
  }

  /** The stages, in the order of the forward pass. */
  List<Stage> stages() {
    return stages;
  }

  /** The output of a node. */
  Tensor output(int node) {
    return outputs.get(node);
  }

  /** Adds the stages of some nodes. */
  void add(int from, int to) {
    for (int i = from; i < to; i++) {
      LayerPlan layer = plan.nodes().get(i).layer();
      if (layer instanceof LayerPlan.Convolution convolution && isMaxPooled(i)) {
        i = addPooled(i, convolution);
      } else {
        put(i, add(i, layer));
      }
    }
  }

  /** That of a node: frozen ones compute as in prediction, for trained ones to read the last of. */
  private Setting setting(int node) {
    if (plan.nodes().get(node).role() == NetworkPlan.Role.TRAINED || !trained.trains()) {
      return trained;
    }
    return trained.frozen(plan.endsFrozen(node) ? Setting.Outputs.KEPT : Setting.Outputs.PASSING);
  }

  private Tensor add(int i, LayerPlan layer) {
    if (layer instanceof LayerPlan.Sum sum) {
      return addSum(i, sum);
    }
    Setting setting = setting(i);
    Tensor input = input(i, 0);
    if (layer instanceof LayerPlan.Convolution convolution) {
      Tensor output =
          add(
              setting,
              new ConvolutionStage(setting, convolution, input, ConvolutionStage.Output.KEPT));
      addSlope(setting, convolution.nonlinearity(), output);
      return output;
    }
    if (layer instanceof LayerPlan.Dense dense) {
      Tensor output = add(setting, new DenseStage(setting, dense, input));
      addSlope(setting, dense.nonlinearity(), output);
      return output;
    }
    if (layer instanceof LayerPlan.BatchNormalization normalization) {
      NormalizationStage.Gradient gradient =
          isSummed(i) ? NormalizationStage.Gradient.OWN : NormalizationStage.Gradient.SHARED;
      return add(setting, new NormalizationStage(setting, normalization, input, gradient));
    }
    if (layer instanceof LayerPlan.Pooling pooling) {
      return add(setting, new PoolingStage(setting, pooling, input));
    }
    if (layer instanceof LayerPlan.Activation activation) {
      return activation.nonlinearity() == Nonlinearity.IDENTITY
          ? input
          : add(setting, new ActivationStage(setting, activation.nonlinearity(), input));
    }
    LayerPlan.Dropout dropout = (LayerPlan.Dropout) layer;
    return setting.trains() ? add(setting, new DropoutStage(setting, dropout, i, input)) : input;
  }

  /** The derivative comes after the pooling, for which the convolution's output is not kept. */
  private int addPooled(int i, LayerPlan.Convolution convolution) {
    Setting setting = setting(i + 1);
    Tensor maps =
        add(
            setting,
            new ConvolutionStage(
                setting, convolution, input(i, 0), ConvolutionStage.Output.PASSING));
    LayerPlan.Pooling pooling = (LayerPlan.Pooling) plan.nodes().get(i + 1).layer();
    Tensor output = add(setting, new PoolingStage(setting, pooling, maps));
    addSlope(setting, convolution.nonlinearity(), output);
    put(i + 1, output);
    return i + 1;
  }

  private Tensor addSum(int i, LayerPlan.Sum sum) {
    Setting setting = setting(i);
    List<Integer> inputs = plan.nodes().get(i).inputs();
    Tensor first = input(i, 0);
    Tensor second;
    Tensor output;
    if (isNormalization(inputs.get(0))
        && plan.readers(inputs.get(0)) == 1
        && first.gradient().isPresent() == setting.trains()) {
      // The normalisation leaves the gradient as it is. In place, oneDNN 2.5 adds wrongly with a
      // ReLU.
      output = setting.kept(first.layout(), first.gradient());
      ForkStage fork = forks.get(inputs.get(1));
      second =
          fork != null && fork.output().layout().equals(first.layout())
              ? fork.adding(output.gradient())
              : input(i, 1);
    } else {
      second = input(i, 1);
      output = setting.kept(first.layout(), setting.outputGradient(first.layout()));
    }
    add(setting, new SumStage(setting, sum, first, second, output));
    addSlope(setting, sum.nonlinearity(), output);
    return output;
  }

  private Tensor input(int node, int which) {
    int place = plan.nodes().get(node).inputs().get(which);
    ForkStage fork = forks.get(place);
    return fork == null ? outputs.get(place) : fork.next();
  }

  private void put(int node, Tensor output) {
    outputs.put(node, output);
    if (node != NetworkNode.IMAGE && plan.readers(node) > 1 && output.gradient().isPresent()) {
      ForkStage fork = new ForkStage(trained, output);
      stages.add(fork);
      forks.put(node, fork);
    }
  }

  private Tensor add(Setting setting, Stage stage) {
    stages.add(setting.trains() ? stage : new ForwardStage(stage));
    return stage.output();
  }

  private void addSlope(Setting setting, Nonlinearity nonlinearity, Tensor tensor) {
    if (setting.trains() && nonlinearity != Nonlinearity.IDENTITY) {
      stages.add(new SlopeStage(setting, tensor, nonlinearity));
    }
  }

  private boolean isNormalization(int node) {
    return node != NetworkNode.IMAGE
        && plan.nodes().get(node).layer() instanceof LayerPlan.BatchNormalization;
  }

  private boolean isSummed(int node) {
    return plan.nodes().stream()
        .anyMatch(other -> other.layer() instanceof LayerPlan.Sum && other.inputs().contains(node));
  }

  /** Whether the next node is a max pooling that alone reads this one. */
  private boolean isMaxPooled(int node) {
    NetworkPlan.Node next = plan.nodes().get(node + 1);
    return next.inputs().equals(List.of(node))
        && plan.readers(node) == 1
        && next.layer() instanceof LayerPlan.Pooling pooling
        && pooling.kind() == algorithm.pooling_max;
  }
}
