package io.convoy.network;

import io.convoy.settings.Activation;
import io.convoy.settings.Layer;
import io.convoy.settings.Padding;
import io.convoy.settings.PoolingKind;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.dropout.SpatialDropout;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SeparableConvolution2D;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.Upsampling2D;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;

/** DL4J's layers for one of the settings. */
final class Dl4jLayers implements Layer.Cases<List<org.deeplearning4j.nn.conf.layers.Layer>> {
  private Dl4jLayers() {}

  /** The layers, one behind the other; not for {@linkplain GraphChain#isGraph graphs}. */
  static List<org.deeplearning4j.nn.conf.layers.Layer> of(Layer layer) {
    return layer.match(new Dl4jLayers());
  }

  @Override
  public List<org.deeplearning4j.nn.conf.layers.Layer> convolution(Layer.Convolution conv) {
    return List.of(
        new ConvolutionLayer.Builder(conv.kernelHeight(), conv.kernelWidth())
            .nOut(conv.filters())
            .stride(conv.strideHeight(), conv.strideWidth())
            .convolutionMode(mode(conv.padding()))
            .activation(of(conv.activation()))
            .build());
  }

  @Override
  public List<org.deeplearning4j.nn.conf.layers.Layer> separableConvolution(
      Layer.SeparableConvolution conv) {
    return List.of(
        new SeparableConvolution2D.Builder(conv.kernelHeight(), conv.kernelWidth())
            .nOut(conv.filters())
            .stride(conv.strideHeight(), conv.strideWidth())
            .convolutionMode(mode(conv.padding()))
            .activation(of(conv.activation()))
            .build());
  }

  @Override
  public List<org.deeplearning4j.nn.conf.layers.Layer> groupedConvolution(
      Layer.GroupedConvolution conv) {
    throw new IllegalArgumentException("a convolution of groups is a graph, not a chain");
  }

  /**
   * What convolves each channel of a group for each of the group's filters; the sums over the
   * channels are still to be taken.
   */
  static DepthwiseConvolution2D apart(Layer.GroupedConvolution conv) {
    return new DepthwiseConvolution2D.Builder(conv.kernelHeight(), conv.kernelWidth())
        .depthMultiplier(conv.filters() / conv.groups())
        .hasBias(false)
        .stride(conv.strideHeight(), conv.strideWidth())
        .convolutionMode(mode(conv.padding()))
        .activation(org.nd4j.linalg.activations.Activation.IDENTITY)
        .build();
  }

  /** DL4J finds the number of filters by that of the channels. */
  @Override
  public List<org.deeplearning4j.nn.conf.layers.Layer> depthwiseConvolution(
      Layer.DepthwiseConvolution conv) {
    return List.of(
        new DepthwiseConvolution2D.Builder(conv.kernelHeight(), conv.kernelWidth())
            .depthMultiplier(1)
            .stride(conv.strideHeight(), conv.strideWidth())
            .convolutionMode(mode(conv.padding()))
            .activation(of(conv.activation()))
            .build());
  }

  @Override
  public List<org.deeplearning4j.nn.conf.layers.Layer> batchNormalization(
      Layer.BatchNormalization norm) {
    // The variance as it is: that of several workers can be averaged, its logarithm cannot.
    org.deeplearning4j.nn.conf.layers.Layer normalization =
        new BatchNormalization.Builder().decay(norm.momentum()).useLogStd(false).build();
    return norm.activation() == Activation.IDENTITY
        ? List.of(normalization)
        : List.of(normalization, activation(norm.activation()));
  }

  @Override
  public List<org.deeplearning4j.nn.conf.layers.Layer> layerNormalization(
      Layer.LayerNormalization layer) {
    throw new IllegalArgumentException("a layer normalisation is a graph, not a chain");
  }

  /** What scales and shifts in a layer normalisation, behind the taking off of the means. */
  static List<org.deeplearning4j.nn.conf.layers.Layer> scaling(
      Layer.LayerNormalization norm, int channels) {
    List<org.deeplearning4j.nn.conf.layers.Layer> scaling =
        LayerNormalization.scaling(channels, norm.epsilon());
    return norm.activation() == Activation.IDENTITY
        ? scaling
        : Stream.concat(scaling.stream(), Stream.of(activation(norm.activation()))).toList();
  }

  @Override
  public List<org.deeplearning4j.nn.conf.layers.Layer> pooling(Layer.Pooling pool) {
    return List.of(
        new SubsamplingLayer.Builder(type(pool.kind()))
            .kernelSize(pool.kernelHeight(), pool.kernelWidth())
            .stride(pool.strideHeight(), pool.strideWidth())
            .convolutionMode(ConvolutionMode.Truncate)
            .build());
  }

  @Override
  public List<org.deeplearning4j.nn.conf.layers.Layer> globalPooling(Layer.GlobalPooling pool) {
    return List.of(new GlobalPoolingLayer.Builder(type(pool.kind())).build());
  }

  @Override
  public List<org.deeplearning4j.nn.conf.layers.Layer> dense(Layer.Dense dense) {
    return List.of(
        new DenseLayer.Builder().nOut(dense.units()).activation(of(dense.activation())).build());
  }

  @Override
  public List<org.deeplearning4j.nn.conf.layers.Layer> residual(Layer.Residual residual) {
    throw new IllegalArgumentException("a residual layer is a graph, not a chain");
  }

  @Override
  public List<org.deeplearning4j.nn.conf.layers.Layer> squeezeExcitation(
      Layer.SqueezeExcitation layer) {
    throw new IllegalArgumentException("a squeeze and excitation is a graph, not a chain");
  }

  /**
   * What finds the factors of a squeeze and excitation, and repeats each over its channel, as DL4J
   * multiplies maps of one size alone.
   *
   * @param maps that it reads, and then multiplies
   */
  static List<org.deeplearning4j.nn.conf.layers.Layer> factors(
      Layer.SqueezeExcitation layer, Shape maps) {
    return List.of(
        new GlobalPoolingLayer.Builder(PoolingType.AVG).collapseDimensions(false).build(),
        point(layer.units(), of(layer.activation())),
        point(maps.channels(), org.nd4j.linalg.activations.Activation.SIGMOID),
        new Upsampling2D.Builder().size(new int[] {maps.height(), maps.width()}).build());
  }

  private static org.deeplearning4j.nn.conf.layers.Layer point(
      int filters, org.nd4j.linalg.activations.Activation activation) {
    return new ConvolutionLayer.Builder(1, 1)
        .nOut(filters)
        .convolutionMode(ConvolutionMode.Truncate)
        .activation(activation)
        .build();
  }

  /** Sets whole images to 0 in training, where there is one channel. */
  static org.deeplearning4j.nn.conf.layers.Layer imageDropout(double rate) {
    return new DropoutLayer.Builder(new SpatialDropout(1 - rate)).build();
  }

  /** DL4J asks for the probability of keeping a value, Keras and convoy for that of dropping it. */
  @Override
  public List<org.deeplearning4j.nn.conf.layers.Layer> dropout(Layer.Dropout dropout) {
    return List.of(new DropoutLayer.Builder(1 - dropout.rate()).build());
  }

  /** It is frozen as DL4J has it, so that a model's file is like any other. */
  @Override
  public List<org.deeplearning4j.nn.conf.layers.Layer> whitening(Layer.Whitening whitening) {
    return List.of(
        new FrozenLayer(
            new ConvolutionLayer.Builder(whitening.kernelHeight(), whitening.kernelWidth())
                .nOut(whitening.filters())
                .stride(whitening.strideHeight(), whitening.strideWidth())
                .convolutionMode(ConvolutionMode.Truncate)
                .activation(org.nd4j.linalg.activations.Activation.RELU)
                .build()));
  }

  /** An activation alone. */
  static org.deeplearning4j.nn.conf.layers.Layer activation(Activation activation) {
    return new ActivationLayer.Builder().activation(of(activation)).build();
  }

  private static ConvolutionMode mode(Padding padding) {
    return padding == Padding.SAME ? ConvolutionMode.Same : ConvolutionMode.Truncate;
  }

  private static PoolingType type(PoolingKind kind) {
    return kind == PoolingKind.MAX ? PoolingType.MAX : PoolingType.AVG;
  }

  private static org.nd4j.linalg.activations.Activation of(Activation activation) {
    return switch (activation) {
      case RELU -> org.nd4j.linalg.activations.Activation.RELU;
      case TANH -> org.nd4j.linalg.activations.Activation.TANH;
      case SIGMOID -> org.nd4j.linalg.activations.Activation.SIGMOID;
      case LEAKY_RELU -> org.nd4j.linalg.activations.Activation.LEAKYRELU;
      case ELU -> org.nd4j.linalg.activations.Activation.ELU;
      case SWISH -> org.nd4j.linalg.activations.Activation.SWISH;
      case GELU -> org.nd4j.linalg.activations.Activation.GELU;
      case IDENTITY -> org.nd4j.linalg.activations.Activation.IDENTITY;
    };
  }
}
