package io.convoy.onednn;

import io.convoy.model.Shape;
import io.convoy.onednn.LayerPlan.Parameters;
import io.convoy.onednn.LayerPlan.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/**
 * A DL4J network as oneDNN computes it.
 *
 * @param image what goes in
 * @param layers first to last; the output layer is a dense one without activation
 * @param activation the output's, which belongs to the loss
 * @param loss from logits and labels
 */
record NetworkPlan(
    Shape image, List<LayerPlan> layers, IActivation activation, ILossFunction loss) {

  /**
   * Reads a configuration.
   *
   * @param image what goes in
   * @return empty where the network has something that is not computed here
   */
  static Optional<NetworkPlan> of(MultiLayerConfiguration configuration, Shape image) {
    List<LayerPlan> plans = new ArrayList<>();
    Shape shape = image;
    long parameters = 0;
    for (NeuralNetConfiguration each : configuration.getConfs()) {
      Optional<LayerPlan> plan = plan(each.getLayer(), shape, parameters);
      if (plan.isEmpty()) {
        return Optional.empty();
      }
      plans.add(plan.get());
      shape = plan.get().output();
      parameters += each.getLayer().initializer().numParams(each);
    }
    int last = configuration.getConfs().size() - 1;
    return configuration.getConf(last).getLayer() instanceof OutputLayer output
        ? Optional.of(
            new NetworkPlan(
                image, List.copyOf(plans), output.getActivationFn(), output.getLossFn()))
        : Optional.empty();
  }

  private static Optional<LayerPlan> plan(Layer layer, Shape input, long offset) {
    if (layer.getClass() == DropoutLayer.class) {
      return layer.getIDropout().getClass() == Dropout.class
          ? Optional.of(new LayerPlan.Dropout(input, ((Dropout) layer.getIDropout()).getP()))
          : Optional.empty();
    }
    if (layer.getIDropout() != null || !isPlain(layer)) {
      return Optional.empty();
    }
    if (layer.getClass() == ConvolutionLayer.class) {
      return convolution((ConvolutionLayer) layer, input, offset);
    }
    if (layer.getClass() == SubsamplingLayer.class) {
      return pooling((SubsamplingLayer) layer, input);
    }
    if (layer.getClass() == DenseLayer.class) {
      DenseLayer dense = (DenseLayer) layer;
      return dense.hasBias() && !dense.hasLayerNorm()
          ? Nonlinearity.of(dense.getActivationFn())
              .map(nonlinearity -> dense(dense, nonlinearity, input, offset))
          : Optional.empty();
    }
    if (layer.getClass() == OutputLayer.class) {
      OutputLayer output = (OutputLayer) layer;
      return output.hasBias()
          ? Optional.of(dense(output, Nonlinearity.IDENTITY, input, offset))
          : Optional.empty();
    }
    return Optional.empty();
  }

  /** Whether the layer's gradient is that of the loss alone. */
  private static boolean isPlain(Layer layer) {
    return !(layer instanceof BaseLayer base)
        || base.getRegularization().isEmpty()
            && base.getRegularizationBias().isEmpty()
            && base.getWeightNoise() == null
            && (base.getConstraints() == null || base.getConstraints().isEmpty());
  }

  private static Optional<LayerPlan> convolution(ConvolutionLayer layer, Shape input, long offset) {
    Optional<Nonlinearity> nonlinearity = Nonlinearity.of(layer.getActivationFn());
    Optional<Window> window =
        layer.hasBias() && isDense(layer.getDilation())
            ? window(
                layer.getKernelSize(),
                layer.getStride(),
                layer.getPadding(),
                layer.getConvolutionMode(),
                input)
            : Optional.empty();
    if (nonlinearity.isEmpty() || window.isEmpty()) {
      return Optional.empty();
    }
    long filters = layer.getNOut();
    long[] kernel = window.get().kernel();
    // DL4J puts a convolution's biases before its weights, a dense layer's behind them.
    Parameters bias = new Parameters(offset, filters);
    Parameters weights =
        new Parameters(bias.end(), filters * input.channels() * kernel[0] * kernel[1]);
    return Optional.of(
        new LayerPlan.Convolution(
            input,
            output(input, (int) filters, window.get()),
            window.get(),
            nonlinearity.get(),
            weights,
            bias));
  }

  private static Optional<LayerPlan> pooling(SubsamplingLayer layer, Shape input) {
    PoolingType type = layer.getPoolingType();
    boolean known = type == PoolingType.MAX || type == PoolingType.AVG;
    if (!known || !isDense(layer.getDilation())) {
      return Optional.empty();
    }
    algorithm kind =
        type == PoolingType.MAX ? algorithm.pooling_max : algorithm.pooling_avg_exclude_padding;
    return window(
            layer.getKernelSize(),
            layer.getStride(),
            layer.getPadding(),
            layer.getConvolutionMode(),
            input)
        .filter(NetworkPlan::isUnpadded)
        .map(
            window ->
                new LayerPlan.Pooling(
                    input, output(input, input.channels(), window), window, kind));
  }

  private static LayerPlan dense(
      FeedForwardLayer layer, Nonlinearity nonlinearity, Shape input, long offset) {
    Parameters weights = new Parameters(offset, input.size() * layer.getNOut());
    return new LayerPlan.Dense(
        input,
        new Shape((int) layer.getNOut(), 1, 1),
        nonlinearity,
        weights,
        new Parameters(weights.end(), layer.getNOut()));
  }

  private static boolean isDense(int[] dilation) {
    return dilation[0] == 1 && dilation[1] == 1;
  }

  private static boolean isUnpadded(Window window) {
    return window.before()[0] + window.before()[1] + window.after()[0] + window.after()[1] == 0;
  }

  private static Optional<Window> window(
      int[] kernel, int[] stride, int[] padding, ConvolutionMode mode, Shape input) {
    long[] size = {input.height(), input.width()};
    long[] before = new long[2];
    long[] after = new long[2];
    for (int side = 0; side < 2; side++) {
      if (mode == ConvolutionMode.Same) {
        long places = (size[side] + stride[side] - 1) / stride[side];
        long zeros = Math.max(0, (places - 1) * stride[side] + kernel[side] - size[side]);
        before[side] = zeros / 2;
        after[side] = zeros - before[side];
      } else if (mode == ConvolutionMode.Truncate) {
        before[side] = padding[side];
        after[side] = padding[side];
      } else {
        return Optional.empty();
      }
    }
    return Optional.of(
        new Window(
            new long[] {kernel[0], kernel[1]}, new long[] {stride[0], stride[1]}, before, after));
  }

  private static Shape output(Shape input, int channels, Window window) {
    return new Shape(channels, places(input.height(), window, 0), places(input.width(), window, 1));
  }

  private static int places(int size, Window window, int side) {
    long padded = size + window.before()[side] + window.after()[side];
    return (int) ((padded - window.kernel()[side]) / window.stride()[side] + 1);
  }
}
