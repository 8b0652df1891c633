package io.convoy.settings;

import java.io.Serializable;
import java.util.Objects;

/** A hidden layer of a network. Sizes and strides are in pixels of the layer's input. */
public sealed interface Layer extends Serializable {
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
      implements Layer {

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
}
