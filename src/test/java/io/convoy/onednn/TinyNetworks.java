package io.convoy.onednn;

import io.convoy.network.NetworkBuilder;
import io.convoy.network.NetworkConfiguration;
import io.convoy.network.NetworkNode;
import io.convoy.network.Shape;
import io.convoy.settings.Activation;
import io.convoy.settings.Architecture;
import io.convoy.settings.Layer;
import io.convoy.settings.Loss;
import io.convoy.settings.Optimizer;
import io.convoy.settings.Padding;
import io.convoy.settings.PoolingKind;
import io.convoy.settings.Precision;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Networks small enough to be compared with DL4J's in double precision, and the parameters and
 * minibatches that they are compared with.
 */
final class TinyNetworks {
  static final int HEIGHT = 13;
  static final int WIDTH = 11;
  static final Shape IMAGE = new Shape(3, HEIGHT, WIDTH);

  /** Two whole parts of the feature maps and a rest. */
  static final int IMAGES = 11;

  /** Of some layers with roundings to 8 bits each; most are below a tenth of it. */
  static final double BFLOAT16_ERROR = 0.1;

  private TinyNetworks() {}

  /**
   * Every kind of layer, alone and next to others, but dropout, which draws, and whitening, which
   * is frozen.
   */
  static Stream<Architecture> all() {
    return Stream.of(
        network("mlp", dense(7)),
        network("conv-pool", conv(5, 3), maxPool(2), dense(6)),
        network("conv-pool-twice", conv(16, 3), maxPool(2), conv(8, 3), maxPool(2), dense(6)),
        network("convs-in-a-row", conv(4, 3), conv(20, 2), conv(3, 3), dense(4)),
        network("average", conv(6, 3), pool(PoolingKind.AVERAGE, 2, 2), dense(4)),
        network("overlapping-windows", conv(6, 3), pool(PoolingKind.MAX, 3, 2), dense(4)),
        network("pool-first", pool(PoolingKind.MAX, 2, 2), conv(4, 3), dense(4)),
        network("pools-in-a-row", conv(6, 3), maxPool(2), pool(PoolingKind.AVERAGE, 2, 2)),
        network("no-dense", conv(6, 3), maxPool(2)),
        network("nothing-hidden"),
        network("same-padding", conv(6, 3, 1, Padding.SAME, Activation.RELU), maxPool(2)),
        network(
            "tiles", same(24, Activation.RELU), same(40, Activation.RELU), maxPool(2), dense(4)),
        network(
            "tiles-instead-of-bfloat16",
            same(64, Activation.RELU),
            same(70, Activation.IDENTITY),
            maxPool(2),
            dense(4)),
        network(
            "tiles-normalized",
            conv(24, 3),
            same(24, Activation.IDENTITY),
            norm(Activation.RELU),
            conv(20, 3),
            globalPool()),
        network("stride", conv(6, 4, 2, Padding.SAME, Activation.RELU), conv(5, 3), dense(4)),
        network("deep", dense(9), dense(8), dense(7)),
        network("tanh", conv(6, 3, 1, Padding.NONE, Activation.TANH), maxPool(2), dense(4)),
        network("sigmoid", conv(6, 3, 1, Padding.NONE, Activation.SIGMOID), maxPool(2)),
        network("leaky-relu", conv(6, 3, 1, Padding.NONE, Activation.LEAKY_RELU), maxPool(2)),
        network("elu", conv(6, 3, 1, Padding.NONE, Activation.ELU), conv(4, 3), dense(4)),
        network("swish", conv(6, 3, 1, Padding.NONE, Activation.SWISH), maxPool(2), dense(4)),
        network("gelu", conv(6, 3, 1, Padding.NONE, Activation.GELU), maxPool(2), dense(4)),
        network("normalized-swish", conv(6, 3), norm(Activation.SWISH), conv(4, 3), globalPool()),
        network("dense-gelu", new Layer.Dense(6, Activation.GELU), dense(3)),
        network("depthwise", conv(6, 3), depthwise(1, Activation.RELU), maxPool(2), dense(4)),
        network("depthwise-in-blocks", conv(32, 3), depthwise(1, Activation.RELU), conv(4, 1)),
        network("depthwise-strided", conv(16, 3), depthwise(2, Activation.RELU), globalPool()),
        network(
            "depthwise-that-leaves-out-rows",
            conv(16, 3),
            new Layer.DepthwiseConvolution(5, 5, 4, 3, Padding.NONE, Activation.RELU),
            globalPool()),
        network("grouped", conv(6, 3), grouped(9, 3, 1, Activation.RELU), maxPool(2), dense(4)),
        network("grouped-first", grouped(6, 3, 2, Activation.GELU), conv(4, 3), globalPool()),
        network(
            "grouped-in-blocks",
            conv(32, 3),
            grouped(64, 2, 2, Activation.IDENTITY),
            norm(Activation.RELU),
            globalPool()),
        network(
            "grouped-residual",
            conv(8, 3),
            residual(
                Activation.SWISH,
                conv(16, 1, 1, Padding.NONE, Activation.IDENTITY),
                norm(Activation.SWISH),
                grouped(16, 4, 1, Activation.IDENTITY),
                norm(Activation.SWISH),
                conv(8, 1, 1, Padding.NONE, Activation.IDENTITY),
                norm(Activation.IDENTITY)),
            globalPool()),
        network(
            "grouped-twice",
            conv(8, 3),
            grouped(8, 2, 1, Activation.TANH),
            grouped(4, 4, 1, Activation.IDENTITY),
            globalPool()),
        network("depthwise-first", depthwise(2, Activation.GELU), conv(4, 3), globalPool()),
        network(
            "inverted-bottleneck",
            conv(4, 3),
            residual(
                Activation.SWISH,
                conv(8, 1, 1, Padding.NONE, Activation.IDENTITY),
                norm(Activation.SWISH),
                depthwise(1, Activation.IDENTITY),
                norm(Activation.SWISH),
                conv(4, 1, 1, Padding.NONE, Activation.IDENTITY),
                norm(Activation.IDENTITY)),
            globalPool()),
        network(
            "normalized",
            conv(6, 3, 1, Padding.NONE, Activation.IDENTITY),
            norm(Activation.RELU),
            maxPool(2),
            dense(4)),
        network("normalized-first", norm(Activation.IDENTITY), conv(4, 3), globalPool(), dense(4)),
        network("normalized-tanh", conv(6, 3), norm(Activation.TANH), conv(4, 3), globalPool()),
        network("pooled-normalized", conv(6, 3), maxPool(2), norm(Activation.IDENTITY), dense(4)),
        network("global-maximum", conv(5, 3), new Layer.GlobalPooling(PoolingKind.MAX), dense(4)),
        network("separable", conv(6, 3), separable(9, 2), maxPool(2), dense(4)),
        network("separable-first", separable(7, 1), separable(5, 1), globalPool()),
        network(
            "residual",
            conv(8, 3),
            residual(
                Activation.RELU,
                conv(8, 3, 1, Padding.SAME, Activation.IDENTITY),
                norm(Activation.RELU),
                conv(8, 3, 1, Padding.SAME, Activation.IDENTITY),
                norm(Activation.IDENTITY)),
            globalPool()),
        network(
            "residual-strided",
            conv(6, 3, 1, Padding.NONE, Activation.IDENTITY),
            norm(Activation.RELU),
            residual(
                Activation.RELU,
                conv(10, 3, 2, Padding.SAME, Activation.IDENTITY),
                norm(Activation.IDENTITY)),
            residual(Activation.IDENTITY, norm(Activation.TANH), separable(10, 1)),
            globalPool(),
            dense(3)),
        network(
            "residual-plain",
            conv(6, 3),
            residual(Activation.TANH, conv(6, 3, 1, Padding.SAME, Activation.RELU)),
            residual(Activation.ELU, conv(9, 3, 2, Padding.SAME, Activation.SIGMOID)),
            dense(3)),
        network("squeezed", conv(6, 3), squeeze(2), maxPool(2), dense(4)),
        network("squeezed-in-blocks", conv(32, 3), squeeze(9), conv(20, 3), squeeze(8)),
        network("squeezed-first", squeeze(5), conv(4, 3), globalPool()),
        network("squeezed-last", conv(6, 3), conv(16, 9), squeeze(4), globalPool(), dense(4)),
        network(
            "squeezed-residual",
            conv(8, 3),
            residual(
                Activation.RELU,
                conv(24, 1, 1, Padding.NONE, Activation.IDENTITY),
                norm(Activation.SWISH),
                depthwise(1, Activation.IDENTITY),
                norm(Activation.SWISH),
                new Layer.SqueezeExcitation(3, Activation.SWISH),
                conv(8, 1, 1, Padding.NONE, Activation.IDENTITY),
                norm(Activation.IDENTITY)),
            residual(
                Activation.RELU,
                conv(8, 3, 1, Padding.SAME, Activation.IDENTITY),
                norm(Activation.IDENTITY),
                squeeze(2)),
            globalPool()),
        network("normalized-by-layers", conv(6, 3), layerNorm(Activation.IDENTITY), dense(4)),
        network(
            "normalized-by-layers-in-blocks",
            conv(32, 3),
            layerNorm(Activation.RELU),
            conv(20, 3),
            layerNorm(Activation.GELU),
            maxPool(2),
            dense(4)),
        network("normalized-by-layers-first", layerNorm(Activation.TANH), conv(4, 3), dense(4)),
        network(
            "depthwise-normalized-by-layers",
            conv(16, 2, 2, Padding.SAME, Activation.IDENTITY),
            layerNorm(Activation.IDENTITY),
            residual(
                Activation.IDENTITY,
                depthwise(1, Activation.IDENTITY),
                layerNorm(Activation.IDENTITY),
                conv(16, 3, 1, Padding.SAME, Activation.GELU)),
            layerNorm(Activation.IDENTITY),
            globalPool()),
        network(
            "residual-normalized-by-layers",
            conv(8, 3),
            residual(
                Activation.RELU,
                conv(8, 3, 1, Padding.SAME, Activation.IDENTITY),
                layerNorm(Activation.IDENTITY)),
            residual(Activation.RELU, layerNorm(Activation.RELU), squeeze(3)),
            globalPool()),
        network(
            "convnext",
            conv(16, 2, 2, Padding.SAME, Activation.IDENTITY),
            layerNorm(Activation.IDENTITY),
            convNext(16),
            layerNorm(Activation.IDENTITY),
            conv(24, 2, 2, Padding.SAME, Activation.IDENTITY),
            convNext(24),
            globalPool()),
        network("residual-of-the-image", residual(Activation.RELU, separable(3, 1)), dense(3)),
        network("dense-tanh", new Layer.Dense(6, Activation.TANH), dense(3)),
        new Architecture(
            "mse",
            List.of(conv(6, 3), maxPool(2), dense(4)),
            Loss.MSE,
            new Optimizer.Sgd(1),
            IMAGES,
            1));
  }

  /** Weights as they begin, and biases that are not 0. */
  static INDArray parameters(Architecture architecture) {
    INDArray begin = configuration(architecture).initialized().parameters();
    Random random = new Random(3);
    float[] shift = new float[(int) begin.length()];
    for (int i = 0; i < shift.length; i++) {
      shift[i] = (random.nextFloat() - 0.5f) / 10;
    }
    INDArray shifts = Nd4j.create(shift, new long[] {1, shift.length}, 'c');
    leaveOutConstants(architecture, shifts);
    return begin.add(shifts);
  }

  /** Those that nobody trains have no gradient here, and 0 in the reference. */
  static void leaveOutConstants(Architecture architecture, INDArray gradient) {
    long from = 0;
    for (NetworkNode node : configuration(architecture).nodes()) {
      long to = from + node.parameters();
      if (node.isFrozen()) {
        gradient.get(NDArrayIndex.all(), NDArrayIndex.interval(from, to)).assign(0);
      }
      from = to;
    }
  }

  static NetworkConfiguration configuration(Architecture architecture) {
    return NetworkBuilder.configuration(architecture, 2, HEIGHT, WIDTH, 5);
  }

  static INDArray pixels(int images) {
    Random random = new Random(images);
    INDArray pixels = Nd4j.createUninitialized(DataType.UINT8, images, HEIGHT, WIDTH, 3);
    for (long i = 0; i < pixels.length(); i++) {
      pixels.data().put(i, random.nextInt(256));
    }
    return pixels;
  }

  static INDArray labels(int images) {
    float[] labels = new float[images];
    for (int i = 0; i < images; i++) {
      labels[i] = i % 3 == 0 ? 1 : 0;
    }
    return Nd4j.create(labels, new long[] {images, 1}, 'c');
  }

  static OneDnnNetwork toTrain(Architecture architecture, INDArray parameters, INDArray gradient) {
    return OneDnnNetwork.toTrain(
        configuration(architecture), IMAGE, parameters, gradient, 2, Precision.FLOAT32);
  }

  static Architecture network(String name, Layer... layers) {
    return new Architecture(
        name, List.of(layers), Loss.CROSS_ENTROPY, new Optimizer.Sgd(1), IMAGES, 1);
  }

  static Layer conv(int filters, int kernel) {
    return conv(filters, kernel, 1, Padding.NONE, Activation.RELU);
  }

  static Layer conv(int filters, int kernel, int stride, Padding padding, Activation activation) {
    return new Layer.Convolution(filters, kernel, kernel, stride, stride, padding, activation);
  }

  static Layer same(int filters, Activation activation) {
    return conv(filters, 3, 1, Padding.SAME, activation);
  }

  private static Layer norm(Activation activation) {
    return new Layer.BatchNormalization(0.9, activation);
  }

  private static Layer separable(int filters, int stride) {
    return new Layer.SeparableConvolution(
        filters, 3, 3, stride, stride, Padding.SAME, Activation.RELU);
  }

  static Layer depthwise(int stride, Activation activation) {
    return new Layer.DepthwiseConvolution(5, 5, stride, stride, Padding.SAME, activation);
  }

  static Layer grouped(int filters, int groups, int stride, Activation activation) {
    return new Layer.GroupedConvolution(
        filters, groups, 3, 3, stride, stride, Padding.SAME, activation);
  }

  static Layer globalPool() {
    return new Layer.GlobalPooling(PoolingKind.AVERAGE);
  }

  private static Layer residual(Activation activation, Layer... branch) {
    return new Layer.Residual(List.of(branch), activation);
  }

  static Layer squeeze(int units) {
    return new Layer.SqueezeExcitation(units, Activation.RELU);
  }

  static Layer layerNorm(Activation activation) {
    return new Layer.LayerNormalization(1e-6, activation);
  }

  private static Layer convNext(int channels) {
    return residual(
        Activation.IDENTITY,
        depthwise(1, Activation.IDENTITY),
        layerNorm(Activation.IDENTITY),
        conv(4 * channels, 1, 1, Padding.NONE, Activation.GELU),
        conv(channels, 1, 1, Padding.NONE, Activation.IDENTITY));
  }

  static Layer maxPool(int size) {
    return pool(PoolingKind.MAX, size, size);
  }

  private static Layer pool(PoolingKind kind, int kernel, int stride) {
    return new Layer.Pooling(kind, kernel, kernel, stride, stride);
  }

  static Layer dense(int units) {
    return new Layer.Dense(units, Activation.RELU);
  }
}
