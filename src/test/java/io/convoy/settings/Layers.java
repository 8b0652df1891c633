package io.convoy.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Layers of every kind, for tests of what must be there for every kind. */
public final class Layers {
  private Layers() {}

  /** A network for images of 16 x 16 or larger. Fails where a kind has been added, but not here. */
  public static List<Layer> all() {
    Layer.Convolution convolution =
        new Layer.Convolution(4, 3, 3, 1, 1, Padding.SAME, Activation.IDENTITY);
    List<Layer> all =
        List.of(
            new Layer.Whitening(2, 2, 1, 1),
            convolution,
            new Layer.Dropout(0.1),
            new Layer.BatchNormalization(0.9, Activation.RELU),
            new Layer.SeparableConvolution(6, 3, 3, 2, 2, Padding.SAME, Activation.RELU),
            new Layer.GroupedConvolution(4, 2, 3, 3, 1, 1, Padding.SAME, Activation.RELU),
            new Layer.DepthwiseConvolution(3, 3, 1, 1, Padding.SAME, Activation.SWISH),
            new Layer.Pooling(PoolingKind.MAX, 2, 2, 2, 2),
            new Layer.LayerNormalization(1e-6, Activation.GELU),
            new Layer.SqueezeExcitation(2, Activation.RELU),
            new Layer.Residual(List.of(convolution, new Layer.Dropout(0.1)), 0.2, Activation.RELU),
            new Layer.GlobalPooling(PoolingKind.AVERAGE),
            new Layer.Dropout(0.1),
            new Layer.Dense(5, Activation.RELU),
            new Layer.Dropout(0.1));
    assertEquals(
        kinds(Layer.class).collect(Collectors.toSet()),
        all.stream().map(Object::getClass).collect(Collectors.toSet()));
    return all;
  }

  private static Stream<Class<?>> kinds(Class<?> type) {
    return type.isSealed()
        ? Stream.of(type.getPermittedSubclasses()).flatMap(Layers::kinds)
        : Stream.of(type);
  }
}
