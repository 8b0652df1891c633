package io.convoy.onednn;

import io.convoy.network.Shape;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bytedeco.dnnl.global.dnnl.algorithm;

/** A layer of the network, with its sizes and the place of its parameters. */
sealed interface LayerPlan {
  /** What it gives for one image. */
  Shape output();

  /** By which the stages of several parts add to the gradient, which is 0 before. */
  default List<Parameters> summed() {
    return List.of();
  }

  /** Does what is to be done with a layer of its kind. */
  <T> T accept(Visitor<T> visitor);

  /** What is to be done with a layer, by its kind. */
  interface Visitor<T> {
    T convolution(Convolution layer);

    T batchNormalization(BatchNormalization layer);

    T layerNormalization(LayerNormalization layer);

    T sum(Sum layer);

    T channelProduct(ChannelProduct layer);

    T activation(Activation layer);

    T pooling(Pooling layer);

    T dense(Dense layer);

    T dropout(Dropout layer);

    T padding(Padding layer);
  }

  /**
   * Numbers among all parameters of the network.
   *
   * @param offset of the first
   * @param length how many
   */
  record Parameters(long offset, long length) {
    long end() {
      return offset + length;
    }
  }

  /**
   * A window that moves over the input, sizes in pixels.
   *
   * @param kernel height, width
   * @param stride height, width
   * @param before zeros above and left of the input
   * @param after zeros below and right of it
   */
  record Window(long[] kernel, long[] stride, long[] before, long[] after) {
    /** The same window, with more zeros around the input. */
    Window padded(Padding padding) {
      return new Window(kernel, stride, sum(before, padding.before), sum(after, padding.after));
    }

    private static long[] sum(long[] one, long[] other) {
      return new long[] {one[0] + other[0], one[1] + other[1]};
    }
  }

  /** How DL4J orders a convolution's weights. */
  enum WeightOrder {
    /** Outputs, inputs, height, width; of groups the groups, then so. */
    OUTPUTS_FIRST,
    /** Height, width, groups, inputs of a group, outputs of a group. */
    KERNEL_FIRST
  }

  /**
   * @param groups of channels that are convolved apart from one another, 1 or more
   * @param weights [output channels, input channels of a group, height, width], in the order
   * @param bias [output channels]
   */
  record Convolution(
      Shape input,
      Shape output,
      int groups,
      Window window,
      Nonlinearity nonlinearity,
      Parameters weights,
      WeightOrder order,
      Optional<Parameters> bias)
      implements LayerPlan {

    /** The same with an activation. */
    Convolution activated(Nonlinearity activation) {
      return new Convolution(input, output, groups, window, activation, weights, order, bias);
    }

    /** The same before the zeros were put around its input. */
    Convolution padding(Padding padding) {
      return new Convolution(
          padding.input,
          output,
          groups,
          window.padded(padding),
          nonlinearity,
          weights,
          order,
          bias);
    }

    @Override
    public List<Parameters> summed() {
      return Stream.concat(Stream.of(weights), bias.stream()).toList();
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.convolution(this);
    }
  }

  /**
   * @param nonlinearity identity or ReLU
   * @param scaleAndShift [2, channels]
   * @param mean [channels], the running one
   * @param variance [channels], the running one
   * @param epsilon is added to the variance
   * @param momentum the share of the running statistics that a minibatch leaves
   */
  record BatchNormalization(
      Shape output,
      Nonlinearity nonlinearity,
      Parameters scaleAndShift,
      Parameters mean,
      Parameters variance,
      float epsilon,
      float momentum)
      implements LayerPlan {
    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.batchNormalization(this);
    }

    BatchNormalization activated(Nonlinearity activation) {
      return new BatchNormalization(
          output, activation, scaleAndShift, mean, variance, epsilon, momentum);
    }
  }

  /**
   * Of each position over its channels.
   *
   * @param scale [channels]
   * @param shift [channels]
   * @param epsilon is added to the variance
   */
  record LayerNormalization(Shape output, Parameters scale, Parameters shift, float epsilon)
      implements LayerPlan {
    @Override
    public List<Parameters> summed() {
      return List.of(scale, shift);
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.layerNormalization(this);
    }
  }

  /** The sum of two inputs. */
  record Sum(Shape output, Nonlinearity nonlinearity) implements LayerPlan {
    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.sum(this);
    }
  }

  /**
   * Maps times a factor for each channel of each image.
   *
   * @param maps which of the two inputs they are, 0 or 1
   */
  record ChannelProduct(Shape output, int maps) implements LayerPlan {
    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.channelProduct(this);
    }
  }

  /** An activation by itself. */
  record Activation(Shape output, Nonlinearity nonlinearity) implements LayerPlan {
    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.activation(this);
    }
  }

  /**
   * @param kind max or average
   */
  record Pooling(Shape input, Shape output, Window window, algorithm kind) implements LayerPlan {
    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.pooling(this);
    }
  }

  /** What is computed of the gradient by a layer's weights. */
  enum WeightGradient {
    PRODUCT,
    /** What it is a product of; who needs it multiplies. */
    FACTORS
  }

  /**
   * @param weights [outputs, inputs], which is DL4J's [inputs, outputs] column by column
   * @param bias [outputs]
   */
  record Dense(
      Shape input,
      Shape output,
      Nonlinearity nonlinearity,
      Parameters weights,
      Parameters bias,
      WeightGradient gradient)
      implements LayerPlan {
    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.dense(this);
    }

    /** The same with another activation. */
    Dense activated(Nonlinearity activation) {
      return new Dense(input, output, activation, weights, bias, gradient);
    }

    /** The same with the gradient by its weights as factors. */
    Dense factored() {
      return new Dense(input, output, nonlinearity, weights, bias, WeightGradient.FACTORS);
    }

    /** Where its weights lie. */
    DenseWeights place() {
      return new DenseWeights(
          weights.offset, Math.toIntExact(input.size()), Math.toIntExact(output.size()));
    }
  }

  /**
   * Zeros around the input.
   *
   * @param before above and left
   * @param after below and right
   */
  record Padding(Shape input, Shape output, long[] before, long[] after) implements LayerPlan {
    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.padding(this);
    }
  }

  /**
   * @param keep the probability that a unit is kept, and then divided by it
   * @param unit what is kept or dropped together
   */
  record Dropout(Shape output, double keep, Unit unit) implements LayerPlan {
    /** What is kept or dropped together. */
    enum Unit {
      VALUE,
      /** All that there is of an image. */
      IMAGE
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.dropout(this);
    }
  }
}
