package io.convoy.onednn;

import io.convoy.network.NetworkNode;
import io.convoy.settings.Precision;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.dnnl.global.dnnl.algorithm;

/** Makes the stages of a network's nodes. */
final class StageBuilder {
  private final NetworkPlan plan;
  private final StageContext trained;
  private final List<Stage> stages = new ArrayList<>();
  private final List<DenseStage.Factors> factors = new ArrayList<>();
  private final Map<Integer, Tensor> outputs = new HashMap<>();
  private final Map<Integer, ForkStage> forks = new HashMap<>();

  /**
   * @param first the place of what the first node reads
   * @param input what it is
   */
  StageBuilder(NetworkPlan plan, StageContext context, int first, Tensor input) {
    this.plan = plan;
    this.trained = context;
    put(first, input);
  }

  /** The stages, in the order of the forward pass. */
  List<Stage> stages() {
    return stages;
  }

  /** Those of the dense layers whose gradient is left so, in their order. */
  List<DenseStage.Factors> factors() {
    return factors;
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

  /**
   * The context of a node: frozen ones compute as in prediction, for trained ones to read the last
   * of.
   */
  private StageContext context(int node) {
    if (plan.nodes().get(node).role() == NetworkPlan.Role.TRAINED || !trained.trains()) {
      return trained;
    }
    return trained.frozen(
        plan.endsFrozen(node) ? StageContext.Outputs.KEPT : StageContext.Outputs.PASSING);
  }

  private Tensor add(int i, LayerPlan layer) {
    return layer.accept(
        new LayerPlan.Visitor<>() {
          private final StageContext context = context(i);

          @Override
          public Tensor convolution(LayerPlan.Convolution convolution) {
            return activated(
                convolution.nonlinearity(),
                ConvolutionStage.of(
                    context, convolution, input(i, 0), ConvolutionStage.Output.KEPT));
          }

          @Override
          public Tensor dense(LayerPlan.Dense dense) {
            return activated(
                dense.nonlinearity(),
                DenseStage.of(context, dense, input(i, 0), precision(i), factors::add));
          }

          /** The loss takes the logits in float32. */
          private Precision precision(int node) {
            return node == plan.nodes().size() - 1 ? Precision.FLOAT32 : context.precision();
          }

          private Tensor activated(Nonlinearity nonlinearity, Stage stage) {
            Tensor output = add(stage);
            addActivationGradient(context, nonlinearity, output);
            return output;
          }

          @Override
          public Tensor batchNormalization(LayerPlan.BatchNormalization normalization) {
            NormalizationStage.Gradient gradient =
                isSummed(i) ? NormalizationStage.Gradient.OWN : NormalizationStage.Gradient.SHARED;
            return add(NormalizationStage.of(context, normalization, input(i, 0), gradient));
          }

          @Override
          public Tensor layerNormalization(LayerPlan.LayerNormalization normalization) {
            return add(LayerNormalizationStage.of(context, normalization, input(i, 0)));
          }

          @Override
          public Tensor sum(LayerPlan.Sum sum) {
            return addSum(i, sum);
          }

          @Override
          public Tensor channelProduct(LayerPlan.ChannelProduct product) {
            Tensor maps = input(i, product.maps());
            return add(
                ChannelProductStage.of(context, product, maps, input(i, 1 - product.maps())));
          }

          @Override
          public Tensor activation(LayerPlan.Activation activation) {
            Tensor input = input(i, 0);
            return activation.nonlinearity() == Nonlinearity.IDENTITY
                ? input
                : add(ActivationStage.of(context, activation.nonlinearity(), input));
          }

          @Override
          public Tensor pooling(LayerPlan.Pooling pooling) {
            return add(PoolingStage.of(context, pooling, input(i, 0)));
          }

          @Override
          public Tensor padding(LayerPlan.Padding padding) {
            throw new IllegalArgumentException("zeros that no convolution has taken over");
          }

          @Override
          public Tensor dropout(LayerPlan.Dropout dropout) {
            Tensor input = input(i, 0);
            return context.trains() ? add(new DropoutStage(context, dropout, i, input)) : input;
          }
        });
  }

  /** The derivative comes after the pooling, for which the convolution's output is not kept. */
  private int addPooled(int i, LayerPlan.Convolution convolution) {
    StageContext context = context(i + 1);
    Tensor maps =
        add(
            ConvolutionStage.of(
                context, convolution, input(i, 0), ConvolutionStage.Output.PASSING));
    LayerPlan.Pooling pooling = (LayerPlan.Pooling) plan.nodes().get(i + 1).layer();
    Tensor output = add(PoolingStage.of(context, pooling, maps));
    addActivationGradient(context, convolution.nonlinearity(), output);
    put(i + 1, output);
    return i + 1;
  }

  private Tensor addSum(int i, LayerPlan.Sum sum) {
    StageContext context = context(i);
    List<Integer> inputs = plan.nodes().get(i).inputs();
    Tensor first = input(i, 0);
    Tensor second;
    Tensor output;
    if (isNormalization(inputs.get(0))
        && plan.readers(inputs.get(0)) == 1
        && first.gradient().isPresent() == context.trains()) {
      // The normalisation leaves the gradient as it is. In place, oneDNN 2.5 adds wrongly with a
      // ReLU.
      output = context.kept(first.layout(), first.gradient());
      ForkStage fork = forks.get(inputs.get(1));
      second =
          fork != null && fork.output().layout().equals(first.layout())
              ? fork.adding(output.gradient())
              : input(i, 1);
    } else {
      second = input(i, 1);
      output = context.kept(first.layout(), context.outputGradient(first.layout()));
    }
    add(SumStage.of(context, sum, first, second, output));
    addActivationGradient(context, sum.nonlinearity(), output);
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

  private Tensor add(Stage stage) {
    stages.add(stage);
    return stage.output();
  }

  private void addActivationGradient(
      StageContext context, Nonlinearity nonlinearity, Tensor tensor) {
    if (context.trains() && nonlinearity != Nonlinearity.IDENTITY) {
      stages.add(ActivationStage.gradient(context, nonlinearity, tensor));
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
    if (node + 1 == plan.nodes().size()) {
      return false;
    }
    NetworkPlan.Node next = plan.nodes().get(node + 1);
    return next.inputs().equals(List.of(node))
        && plan.readers(node) == 1
        && next.layer() instanceof LayerPlan.Pooling pooling
        && pooling.kind() == algorithm.pooling_max;
  }
}
