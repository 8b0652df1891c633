package io.convoy.onednn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.convoy.network.Shape;
import io.convoy.onednn.LayerPlan.Convolution;
import io.convoy.onednn.LayerPlan.Parameters;
import io.convoy.onednn.LayerPlan.WeightOrder;
import io.convoy.onednn.LayerPlan.Window;
import io.convoy.settings.Precision;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class WinogradTest {
  private static final Shape INPUT = new Shape(64, 32, 24);
  private static final Window WINDOW = window(3, 1, 1, 1);

  @BeforeEach
  void theProcessorHasIt() {
    assumeTrue(OneDnn.obstacle().isEmpty(), () -> OneDnn.obstacle().orElseThrow());
    assumeTrue(OneDnn.description().contains("avx512"), OneDnn.description());
  }

  @Test
  void convolutionsOf3x3AreComputedByIt() {
    assertTrue(isComputed(plan(INPUT, INPUT, 1, WINDOW, Nonlinearity.RELU), 4));
    Shape output = new Shape(24, 30, 22);
    assertTrue(isComputed(plan(INPUT, output, 1, window(3, 1, 0, 0), Nonlinearity.IDENTITY), 1));
  }

  static Stream<Arguments> notWritten() {
    return Stream.of(
        Arguments.of("another kernel", plan(INPUT, INPUT, 1, window(5, 1, 2, 2))),
        Arguments.of("a stride", plan(INPUT, new Shape(64, 16, 12), 1, window(3, 2, 1, 1))),
        Arguments.of("groups", plan(INPUT, INPUT, 2, WINDOW)),
        Arguments.of("another activation", plan(INPUT, INPUT, 1, WINDOW, Nonlinearity.TANH)),
        Arguments.of("wide padding", plan(INPUT, new Shape(64, 34, 26), 1, window(3, 1, 2, 2))));
  }

  @ParameterizedTest
  @MethodSource("notWritten")
  void whatOneDnnDoesNotHaveIsComputedDirectly(String what, Convolution plan) {
    assertFalse(isComputed(plan, 64), what);
  }

  /** oneDNN 2.5.2 has it, but gives a wrong gradient by the input. */
  @Test
  void unevenPaddingIsComputedDirectly() {
    Shape output = new Shape(64, 31, 23);
    assertFalse(isComputed(plan(INPUT, output, 1, window(3, 1, 0, 1)), 4));
    assertFalse(isComputed(plan(INPUT, output, 1, window(3, 1, 1, 0)), 4));
  }

  static Stream<Arguments> notFaster() {
    return Stream.of(
        Arguments.of("one block of channels", plan(new Shape(16, 32, 24), INPUT, 1, WINDOW), 4),
        Arguments.of("few tiles", plan(square(8), square(8), 1, WINDOW), 4),
        Arguments.of("tiles that are hardly filled", plan(square(5), square(5), 1, WINDOW), 64));
  }

  @ParameterizedTest
  @MethodSource("notFaster")
  void whatItWouldComputeMoreSlowlyIsComputedDirectly(String what, Convolution plan, int images) {
    assertFalse(isComputed(plan, images), what);
  }

  private static Shape square(int side) {
    return new Shape(64, side, side);
  }

  @Test
  void inBfloat16MapsOfBfloat16AreConvolvedDirectly() {
    Convolution plan = plan(INPUT, INPUT, 1, WINDOW);
    assertFalse(Winograd.computes(plan, 4, Precision.BFLOAT16, Precision.BFLOAT16));
  }

  @Test
  void inBfloat16MapsOfFloat32AreConvolvedByItWhereTheyAreSmallAndTheProcessorHasNoAmx() {
    Convolution plan = plan(INPUT, INPUT, 1, WINDOW);
    assertEquals(
        !OneDnn.description().contains("amx"),
        Winograd.computes(plan, 4, Precision.FLOAT32, Precision.BFLOAT16));
    assertFalse(Winograd.computes(plan, 64, Precision.FLOAT32, Precision.BFLOAT16));
  }

  private static boolean isComputed(Convolution plan, int images) {
    return Winograd.computes(plan, images, Precision.FLOAT32, Precision.FLOAT32);
  }

  private static Convolution plan(Shape input, Shape output, int groups, Window window) {
    return plan(input, output, groups, window, Nonlinearity.RELU);
  }

  private static Convolution plan(
      Shape input, Shape output, int groups, Window window, Nonlinearity nonlinearity) {
    return new Convolution(
        input,
        output,
        groups,
        window,
        nonlinearity,
        new Parameters(0, 0),
        WeightOrder.OUTPUTS_FIRST,
        Optional.empty());
  }

  private static Window window(long side, long step, long before, long after) {
    return new Window(
        new long[] {side, side},
        new long[] {step, step},
        new long[] {before, before},
        new long[] {after, after});
  }
}
