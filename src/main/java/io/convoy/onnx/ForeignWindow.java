package io.convoy.onnx;

import io.convoy.network.SamePadding;
import io.convoy.network.Shape;
import io.convoy.settings.Spelling;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The window of a convolution or pooling, for one size of what arrives; height first.
 *
 * @param kernel in pixels
 * @param stride in pixels
 * @param dilation 1 where the kernel has no holes
 * @param before padding above and left
 * @param after padding below and right
 * @param output how many places it has
 */
record ForeignWindow(
    int[] kernel, int[] stride, int[] dilation, int[] before, int[] after, int[] output) {
  private static final int SIDES = 2;
  private static final int MOST = 10_000;

  /** Whether the last place may reach over the end. */
  enum Rounding {
    FLOOR,
    CEILING
  }

  /**
   * The window of a node.
   *
   * @param kernel height and width
   * @throws io.convoy.failure.UserException if the node has none for such maps
   */
  static ForeignWindow of(ForeignNode node, long[] kernel, Shape input) {
    int[] size = {input.height(), input.width()};
    int[] kernels = sides(node, "kernel_shape", kernel, 1);
    int[] strides = sides(node, "strides", node.integers("strides").orElse(new long[] {1, 1}), 1);
    int[] dilations =
        sides(node, "dilations", node.integers("dilations").orElse(new long[] {1, 1}), 1);
    int[] before = new int[SIDES];
    int[] after = new int[SIDES];
    int[] output = new int[SIDES];
    String auto = node.word("auto_pad", "NOTSET");
    Rounding rounding = node.integer("ceil_mode", 0) == 0 ? Rounding.FLOOR : Rounding.CEILING;
    int[] pads = pads(node, auto);
    for (int side = 0; side < SIDES; side++) {
      int reach = (kernels[side] - 1) * dilations[side] + 1;
      before[side] = pads[side];
      after[side] = pads[side + SIDES];
      if (auto.startsWith("SAME")) {
        SamePadding same = SamePadding.of(size[side], reach, strides[side]);
        boolean isLower = auto.equals("SAME_LOWER");
        before[side] = isLower ? same.after() : same.before();
        after[side] = isLower ? same.before() : same.after();
      }
      int room = size[side] + before[side] + after[side] - reach;
      if (room < 0) {
        throw node.refuse(
            "has a kernel of %d x %d, but only %s arrives there of such an image; give images.height"
                + " and images.width that the network is made for, or keep fewer of its nodes with"
                + " base.keep.",
            kernels[0], kernels[1], input);
      }
      output[side] = room / strides[side] + 1;
      if (rounding == Rounding.CEILING && room % strides[side] > 0) {
        // A place that begins behind the image is none.
        if (output[side] * strides[side] < size[side] + before[side]) {
          output[side]++;
          after[side] = (output[side] - 1) * strides[side] + reach - size[side] - before[side];
        }
      }
    }
    return new ForeignWindow(kernels, strides, dilations, before, after, output);
  }

  private static int[] pads(ForeignNode node, String auto) {
    return switch (auto) {
      case "NOTSET" ->
          sides(node, "pads", node.integers("pads").orElse(new long[2 * SIDES]), 0, 2 * SIDES);
      case "VALID", "SAME_UPPER", "SAME_LOWER" -> new int[2 * SIDES];
      default ->
          throw node.refuse(
              "has auto_pad = %s, which ONNX does not know%s.",
              auto, Spelling.question(auto, java.util.List.of("SAME_UPPER", "SAME_LOWER")));
    };
  }

  private static int[] sides(ForeignNode node, String key, long[] numbers, int least) {
    return sides(node, key, numbers, least, SIDES);
  }

  private static int[] sides(ForeignNode node, String key, long[] numbers, int least, int count) {
    if (numbers.length != count
        || Arrays.stream(numbers).anyMatch(number -> number < least || number > MOST)) {
      throw node.refuse(
          "has %s = %s, and convoy reads windows over height and width; use another file, or keep"
              + " fewer of its nodes with base.keep.",
          key, Arrays.toString(numbers));
    }
    return Arrays.stream(numbers).mapToInt(Math::toIntExact).toArray();
  }

  /** Whether as much is padded on both sides. */
  boolean isSymmetric() {
    return Arrays.equals(before, after);
  }

  /** Whether DL4J's mode {@code Same} pads so much. */
  boolean isSame(Shape input) {
    int[] size = {input.height(), input.width()};
    return IntStream.range(0, SIDES)
        .allMatch(
            side ->
                output[side] == SamePadding.places(size[side], stride[side])
                    && new SamePadding(before[side], after[side])
                        .equals(SamePadding.of(size[side], kernel[side], stride[side])));
  }

  /** Top, bottom, left, right, as DL4J's padding layer has them. */
  int[] padding() {
    return new int[] {before[0], after[0], before[1], after[1]};
  }

  /** What it gives, in so many channels. */
  Shape output(int channels) {
    return new Shape(channels, output[0], output[1]);
  }
}
