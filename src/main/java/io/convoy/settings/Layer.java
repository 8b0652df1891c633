package io.convoy.settings;

import io.convoy.failure.UserException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A hidden layer of a network, a block such as {@code { conv = 24, kernel = 3 }}. Sizes and strides
 * are in pixels of the layer's input.
 */
public sealed interface Layer extends Serializable {
  String CONV = "conv";
  String SEPARABLE_CONV = "separable-conv";
  String DEPTHWISE_CONV = "depthwise-conv";
  String BATCH_NORM = "batch-norm";
  String POOL = "pool";
  String GLOBAL_POOL = "global-pool";
  String RESIDUAL = "residual";
  String DENSE = "dense";
  String DROPOUT = "dropout";
  String WHITENING = "whitening";
  String KERNEL = "kernel";
  String STRIDE = "stride";
  String PADDING = "padding";
  String ACTIVATION = "activation";

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

    R depthwiseConvolution(DepthwiseConvolution layer);

    R batchNormalization(BatchNormalization layer);

    R pooling(Pooling layer);

    R globalPooling(GlobalPooling layer);

    R residual(Residual layer);

    R dense(Dense layer);

    R dropout(Dropout layer);

    R whitening(Whitening layer);
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

  /** Reads a layer's block. */
  static Layer read(Entry entry) {
    List<String> sliding = List.of(KERNEL, STRIDE, PADDING, ACTIVATION);
    List<Kind<Layer>> kinds =
        List.of(
            new Kind<>(CONV, sliding, Convolution::of),
            new Kind<>(SEPARABLE_CONV, sliding, SeparableConvolution::of),
            new Kind<>(
                DEPTHWISE_CONV, List.of(STRIDE, PADDING, ACTIVATION), DepthwiseConvolution::of),
            new Kind<>(BATCH_NORM, List.of(ACTIVATION), BatchNormalization::of),
            new Kind<>(POOL, List.of(KERNEL, STRIDE), Pooling::of),
            new Kind<>(GLOBAL_POOL, List.of(), GlobalPooling::of),
            new Kind<>(RESIDUAL, List.of(ACTIVATION), Residual::of),
            new Kind<>(DENSE, List.of(ACTIVATION), Dense::of),
            new Kind<>(DROPOUT, List.of(), Dropout::of),
            new Kind<>(WHITENING, List.of(STRIDE), Whitening::of));
    Section layer = entry.section(entry.name() + ": ");
    layer.allow(new TreeSet<>(kinds.stream().flatMap(Layer::keys).toList()));
    TreeSet<String> known = new TreeSet<>(kinds.stream().map(Kind::name).toList());
    List<String> given = layer.keys().stream().filter(known::contains).toList();
    if (given.size() != 1) {
      throw new UserException(
          "%s%s has %s: a layer has exactly one of %s.",
          Place.of(layer.object().origin()),
          layer.name(),
          given.isEmpty() ? "no kind" : String.join(" and ", given),
          String.join(", ", known));
    }
    Kind<Layer> kind =
        kinds.stream().filter(each -> given.contains(each.name())).findFirst().orElseThrow();
    layer.allow(keys(kind).toList());
    return kind.reader().apply(layer);
  }

  private static Stream<String> keys(Kind<Layer> kind) {
    return Stream.concat(Stream.of(kind.name()), kind.keys().stream());
  }

  private static Activation activation(Section layer) {
    return layer
        .optional(ACTIVATION)
        .map(entry -> entry.word(Activation.class))
        .orElse(Activation.RELU);
  }

  /** The stride of what moves by a pixel where nothing else is said. */
  private static Pair stride(Section layer) {
    return layer.optional(STRIDE).map(Pair::read).orElse(new Pair(1, 1));
  }

  private static Padding padding(Section layer) {
    return layer.optional(PADDING).map(entry -> entry.word(Padding.class)).orElse(Padding.NONE);
  }

  private static String hocon(Activation activation) {
    return ", activation = " + Entry.word(activation);
  }

  private static String words(Activation activation) {
    return activation == Activation.IDENTITY ? "" : ", " + words((Enum<?>) activation);
  }

  private static String words(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static String count(int number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static double share(Entry entry) {
    return entry.number("a share of at least 0 and below 1", rate -> rate >= 0 && rate < 1);
  }

  private static String sides(Sliding layer) {
    return "kernel = [%s, %s], stride = [%s, %s]"
        .formatted(
            layer.kernelHeight(), layer.kernelWidth(), layer.strideHeight(), layer.strideWidth());
  }

  private static String area(int height, int width) {
    return height + " \u00d7 " + width;
  }

  private static String stride(Sliding layer) {
    return ", stride " + area(layer.strideHeight(), layer.strideWidth());
  }

  /** The kernel, and the stride where it is not a pixel. */
  private static String window(Sliding layer) {
    boolean isByPixel = layer.strideHeight() == 1 && layer.strideWidth() == 1;
    return area(layer.kernelHeight(), layer.kernelWidth()) + (isByPixel ? "" : stride(layer));
  }

  private static String words(Padding padding) {
    return padding == Padding.NONE ? "" : ", zero padding";
  }

  private static String words(String name, Convolving layer) {
    return "%s, %s filters of %s%s%s"
        .formatted(
            name,
            count(layer.filters()),
            window(layer),
            words(layer.padding()),
            words(layer.activation()));
  }

  private static String hocon(String key, Convolving layer) {
    return "%s = %s, %s, padding = %s%s"
        .formatted(
            key,
            layer.filters(),
            sides(layer),
            Entry.word(layer.padding()),
            hocon(layer.activation()));
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
  sealed interface Convolving extends Sliding permits Convolution, SeparableConvolution {
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

    private static Convolution of(Section block) {
      return of(block, CONV);
    }

    private static Convolution of(Section block, String filters) {
      Pair kernel = Pair.read(block.entry(KERNEL));
      Pair stride = Layer.stride(block);
      return new Convolution(
          block.entry(filters).integer(1),
          kernel.height(),
          kernel.width(),
          stride.height(),
          stride.width(),
          Layer.padding(block),
          Layer.activation(block));
    }

    @Override
    public About about() {
      return new About(CONV, Maps.KEPT, Layer.hocon(CONV, this), Layer.words("convolution", this));
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

    private static SeparableConvolution of(Section block) {
      Convolution like = Convolution.of(block, SEPARABLE_CONV);
      return new SeparableConvolution(
          like.filters,
          like.kernelHeight,
          like.kernelWidth,
          like.strideHeight,
          like.strideWidth,
          like.padding,
          like.activation);
    }

    @Override
    public About about() {
      return new About(
          SEPARABLE_CONV,
          Maps.KEPT,
          Layer.hocon(SEPARABLE_CONV, this),
          Layer.words("separable convolution", this));
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.separableConvolution(this);
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

    private static DepthwiseConvolution of(Section block) {
      Pair kernel = Pair.read(block.entry(DEPTHWISE_CONV));
      Pair stride = Layer.stride(block);
      return new DepthwiseConvolution(
          kernel.height(),
          kernel.width(),
          stride.height(),
          stride.width(),
          Layer.padding(block),
          Layer.activation(block));
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
                  Layer.hocon(activation)),
          "depthwise convolution of "
              + Layer.window(this)
              + Layer.words(padding)
              + Layer.words(activation));
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

    private static BatchNormalization of(Section block) {
      return new BatchNormalization(share(block.entry(BATCH_NORM)), Layer.activation(block));
    }

    @Override
    public About about() {
      return new About(
          BATCH_NORM,
          Maps.KEPT,
          BATCH_NORM + " = " + momentum + Layer.hocon(activation),
          "batch normalisation, momentum " + momentum + Layer.words(activation));
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.batchNormalization(this);
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

    private static Pooling of(Section block) {
      Pair kernel = Pair.read(block.entry(KERNEL));
      Pair stride = block.optional(STRIDE).map(Pair::read).orElse(kernel);
      return new Pooling(
          block.entry(POOL).word(PoolingKind.class),
          kernel.height(),
          kernel.width(),
          stride.height(),
          stride.width());
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
          POOL + " = " + Entry.word(kind) + ", " + sides(this),
          "%s pooling %s%s"
              .formatted(
                  Layer.words(kind),
                  area(kernelHeight, kernelWidth),
                  strideHeight == kernelHeight && strideWidth == kernelWidth ? "" : stride(this)));
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

    private static GlobalPooling of(Section block) {
      return new GlobalPooling(block.entry(GLOBAL_POOL).word(PoolingKind.class));
    }

    @Override
    public About about() {
      return new About(
          GLOBAL_POOL,
          Maps.POOLED,
          GLOBAL_POOL + " = " + Entry.word(kind),
          "global " + Layer.words(kind) + " pooling");
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
   * @param activation of the sum
   */
  record Residual(List<Layer> branch, Activation activation) implements Layer {

    /** Refuses nulls and copies the list. */
    public Residual {
      branch = List.copyOf(branch);
      Objects.requireNonNull(activation, "activation");
    }

    private static Residual of(Section block) {
      Entry branch = block.entry(RESIDUAL);
      String requirement =
          "a list of one layer or more, in brackets, without dense, residual and whitening ones";
      List<Layer> layers = new ArrayList<>();
      for (Entry member : branch.list(requirement)) {
        String name = block.name() + "." + (layers.size() + 1);
        Layer layer = read(new Entry(name, member.value()));
        if (layer.maps().givesVector() || layer instanceof Residual || layer instanceof Whitening) {
          throw branch.mustBe(requirement);
        }
        layers.add(layer);
      }
      if (layers.isEmpty()) {
        throw branch.mustBe(requirement);
      }
      return new Residual(layers, Layer.activation(block));
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
              + Layer.hocon(activation),
          branch.stream()
              .map(Layer::words)
              .collect(Collectors.joining("; ", "residual (", ")" + Layer.words(activation))));
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.residual(this);
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

    private static Dense of(Section block) {
      return new Dense(block.entry(DENSE).integer(1), Layer.activation(block));
    }

    @Override
    public About about() {
      return new About(
          DENSE,
          Maps.FLATTENED,
          DENSE + " = " + units + Layer.hocon(activation),
          "dense, " + count(units) + " units" + Layer.words(activation));
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

    private static Dropout of(Section block) {
      return new Dropout(share(block.entry(DROPOUT)));
    }

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

    private static Whitening of(Section block) {
      Pair kernel = Pair.read(block.entry(WHITENING));
      Pair stride = Layer.stride(block);
      return new Whitening(kernel.height(), kernel.width(), stride.height(), stride.width());
    }

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
                  area(kernelHeight, kernelWidth),
                  count(filters()),
                  strideHeight == 1 && strideWidth == 1 ? "" : stride(this)));
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.whitening(this);
    }
  }

  /** A number for both directions, or {@code [height, width]}. */
  record Pair(int height, int width) {
    private static final String REQUIREMENT =
        "a whole number of at least 1, or two of them: [height, width]";

    private static Pair read(Entry entry) {
      if (entry.text().isPresent()) {
        int both = (int) entry.wholeNumber(REQUIREMENT, 1, Integer.MAX_VALUE);
        return new Pair(both, both);
      }
      List<Entry> sides = entry.list(REQUIREMENT);
      if (sides.size() != 2) {
        throw entry.mustBe(REQUIREMENT);
      }
      return new Pair(sides.get(0).integer(1), sides.get(1).integer(1));
    }
  }
}
