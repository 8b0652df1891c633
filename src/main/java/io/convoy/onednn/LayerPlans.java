package io.convoy.onednn;

import io.convoy.network.NetworkNode;
import io.convoy.network.SamePadding;
import io.convoy.network.Shape;
import io.convoy.onednn.LayerPlan.Parameters;
import io.convoy.onednn.LayerPlan.WeightOrder;
import io.convoy.onednn.LayerPlan.Window;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SeparableConvolution2D;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.linalg.learning.regularization.WeightDecay;

/** Reads DL4J's layers. A plan is empty where the layer has something that is not computed here. */
final class LayerPlans {
  private LayerPlans() {}

  /**
   * Reads a part of a network.
   *
   * @param inputs what arrives
   * @param offset the place of its parameters
   * @return one layer or more, one behind the other
   */
  static Optional<List<LayerPlan>> of(NetworkNode node, List<Shape> inputs, long offset) {
    return plans(node, inputs, offset)
        .map(plans -> plans.stream().flatMap(LayerPlans::apart).toList());
  }

  /** An activation that is not known by its value needs its input, and is a layer by itself. */
  private static Stream<LayerPlan> apart(LayerPlan layer) {
    if (layer instanceof LayerPlan.Convolution convolution
        && !convolution.nonlinearity().isKnownByValue()) {
      return Stream.of(
          convolution.activated(Nonlinearity.IDENTITY),
          new LayerPlan.Activation(convolution.output(), convolution.nonlinearity()));
    }
    return layer instanceof LayerPlan.Dense dense && !dense.nonlinearity().isKnownByValue()
        ? Stream.of(
            dense.activated(Nonlinearity.IDENTITY),
            new LayerPlan.Activation(dense.output(), dense.nonlinearity()))
        : Stream.of(layer);
  }

  private static Optional<List<LayerPlan>> plans(
      NetworkNode node, List<Shape> inputs, long offset) {
    if (node.layer().isEmpty()) {
      return sum(node, inputs).map(List::of);
    }
    Layer layer = node.layer().get();
    Shape input = inputs.get(0);
    if (layer.getClass() == SeparableConvolution2D.class) {
      return isPlain(layer)
          ? separable((SeparableConvolution2D) layer, input, offset)
          : Optional.empty();
    }
    return plan(layer, input, offset).map(List::of);
  }

  private static Optional<LayerPlan> sum(NetworkNode node, List<Shape> inputs) {
    boolean sums =
        node.vertex().orElseThrow() instanceof ElementWiseVertex vertex
            && vertex.getOp() == ElementWiseVertex.Op.Add
            && inputs.size() == 2
            && inputs.get(0).equals(inputs.get(1));
    return sums
        ? Optional.of(new LayerPlan.Sum(inputs.get(0), Nonlinearity.IDENTITY))
        : Optional.empty();
  }

  private static Optional<LayerPlan> plan(Layer layer, Shape input, long offset) {
    if (layer.getClass() == DropoutLayer.class) {
      return layer.getIDropout().getClass() == Dropout.class
          ? Optional.of(
              new LayerPlan.Dropout(
                  input, ((Dropout) layer.getIDropout()).getP(), LayerPlan.Dropout.Unit.VALUE))
          : Optional.empty();
    }
    if (layer.getIDropout() != null || !isPlain(layer)) {
      return Optional.empty();
    }
    if (layer.getClass() == ConvolutionLayer.class) {
      return convolution((ConvolutionLayer) layer, input, offset);
    }
    if (layer.getClass() == DepthwiseConvolution2D.class) {
      return depthwise((DepthwiseConvolution2D) layer, input, offset);
    }
    if (layer.getClass() == ZeroPaddingLayer.class) {
      return Optional.of(padding((ZeroPaddingLayer) layer, input));
    }
    if (layer.getClass() == SubsamplingLayer.class) {
      return pooling((SubsamplingLayer) layer, input);
    }
    if (layer.getClass() == GlobalPoolingLayer.class) {
      return globalPooling((GlobalPoolingLayer) layer, input);
    }
    if (layer.getClass() == BatchNormalization.class) {
      return normalization((BatchNormalization) layer, input, offset);
    }
    if (layer.getClass() == ActivationLayer.class) {
      return Nonlinearity.of(((ActivationLayer) layer).getActivationFn())
          .map(nonlinearity -> new LayerPlan.Activation(input, nonlinearity));
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

  /** Whether the layer's gradient is that of the loss alone, and its weights decay at most. */
  private static boolean isPlain(Layer layer) {
    return !(layer instanceof BaseLayer base)
        || Stream.of(base.getRegularization(), base.getRegularizationBias())
                .flatMap(List::stream)
                .allMatch(LayerPlans::isDecay)
            && base.getWeightNoise() == null
            && (base.getConstraints() == null || base.getConstraints().isEmpty());
  }

  private static boolean isDecay(Regularization regularization) {
    return regularization instanceof WeightDecay decay && decay.isApplyLR();
  }

  private static Optional<LayerPlan> convolution(ConvolutionLayer layer, Shape input, long offset) {
    Optional<Nonlinearity> nonlinearity = Nonlinearity.of(layer.getActivationFn());
    Optional<Window> window = window(layer, input);
    if (nonlinearity.isEmpty() || window.isEmpty()) {
      return Optional.empty();
    }
    long filters = layer.getNOut();
    long[] kernel = window.get().kernel();
    // DL4J puts a convolution's biases before its weights, a dense layer's behind them.
    Parameters bias = bias(layer, offset);
    Parameters weights =
        new Parameters(bias.end(), filters * input.channels() * kernel[0] * kernel[1]);
    return Optional.of(
        new LayerPlan.Convolution(
            input,
            output(input, (int) filters, window.get()),
            1,
            window.get(),
            nonlinearity.get(),
            weights,
            WeightOrder.OUTPUTS_FIRST,
            Optional.of(bias).filter(there -> there.length() > 0)));
  }

  /** Of no length where there is none. */
  private static Parameters bias(ConvolutionLayer layer, long offset) {
    return new Parameters(offset, layer.hasBias() ? layer.getNOut() : 0);
  }

  /** A convolution of each channel by itself. */
  private static Optional<LayerPlan> depthwise(
      DepthwiseConvolution2D layer, Shape input, long offset) {
    return grouped(layer, input.channels(), input, offset);
  }

  /**
   * A convolution of each group by itself.
   *
   * @param layer convolves each channel; of what it gives those of a group are added up
   */
  static Optional<LayerPlan> grouped(
      DepthwiseConvolution2D layer, int groups, Shape input, long offset) {
    Optional<Nonlinearity> nonlinearity = Nonlinearity.of(layer.getActivationFn());
    Optional<Window> window = window(layer, input);
    if (nonlinearity.isEmpty()
        || window.isEmpty()
        || layer.getIDropout() != null
        || !isPlain(layer)) {
      return Optional.empty();
    }
    int filters = groups * layer.getDepthMultiplier();
    long[] kernel = window.get().kernel();
    long weights = (long) input.channels() * layer.getDepthMultiplier() * kernel[0] * kernel[1];
    Parameters bias = bias(layer, offset);
    return Optional.of(
        new LayerPlan.Convolution(
            input,
            output(input, filters, window.get()),
            groups,
            window.get(),
            nonlinearity.get(),
            new Parameters(bias.end(), weights),
            WeightOrder.KERNEL_FIRST,
            Optional.of(bias).filter(there -> there.length() > 0)));
  }

  private static LayerPlan padding(ZeroPaddingLayer layer, Shape input) {
    int[] sides = layer.getPadding();
    return new LayerPlan.Padding(
        input,
        new Shape(
            input.channels(),
            input.height() + sides[0] + sides[1],
            input.width() + sides[2] + sides[3]),
        new long[] {sides[0], sides[2]},
        new long[] {sides[1], sides[3]});
  }

  /** A depthwise convolution and one of 1 x 1. DL4J has bias, depthwise and pointwise weights. */
  private static Optional<List<LayerPlan>> separable(
      SeparableConvolution2D layer, Shape input, long offset) {
    Optional<Nonlinearity> nonlinearity = Nonlinearity.of(layer.getActivationFn());
    Optional<Window> window =
        layer.hasBias() && layer.getDepthMultiplier() == 1 && layer.getIDropout() == null
            ? window(layer, input)
            : Optional.empty();
    if (nonlinearity.isEmpty() || window.isEmpty()) {
      return Optional.empty();
    }
    int filters = (int) layer.getNOut();
    long[] kernel = window.get().kernel();
    Parameters bias = new Parameters(offset, filters);
    Parameters depthwise =
        new Parameters(bias.end(), (long) input.channels() * kernel[0] * kernel[1]);
    Parameters pointwise = new Parameters(depthwise.end(), (long) input.channels() * filters);
    Shape between = output(input, input.channels(), window.get());
    Window point = new Window(new long[] {1, 1}, new long[] {1, 1}, new long[2], new long[2]);
    return Optional.of(
        List.of(
            new LayerPlan.Convolution(
                input,
                between,
                input.channels(),
                window.get(),
                Nonlinearity.IDENTITY,
                depthwise,
                WeightOrder.OUTPUTS_FIRST,
                Optional.empty()),
            new LayerPlan.Convolution(
                between,
                output(between, filters, point),
                1,
                point,
                nonlinearity.get(),
                pointwise,
                WeightOrder.OUTPUTS_FIRST,
                Optional.of(bias))));
  }

  private static Optional<LayerPlan> normalization(
      BatchNormalization layer, Shape input, long offset) {
    if (layer.isLockGammaBeta()
        || layer.isUseLogStd()
        || !layer.isMinibatch()
        || layer.getNOut() != input.channels()) {
      return Optional.empty();
    }
    long channels = input.channels();
    Parameters scaleAndShift = new Parameters(offset, 2 * channels);
    Parameters mean = new Parameters(scaleAndShift.end(), channels);
    Parameters variance = new Parameters(mean.end(), channels);
    return Optional.of(
        new LayerPlan.BatchNormalization(
            input,
            Nonlinearity.IDENTITY,
            scaleAndShift,
            mean,
            variance,
            (float) layer.getEps(),
            (float) layer.getDecay()));
  }

  private static Optional<LayerPlan> globalPooling(GlobalPoolingLayer layer, Shape input) {
    long[] whole = {input.height(), input.width()};
    Window window = new Window(whole, new long[] {1, 1}, new long[2], new long[2]);
    return kind(layer.getPoolingType())
        .map(
            kind ->
                new LayerPlan.Pooling(
                    input, output(input, input.channels(), window), window, kind));
  }

  private static Optional<algorithm> kind(PoolingType type) {
    return switch (type) {
      case MAX -> Optional.of(algorithm.pooling_max);
      case AVG -> Optional.of(algorithm.pooling_avg_exclude_padding);
      default -> Optional.empty();
    };
  }

  private static Optional<LayerPlan> pooling(SubsamplingLayer layer, Shape input) {
    boolean counted =
        layer.getPoolingType() == PoolingType.AVG && layer.isAvgPoolIncludePadInDivisor();
    Optional<algorithm> kind =
        counted ? Optional.of(algorithm.pooling_avg_include_padding) : kind(layer.getPoolingType());
    if (kind.isEmpty() || !isDense(layer.getDilation())) {
      return Optional.empty();
    }
    return window(
            layer.getKernelSize(),
            layer.getStride(),
            layer.getPadding(),
            layer.getConvolutionMode(),
            input)
        .map(
            window ->
                new LayerPlan.Pooling(
                    input, output(input, input.channels(), window), window, kind.get()));
  }

  private static LayerPlan dense(
      FeedForwardLayer layer, Nonlinearity nonlinearity, Shape input, long offset) {
    Parameters weights = new Parameters(offset, input.size() * layer.getNOut());
    return new LayerPlan.Dense(
        input,
        new Shape((int) layer.getNOut(), 1, 1),
        nonlinearity,
        weights,
        new Parameters(weights.end(), layer.getNOut()),
        LayerPlan.WeightGradient.PRODUCT);
  }

  private static boolean isDense(int[] dilation) {
    return dilation[0] == 1 && dilation[1] == 1;
  }

  private static Optional<Window> window(ConvolutionLayer layer, Shape input) {
    return isDense(layer.getDilation())
        ? window(
            layer.getKernelSize(),
            layer.getStride(),
            layer.getPadding(),
            layer.getConvolutionMode(),
            input)
        : Optional.empty();
  }

  private static Optional<Window> window(
      int[] kernel, int[] stride, int[] padding, ConvolutionMode mode, Shape input) {
    long[] size = {input.height(), input.width()};
    long[] before = new long[2];
    long[] after = new long[2];
    for (int side = 0; side < 2; side++) {
      if (mode == ConvolutionMode.Same) {
        SamePadding same = SamePadding.of(size[side], kernel[side], stride[side]);
        before[side] = same.before();
        after[side] = same.after();
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
