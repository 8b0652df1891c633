package io.convoy.network;

/**
 * Zeros along one side of an image so that a window comes to a place for each stride begun, as DL4J
 * and ONNX have them by the name of {@code Same}: as few as do, the odd one behind.
 *
 * @param before the image
 * @param after it
 */
public record SamePadding(int before, int after) {
  /**
   * Of a window.
   *
   * @param size of the image along the side, in pixels
   * @param reach of the window, with the holes that a dilation makes
   * @param stride of the window
   */
  public static SamePadding of(long size, long reach, long stride) {
    long places = places(size, stride);
    int zeros = Math.toIntExact(Math.max(0, (places - 1) * stride + reach - size));
    return new SamePadding(zeros / 2, zeros - zeros / 2);
  }

  /** How many places the window then has. */
  public static long places(long size, long stride) {
    return (size + stride - 1) / stride;
  }
}
