package io.convoy.network;

import io.convoy.settings.Layer;

/**
 * A layer as it works on images of a given size.
 *
 * @param kind the layer's key in the conf, or output
 * @param output what it gives for one image
 * @param parameters number of its weights and biases
 */
public record LayerSummary(String kind, Shape output, long parameters) {

  /**
   * The summary of one layer.
   *
   * @param layer not a residual one, whose layers have their own
   * @param input what arrives, which the layer's window fits
   */
  static LayerSummary of(Layer layer, Shape input) {
    return layer.match(new ForInput(input));
  }

  /** Of units that are connected to all that arrives. */
  static LayerSummary dense(String kind, Shape input, int units) {
    return new LayerSummary(kind, Shape.vector(units), input.size() * units + units);
  }

  private record ForInput(Shape input) implements Layer.Cases<LayerSummary> {
    @Override
    public LayerSummary convolution(Layer.Convolution layer) {
      long weights = layer.filters() * kernels(layer);
      return sliding(layer, layer.filters(), weights + layer.filters());
    }

    @Override
    public LayerSummary separableConvolution(Layer.SeparableConvolution layer) {
      long pointwise = (long) input.channels() * layer.filters();
      return sliding(layer, layer.filters(), kernels(layer) + pointwise + layer.filters());
    }

    /** Weights of one kernel for each channel that arrives. */
    private long kernels(Layer.Sliding layer) {
      return (long) input.channels() * layer.kernelHeight() * layer.kernelWidth();
    }

    private LayerSummary sliding(Layer.Sliding layer, int channels, long parameters) {
      return new LayerSummary(layer.key(), Window.of(layer).output(input, channels), parameters);
    }

    /** Scale, shift, mean and variance of each channel. */
    @Override
    public LayerSummary batchNormalization(Layer.BatchNormalization layer) {
      return new LayerSummary(layer.key(), input, 4L * input.channels());
    }

    @Override
    public LayerSummary pooling(Layer.Pooling layer) {
      return sliding(layer, input.channels(), 0);
    }

    @Override
    public LayerSummary globalPooling(Layer.GlobalPooling layer) {
      return new LayerSummary(layer.key(), Shape.vector(input.channels()), 0);
    }

    @Override
    public LayerSummary residual(Layer.Residual layer) {
      throw new IllegalArgumentException("the layers of a residual one have their own summaries");
    }

    @Override
    public LayerSummary dense(Layer.Dense layer) {
      return LayerSummary.dense(layer.key(), input, layer.units());
    }

    @Override
    public LayerSummary dropout(Layer.Dropout layer) {
      return new LayerSummary(layer.key(), input, 0);
    }
  }
}
