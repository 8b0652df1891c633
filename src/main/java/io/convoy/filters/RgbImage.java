package io.convoy.filters;

import io.convoy.image.Rgb;

/**
 * A decoded photo, a plane for each of its colours.
 *
 * @param red 0 to 1
 * @param green 0 to 1, of the same size
 * @param blue 0 to 1, of the same size
 */
public record RgbImage(Plane red, Plane green, Plane blue) {
  /** The shortest side that leaves a pixel after a kernel and a pooling. */
  public static final int LEAST_SIDE = EdgeKernel.SIDE - 1 + MaxPooling.SIDE;

  private static final float WHITE = 255;

  /**
   * From pixels as they are decoded.
   *
   * @param rgb height * width * 3 bytes, uint8, row by row
   */
  public static RgbImage of(int height, int width, byte[] rgb) {
    return new RgbImage(
        channel(height, width, rgb, 0),
        channel(height, width, rgb, 1),
        channel(height, width, rgb, 2));
  }

  private static Plane channel(int height, int width, byte[] rgb, int channel) {
    float[] values = new float[height * width];
    for (int i = 0; i < values.length; i++) {
      values[i] = Byte.toUnsignedInt(rgb[Rgb.CHANNELS * i + channel]) / WHITE;
    }
    return new Plane(height, width, values);
  }

  /** How bright people see its pixels, 0 to 1. */
  Plane brightness() {
    float[] values = new float[red.values().length];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          (Rgb.RED_LUMA * red.values()[i]
                  + Rgb.GREEN_LUMA * green.values()[i]
                  + Rgb.BLUE_LUMA * blue.values()[i])
              / (Rgb.RED_LUMA + Rgb.GREEN_LUMA + Rgb.BLUE_LUMA);
    }
    return new Plane(red.height(), red.width(), values);
  }

  /** Each channel under max pooling. */
  RgbImage pooled() {
    return new RgbImage(MaxPooling.of(red), MaxPooling.of(green), MaxPooling.of(blue));
  }
}
