package io.convoy.settings;

import io.convoy.failure.UserException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Reads the block of a layer. */
final class LayerReader {
  private static final List<String> SLIDING =
      List.of(Layer.KERNEL, Layer.STRIDE, Layer.PADDING, Layer.ACTIVATION);

  private static final List<Kind<Layer>> KINDS =
      List.of(
          new Kind<>(Layer.CONV, SLIDING, LayerReader::convolution),
          new Kind<>(Layer.SEPARABLE_CONV, SLIDING, LayerReader::separableConvolution),
          new Kind<>(
              Layer.GROUPED_CONV,
              Stream.concat(Stream.of(Layer.GROUPS), SLIDING.stream()).toList(),
              LayerReader::groupedConvolution),
          new Kind<>(
              Layer.DEPTHWISE_CONV,
              List.of(Layer.STRIDE, Layer.PADDING, Layer.ACTIVATION),
              LayerReader::depthwiseConvolution),
          new Kind<>(Layer.BATCH_NORM, List.of(Layer.ACTIVATION), LayerReader::batchNormalization),
          new Kind<>(
              Layer.LAYER_NORM,
              List.of(Layer.ACTIVATION),
              block ->
                  new Layer.LayerNormalization(
                      block
                          .entry(Layer.LAYER_NORM)
                          .number("a number from 1e-12 to 1", each -> each >= 1e-12 && each <= 1),
                      activation(block))),
          new Kind<>(Layer.POOL, List.of(Layer.KERNEL, Layer.STRIDE), LayerReader::pooling),
          new Kind<>(
              Layer.GLOBAL_POOL,
              List.of(),
              block ->
                  new Layer.GlobalPooling(block.entry(Layer.GLOBAL_POOL).word(PoolingKind.class))),
          new Kind<>(
              Layer.RESIDUAL,
              List.of(Layer.STOCHASTIC_DEPTH, Layer.ACTIVATION),
              LayerReader::residual),
          new Kind<>(
              Layer.SQUEEZE_EXCITATION,
              List.of(Layer.ACTIVATION),
              block ->
                  new Layer.SqueezeExcitation(
                      block.entry(Layer.SQUEEZE_EXCITATION).integer(1), activation(block))),
          new Kind<>(
              Layer.DENSE,
              List.of(Layer.ACTIVATION),
              block -> new Layer.Dense(block.entry(Layer.DENSE).integer(1), activation(block))),
          new Kind<>(
              Layer.DROPOUT,
              List.of(),
              block -> new Layer.Dropout(share(block.entry(Layer.DROPOUT)))),
          new Kind<>(Layer.WHITENING, List.of(Layer.STRIDE), LayerReader::whitening));

  private LayerReader() {}

  static Layer read(Entry entry) {
    Section layer = entry.section(entry.name() + ": ");
    layer.allow(new TreeSet<>(KINDS.stream().flatMap(LayerReader::keys).toList()));
    TreeSet<String> known = new TreeSet<>(KINDS.stream().map(Kind::name).toList());
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
        KINDS.stream().filter(each -> given.contains(each.name())).findFirst().orElseThrow();
    layer.allow(keys(kind).toList());
    return kind.reader().apply(layer);
  }

  private static Stream<String> keys(Kind<Layer> kind) {
    return Stream.concat(Stream.of(kind.name()), kind.keys().stream());
  }

  private static Layer.Convolution convolution(Section block) {
    return convolution(block, Layer.CONV);
  }

  private static Layer.Convolution convolution(Section block, String filters) {
    Pair kernel = Pair.read(block.entry(Layer.KERNEL));
    Pair stride = stride(block);
    return new Layer.Convolution(
        block.entry(filters).integer(1),
        kernel.height(),
        kernel.width(),
        stride.height(),
        stride.width(),
        padding(block),
        activation(block));
  }

  private static Layer groupedConvolution(Section block) {
    Layer.Convolution like = convolution(block, Layer.GROUPED_CONV);
    Entry groups = block.entry(Layer.GROUPS);
    int number = groups.integer(2);
    if (like.filters() % number != 0) {
      throw groups.mustBe(
          "a divisor of the %,d filters, as each group has as many".formatted(like.filters()));
    }
    return new Layer.GroupedConvolution(
        like.filters(),
        number,
        like.kernelHeight(),
        like.kernelWidth(),
        like.strideHeight(),
        like.strideWidth(),
        like.padding(),
        like.activation());
  }

  private static Layer separableConvolution(Section block) {
    Layer.Convolution like = convolution(block, Layer.SEPARABLE_CONV);
    return new Layer.SeparableConvolution(
        like.filters(),
        like.kernelHeight(),
        like.kernelWidth(),
        like.strideHeight(),
        like.strideWidth(),
        like.padding(),
        like.activation());
  }

  private static Layer depthwiseConvolution(Section block) {
    Pair kernel = Pair.read(block.entry(Layer.DEPTHWISE_CONV));
    Pair stride = stride(block);
    return new Layer.DepthwiseConvolution(
        kernel.height(),
        kernel.width(),
        stride.height(),
        stride.width(),
        padding(block),
        activation(block));
  }

  private static Layer batchNormalization(Section block) {
    return new Layer.BatchNormalization(share(block.entry(Layer.BATCH_NORM)), activation(block));
  }

  private static Layer pooling(Section block) {
    Pair kernel = Pair.read(block.entry(Layer.KERNEL));
    Pair stride = block.optional(Layer.STRIDE).map(Pair::read).orElse(kernel);
    return new Layer.Pooling(
        block.entry(Layer.POOL).word(PoolingKind.class),
        kernel.height(),
        kernel.width(),
        stride.height(),
        stride.width());
  }

  private static Layer residual(Section block) {
    Entry branch = block.entry(Layer.RESIDUAL);
    String requirement =
        "a list of one layer or more, in brackets, without dense, residual and whitening ones";
    List<Layer> layers = new ArrayList<>();
    for (Entry member : branch.list(requirement)) {
      String name = block.name() + "." + (layers.size() + 1);
      Layer layer = read(new Entry(name, member.value()));
      if (layer.maps().givesVector()
          || layer instanceof Layer.Residual
          || layer instanceof Layer.Whitening) {
        throw branch.mustBe(requirement);
      }
      layers.add(layer);
    }
    if (layers.isEmpty()) {
      throw branch.mustBe(requirement);
    }
    return new Layer.Residual(
        layers,
        block.optional(Layer.STOCHASTIC_DEPTH).map(LayerReader::share).orElse(0.0),
        activation(block));
  }

  private static Layer whitening(Section block) {
    Pair kernel = Pair.read(block.entry(Layer.WHITENING));
    Pair stride = stride(block);
    return new Layer.Whitening(kernel.height(), kernel.width(), stride.height(), stride.width());
  }

  private static Activation activation(Section layer) {
    return layer
        .optional(Layer.ACTIVATION)
        .map(entry -> entry.word(Activation.class))
        .orElse(Activation.RELU);
  }

  /** The stride of what moves by a pixel where nothing else is said. */
  private static Pair stride(Section layer) {
    return layer.optional(Layer.STRIDE).map(Pair::read).orElse(new Pair(1, 1));
  }

  private static Padding padding(Section layer) {
    return layer
        .optional(Layer.PADDING)
        .map(entry -> entry.word(Padding.class))
        .orElse(Padding.NONE);
  }

  private static double share(Entry entry) {
    return entry.number("a share of at least 0 and below 1", rate -> rate >= 0 && rate < 1);
  }

  /** A number for both directions, or {@code [height, width]}. */
  private record Pair(int height, int width) {
    private static final String REQUIREMENT =
        "a whole number of at least 1, or two of them: [height, width]";

    static Pair read(Entry entry) {
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
