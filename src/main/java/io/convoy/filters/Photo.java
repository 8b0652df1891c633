package io.convoy.filters;

/**
 * A decoded photo.
 *
 * @param red 0 to 1
 * @param green 0 to 1, of the same size
 * @param blue 0 to 1, of the same size
 */
public record Photo(Plane red, Plane green, Plane blue) {
  /** The shortest side that leaves a pixel after a kernel and a pooling. */
  public static final int LEAST_SIDE = EdgeKernel.SIDE - 1 + MaxPooling.SIDE;

  private static final int CHANNELS = 3;
  private static final float WHITE = 255;

  /** Of Rec. ITU-R BT.601, in thousandths. */
  private static final float RED_SHARE = 299;

  private static final float GREEN_SHARE = 587;
  private static final float BLUE_SHARE = 114;

  /**
   * From pixels as they are decoded.
   *
   * @param rgb height * width * 3 bytes, uint8, row by row
   */
  public static Photo of(int height, int width, byte[] rgb) {
    return new Photo(
        channel(height, width, rgb, 0),
        channel(height, width, rgb, 1),
        channel(height, width, rgb, 2));
  }

  private static Plane channel(int height, int width, byte[] rgb, int channel) {
    float[] values = new float[height * width];
    for (int i = 0; i < values.length; i++) {
      values[i] = Byte.toUnsignedInt(rgb[CHANNELS * i + channel]) / WHITE;
    }
    return new Plane(height, width, values);
  }

  /** How bright people see its pixels, 0 to 1. */
  Plane brightness() {
    float[] values = new float[red.values().length];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          (RED_SHARE * red.values()[i]
                  + GREEN_SHARE * green.values()[i]
                  + BLUE_SHARE * blue.values()[i])
              / (RED_SHARE + GREEN_SHARE + BLUE_SHARE);
    }
    return new Plane(red.height(), red.width(), values);
  }

  /** Each channel under max pooling. */
  Photo pooled() {
    return new Photo(MaxPooling.of(red), MaxPooling.of(green), MaxPooling.of(blue));
  }
}
