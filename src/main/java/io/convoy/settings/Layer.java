package io.convoy.settings;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;

/** A hidden layer of a network. Sizes and strides are in pixels of the layer's input. */
public sealed interface Layer extends Serializable {
  /** What slides kernels over its input and has filters. */
  sealed interface Convolving extends Layer permits Convolution, SeparableConvolution {
    /** Number of filters, at least 1. */
    int filters();

    int kernelHeight();

    int kernelWidth();

    int strideHeight();

    int strideWidth();

    Padding padding();

    Activation activation();
  }

  /**
   * A two-dimensional convolution with a bias a filter.
   *
   * @param filters number of filters, at least 1
   */
  record Convolution(
      int filters,
      int kernelHeight,
      int kernelWidth,
      int strideHeight,
      int strideWidth,
      Padding padding,
      Activation activation)
      implements Convolving {

    /** Refuses nulls. */
    public Convolution {
      Objects.requireNonNull(padding, "padding");
      Objects.requireNonNull(activation, "activation");
    }
  }

  /** Pooling without padding: rows and columns left over at the far edges are dropped. */
  record Pooling(
      PoolingKind kind, int kernelHeight, int kernelWidth, int strideHeight, int strideWidth)
      implements Layer {

    /** Refuses nulls. */
    public Pooling {
      Objects.requireNonNull(kind, "kind");
    }
  }

  /**
   * A fully connected layer; the first one flattens what arrives.
   *
   * @param units number of units, at least 1
   */
  record Dense(int units, Activation activation) implements Layer {

    /** Refuses nulls. */
    public Dense {
      Objects.requireNonNull(activation, "activation");
    }
  }

  /**
   * Sets activations to 0 at random while training.
   *
   * @param rate the share that is dropped, as in Keras: 0 to 1 (exclusive)
   */
  record Dropout(double rate) implements Layer {}

  /**
   * A depthwise convolution, one kernel a channel, and a convolution of 1 x 1 over its channels,
   * with one bias a filter and one activation at the end (Chollet 2017).
   *
   * @param filters number of filters, at least 1
   */
  record SeparableConvolution(
      int filters,
      int kernelHeight,
      int kernelWidth,
      int strideHeight,
      int strideWidth,
      Padding padding,
      Activation activation)
      implements Convolving {

    /** Refuses nulls. */
    public SeparableConvolution {
      Objects.requireNonNull(padding, "padding");
      Objects.requireNonNull(activation, "activation");
    }
  }

  /**
   * Batch normalisation of each channel (Ioffe and Szegedy 2015), with a learned scale and shift.
   *
   * @param momentum the share of the running statistics that a minibatch leaves: 0 to 1 (exclusive)
   */
  record BatchNormalization(double momentum, Activation activation) implements Layer {

    /** Refuses nulls. */
    public BatchNormalization {
      Objects.requireNonNull(activation, "activation");
    }
  }

  /** Pooling of each channel over the whole image. */
  record GlobalPooling(PoolingKind kind) implements Layer {

    /** Refuses nulls. */
    public GlobalPooling {
      Objects.requireNonNull(kind, "kind");
    }
  }

  /**
   * Layers whose input is added to their output (He et al. 2016). Where the two differ in size or
   * channels, the input goes through a convolution of 1 x 1 with the stride that makes it fit, and
   * a batch normalisation if the branch has one.
   *
   * @param branch one layer or more, no dense and no residual ones
   * @param activation of the sum
   */
  record Residual(List<Layer> branch, Activation activation) implements Layer {

    /** Refuses nulls and copies the list. */
    public Residual {
      branch = List.copyOf(branch);
      Objects.requireNonNull(activation, "activation");
    }
  }
}
