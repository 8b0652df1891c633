package io.convoy.settings;

import io.convoy.failure.UserException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Reads a hidden layer, such as {@code { conv = 24, kernel = 3 }}. */
final class LayerReader {
  private static final String CONV = "conv";
  private static final String POOL = "pool";
  private static final String SEPARABLE_CONV = "separable-conv";
  private static final String GLOBAL_POOL = "global-pool";
  private static final String BATCH_NORM = "batch-norm";
  private static final String RESIDUAL = "residual";
  private static final String DENSE = "dense";
  private static final String DROPOUT = "dropout";
  private static final String KERNEL = "kernel";
  private static final String STRIDE = "stride";
  private static final String PADDING = "padding";
  private static final String ACTIVATION = "activation";

  private static final String SHARE = "a share of at least 0 and below 1";

  /** The keys of each kind of layer; the first is the kind itself. */
  private static final Map<String, List<String>> KEYS =
      Map.of(
          CONV, List.of(CONV, KERNEL, STRIDE, PADDING, ACTIVATION),
          SEPARABLE_CONV, List.of(SEPARABLE_CONV, KERNEL, STRIDE, PADDING, ACTIVATION),
          BATCH_NORM, List.of(BATCH_NORM, ACTIVATION),
          GLOBAL_POOL, List.of(GLOBAL_POOL),
          RESIDUAL, List.of(RESIDUAL, ACTIVATION),
          POOL, List.of(POOL, KERNEL, STRIDE),
          DENSE, List.of(DENSE, ACTIVATION),
          DROPOUT, List.of(DROPOUT));

  private LayerReader() {}

  static Layer read(Entry entry) {
    Section layer = entry.section(entry.name() + ": ");
    layer.allow(new TreeSet<>(KEYS.values().stream().flatMap(List::stream).toList()));
    String kind = kind(layer);
    layer.allow(KEYS.get(kind));
    return switch (kind) {
      case CONV -> convolution(layer, CONV);
      case SEPARABLE_CONV -> separable(layer);
      case BATCH_NORM ->
          new Layer.BatchNormalization(
              layer.entry(BATCH_NORM).number(SHARE, rate -> rate >= 0 && rate < 1),
              activation(layer));
      case POOL -> pooling(layer);
      case GLOBAL_POOL -> new Layer.GlobalPooling(layer.entry(GLOBAL_POOL).word(PoolingKind.class));
      case RESIDUAL -> new Layer.Residual(branch(layer), activation(layer));
      case DENSE -> new Layer.Dense(layer.entry(DENSE).integer(1), activation(layer));
      default ->
          new Layer.Dropout(layer.entry(DROPOUT).number(SHARE, rate -> rate >= 0 && rate < 1));
    };
  }

  private static List<Layer> branch(Section residual) {
    Entry branch = residual.entry(RESIDUAL);
    String requirement =
        "a list of one layer or more, in brackets, without dense and residual ones";
    List<Layer> layers = new ArrayList<>();
    for (Entry member : branch.list(requirement)) {
      String name = residual.name() + "." + (layers.size() + 1);
      Layer layer = read(new Entry(name, member.value()));
      if (layer instanceof Layer.Dense
          || layer instanceof Layer.GlobalPooling
          || layer instanceof Layer.Residual) {
        throw branch.mustBe(requirement);
      }
      layers.add(layer);
    }
    if (layers.isEmpty()) {
      throw branch.mustBe(requirement);
    }
    return layers;
  }

  private static Layer separable(Section layer) {
    Layer.Convolution like = convolution(layer, SEPARABLE_CONV);
    return new Layer.SeparableConvolution(
        like.filters(),
        like.kernelHeight(),
        like.kernelWidth(),
        like.strideHeight(),
        like.strideWidth(),
        like.padding(),
        like.activation());
  }

  private static String kind(Section layer) {
    List<String> kinds = layer.keys().stream().filter(KEYS::containsKey).toList();
    if (kinds.size() == 1) {
      return kinds.get(0);
    }
    throw new UserException(
        "%s%s has %s: a layer has exactly one of %s.",
        Place.of(layer.object().origin()),
        layer.name(),
        kinds.isEmpty() ? "no kind" : String.join(" and ", kinds),
        String.join(", ", new TreeSet<>(KEYS.keySet())));
  }

  private static Layer.Convolution convolution(Section layer, String filters) {
    Pair kernel = Pair.read(layer.entry(KERNEL));
    Pair stride = layer.optional(STRIDE).map(Pair::read).orElse(new Pair(1, 1));
    Padding padding =
        layer.optional(PADDING).map(entry -> entry.word(Padding.class)).orElse(Padding.NONE);
    return new Layer.Convolution(
        layer.entry(filters).integer(1),
        kernel.height(),
        kernel.width(),
        stride.height(),
        stride.width(),
        padding,
        activation(layer));
  }

  private static Layer pooling(Section layer) {
    Pair kernel = Pair.read(layer.entry(KERNEL));
    Pair stride = layer.optional(STRIDE).map(Pair::read).orElse(kernel);
    return new Layer.Pooling(
        layer.entry(POOL).word(PoolingKind.class),
        kernel.height(),
        kernel.width(),
        stride.height(),
        stride.width());
  }

  private static Activation activation(Section layer) {
    return layer
        .optional(ACTIVATION)
        .map(entry -> entry.word(Activation.class))
        .orElse(Activation.RELU);
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
