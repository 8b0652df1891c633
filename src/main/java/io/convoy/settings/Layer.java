package io.convoy.settings;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * A hidden layer of a network, a block such as {@code { conv = 24, kernel = 3 }}. Sizes and strides
 * are in pixels of the layer's input.
 */
public sealed interface Layer extends Serializable {
  String CONV = "conv";
  String SEPARABLE_CONV = "separable-conv";
  String GROUPED_CONV = "grouped-conv";
  String DEPTHWISE_CONV = "depthwise-conv";
  String BATCH_NORM = "batch-norm";
  String LAYER_NORM = "layer-norm";
  String POOL = "pool";
  String GLOBAL_POOL = "global-pool";
  String RESIDUAL = "residual";
  String DENSE = "dense";
  String DROPOUT = "dropout";
  String WHITENING = "whitening";
  String SQUEEZE_EXCITATION = "squeeze-excitation";
  String GROUPS = "groups";
  String KERNEL = "kernel";
  String STRIDE = "stride";
  String PADDING = "padding";
  String ACTIVATION = "activation";
  String STOCHASTIC_DEPTH = "stochastic-depth";

  /** What there is to say of it, whatever layer it is. */
  About about();

  /**
   * What there is to say of a layer.
   *
   * @param key in the conf, which says what it is
   * @param maps what becomes of height and width in it
   * @param hocon its block, without the braces
   * @param words for a person, with its sizes
   */
  record About(String key, Maps maps, String hocon, String words) {}

  /** Its key in the conf. */
  default String key() {
    return about().key;
  }

  /** What becomes of height and width in it. */
  default Maps maps() {
    return about().maps;
  }

  /** Its block, without the braces. */
  default String hocon() {
    return about().hocon;
  }

  /** The layer for a person, with its sizes. */
  default String words() {
    return about().words;
  }

  /** What is to be had of each layer. */
  <R> R match(Cases<R> cases);

  /** A case for each layer. */
  interface Cases<R> {
    R convolution(Convolution layer);

    R separableConvolution(SeparableConvolution layer);

    R groupedConvolution(GroupedConvolution layer);

    R depthwiseConvolution(DepthwiseConvolution layer);

    R batchNormalization(BatchNormalization layer);

    R layerNormalization(LayerNormalization layer);

    R pooling(Pooling layer);

    R globalPooling(GlobalPooling layer);

    R residual(Residual layer);

    R dense(Dense layer);

    R dropout(Dropout layer);

    R whitening(Whitening layer);

    R squeezeExcitation(SqueezeExcitation layer);
  }

  /** What a layer does with the height and width of what arrives. */
  enum Maps {
    /** It wants them, and leaves some. */
    KEPT,
    /** It wants them, and leaves a vector. */
    POOLED,
    /** It takes anything, as a vector, and leaves one. */
    FLATTENED,
    /** It takes anything, and leaves it in its shape. */
    PASSED;

    /** Whether the layer does for a vector. */
    public boolean takesVector() {
      return this == FLATTENED || this == PASSED;
    }

    boolean givesVector() {
      return this == POOLED || this == FLATTENED;
    }
  }

  /** What moves a window over its input. */
  sealed interface Sliding extends Layer
      permits Convolving, DepthwiseConvolution, Pooling, Whitening {
    int kernelHeight();

    int kernelWidth();

    int strideHeight();

    int strideWidth();

    /** What it does at the edges. */
    Padding padding();
  }

  /** What slides kernels over its input and has filters. */
  sealed interface Convolving extends Sliding
      permits Convolution, SeparableConvolution, GroupedConvolution {
    /** Number of filters, at least 1. */
    int filters();

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

    @Override
    public About about() {
      return new About(
          CONV, Maps.KEPT, LayerText.hocon(CONV, this), LayerText.words("convolution", this));
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.convolution(this);
    }
  }

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

    @Override
    public About about() {
      return new About(
          SEPARABLE_CONV,
          Maps.KEPT,
          LayerText.hocon(SEPARABLE_CONV, this),
          LayerText.words("separable convolution", this));
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.separableConvolution(this);
    }
  }

  /**
   * A convolution of each group of channels by itself, without biases, as a batch normalisation
   * behind it takes them away (Xie et al. 2017, "Aggregated Residual Transformations").
   *
   * @param filters number of filters, at least 1, as many of each group
   * @param groups at least 2; a divisor of the filters, and of the channels that arrive
   */
  record GroupedConvolution(
      int filters,
      int groups,
      int kernelHeight,
      int kernelWidth,
      int strideHeight,
      int strideWidth,
      Padding padding,
      Activation activation)
      implements Convolving {

    /** Refuses nulls. */
    public GroupedConvolution {
      Objects.requireNonNull(padding, "padding");
      Objects.requireNonNull(activation, "activation");
    }

    @Override
    public About about() {
      return new About(
          GROUPED_CONV,
          Maps.KEPT,
          LayerText.hocon(GROUPED_CONV, this) + ", " + GROUPS + " = " + groups,
          LayerText.words("convolution of " + LayerText.count(groups) + " groups", this));
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.groupedConvolution(this);
    }
  }

  /**
   * A convolution of each channel by itself, with a kernel and a bias of its own.
   *
   * @param kernelHeight in pixels, at least 1
   */
  record DepthwiseConvolution(
      int kernelHeight,
      int kernelWidth,
      int strideHeight,
      int strideWidth,
      Padding padding,
      Activation activation)
      implements Sliding {

    /** Refuses nulls. */
    public DepthwiseConvolution {
      Objects.requireNonNull(padding, "padding");
      Objects.requireNonNull(activation, "activation");
    }

    @Override
    public About about() {
      return new About(
          DEPTHWISE_CONV,
          Maps.KEPT,
          "%s = [%s, %s], stride = [%s, %s], padding = %s%s"
              .formatted(
                  DEPTHWISE_CONV,
                  kernelHeight,
                  kernelWidth,
                  strideHeight,
                  strideWidth,
                  Entry.word(padding),
                  LayerText.hocon(activation)),
          "depthwise convolution of "
              + LayerText.window(this)
              + LayerText.words(padding)
              + LayerText.words(activation));
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.depthwiseConvolution(this);
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

    @Override
    public About about() {
      return new About(
          BATCH_NORM,
          Maps.KEPT,
          BATCH_NORM + " = " + momentum + LayerText.hocon(activation),
          "batch normalisation, momentum " + momentum + LayerText.words(activation));
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.batchNormalization(this);
    }
  }

  /**
   * Normalisation of each position's channels to a mean of 0 and a variance of 1 (Ba et al. 2016,
   * "Layer Normalization"), with a learned scale and shift of each channel, as ConvNeXt has it (Liu
   * et al. 2022). It goes by no other position and no other image.
   *
   * @param epsilon is added to the variance: above 0
   */
  record LayerNormalization(double epsilon, Activation activation) implements Layer {

    /** Refuses nulls. */
    public LayerNormalization {
      Objects.requireNonNull(activation, "activation");
    }

    @Override
    public About about() {
      return new About(
          LAYER_NORM,
          Maps.KEPT,
          LAYER_NORM + " = " + epsilon + LayerText.hocon(activation),
          "layer normalisation, epsilon " + epsilon + LayerText.words(activation));
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.layerNormalization(this);
    }
  }

  /** Pooling without padding: rows and columns left over at the far edges are dropped. */
  record Pooling(
      PoolingKind kind, int kernelHeight, int kernelWidth, int strideHeight, int strideWidth)
      implements Sliding {

    /** Refuses nulls. */
    public Pooling {
      Objects.requireNonNull(kind, "kind");
    }

    @Override
    public Padding padding() {
      return Padding.NONE;
    }

    @Override
    public About about() {
      return new About(
          POOL,
          Maps.KEPT,
          POOL + " = " + Entry.word(kind) + ", " + LayerText.sides(this),
          "%s pooling %s%s"
              .formatted(
                  LayerText.words(kind),
                  LayerText.area(kernelHeight, kernelWidth),
                  strideHeight == kernelHeight && strideWidth == kernelWidth
                      ? ""
                      : LayerText.stride(this)));
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.pooling(this);
    }
  }

  /** Pooling of each channel over the whole image. */
  record GlobalPooling(PoolingKind kind) implements Layer {

    /** Refuses nulls. */
    public GlobalPooling {
      Objects.requireNonNull(kind, "kind");
    }

    @Override
    public About about() {
      return new About(
          GLOBAL_POOL,
          Maps.POOLED,
          GLOBAL_POOL + " = " + Entry.word(kind),
          "global " + LayerText.words(kind) + " pooling");
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.globalPooling(this);
    }
  }

  /**
   * Layers whose input is added to their output (He et al. 2016). Where the two differ in size or
   * channels, the input goes through a convolution of 1 x 1 with the stride that makes it fit, and
   * a batch normalisation if the branch has one.
   *
   * @param branch one layer or more, no dense, residual or whitening ones
   * @param stochasticDepth the share of a minibatch's images whose sum is without the branch's
   *     output in training (Huang et al. 2016): 0 to 1 (exclusive); the output of the others is
   *     divided by the share that is left
   * @param activation of the sum
   */
  record Residual(List<Layer> branch, double stochasticDepth, Activation activation)
      implements Layer {

    /** Without stochastic depth. */
    public Residual(List<Layer> branch, Activation activation) {
      this(branch, 0, activation);
    }

    /** Refuses nulls and copies the list. */
    public Residual {
      branch = List.copyOf(branch);
      Objects.requireNonNull(activation, "activation");
    }

    @Override
    public About about() {
      return new About(
          RESIDUAL,
          Maps.KEPT,
          RESIDUAL
              + branch.stream()
                  .map(layer -> "{ " + layer.hocon() + " }")
                  .collect(Collectors.joining(", ", " = [", "]"))
              + (stochasticDepth > 0 ? ", " + STOCHASTIC_DEPTH + " = " + stochasticDepth : "")
              + LayerText.hocon(activation),
          branch.stream()
              .map(Layer::words)
              .collect(
                  Collectors.joining(
                      "; ",
                      "residual (",
                      ")"
                          + (stochasticDepth > 0 ? ", stochastic depth " + stochasticDepth : "")
                          + LayerText.words(activation))));
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.residual(this);
    }
  }

  /**
   * Multiplies each channel by a number from 0 to 1 that goes by the means of all channels: a dense
   * layer with an activation, and one with a sigmoid (Hu et al. 2018).
   *
   * @param units of the first, at least 1
   * @param activation of the first
   */
  record SqueezeExcitation(int units, Activation activation) implements Layer {

    /** Refuses nulls. */
    public SqueezeExcitation {
      Objects.requireNonNull(activation, "activation");
    }

    @Override
    public About about() {
      return new About(
          SQUEEZE_EXCITATION,
          Maps.KEPT,
          SQUEEZE_EXCITATION + " = " + units + LayerText.hocon(activation),
          "squeeze and excitation by "
              + LayerText.count(units)
              + " units"
              + LayerText.words(activation));
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.squeezeExcitation(this);
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

    @Override
    public About about() {
      return new About(
          DENSE,
          Maps.FLATTENED,
          DENSE + " = " + units + LayerText.hocon(activation),
          "dense, " + LayerText.count(units) + " units" + LayerText.words(activation));
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.dense(this);
    }
  }

  /**
   * Sets activations to 0 at random while training.
   *
   * @param rate the share that is dropped, as in Keras: 0 to 1 (exclusive)
   */
  record Dropout(double rate) implements Layer {

    @Override
    public About about() {
      return new About(DROPOUT, Maps.PASSED, DROPOUT + " = " + rate, "dropout " + rate);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.dropout(this);
    }
  }

  /**
   * A convolution that is not trained: it takes away what the pixels of a patch and their colours
   * have in common, by the eigenvectors of the training photos' patches, each over its deviation
   * and with both signs, and has a ReLU (Page 2019, "How to Train Your ResNet 8"; Jordan 2024).
   * Without padding; the first layer of a network.
   */
  record Whitening(int kernelHeight, int kernelWidth, int strideHeight, int strideWidth)
      implements Sliding {
    private static final int SIGNS = 2;
    private static final int COLOURS = 3;

    /** Number of filters: two for each number of a patch. */
    public int filters() {
      return SIGNS * COLOURS * kernelHeight * kernelWidth;
    }

    @Override
    public Padding padding() {
      return Padding.NONE;
    }

    @Override
    public About about() {
      return new About(
          WHITENING,
          Maps.KEPT,
          "%s = [%s, %s], stride = [%s, %s]"
              .formatted(WHITENING, kernelHeight, kernelWidth, strideHeight, strideWidth),
          "whitening of %s, %s filters%s"
              .formatted(
                  LayerText.area(kernelHeight, kernelWidth),
                  LayerText.count(filters()),
                  strideHeight == 1 && strideWidth == 1 ? "" : LayerText.stride(this)));
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.whitening(this);
    }
  }
}
