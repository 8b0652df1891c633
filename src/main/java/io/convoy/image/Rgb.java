package io.convoy.image;

/** The colours of decoded pixels: red, green and blue, each 0 to 255. */
public final class Rgb {
  /** How many numbers a pixel has. */
  public static final int CHANNELS = 3;

  /** Red's part of how bright people see a pixel, in thousandths (Rec. ITU-R BT.601). */
  public static final int RED_LUMA = 299;

  /** Green's part, in thousandths. */
  public static final int GREEN_LUMA = 587;

  /** Blue's part, in thousandths. */
  public static final int BLUE_LUMA = 114;

  private Rgb() {}

  /**
   * The mean colour of an image.
   *
   * @param pixels has uint8 [height, width, 3], RGB, from an offset on
   * @param offset where the image begins
   * @param count of pixels, at least 1
   * @return of red, green and blue, 0 to 255
   */
  public static double[] mean(byte[] pixels, int offset, int count) {
    long red = 0;
    long green = 0;
    long blue = 0;
    int end = offset + count * CHANNELS;
    for (int i = offset; i < end; i += CHANNELS) {
      red += pixels[i] & 0xFF;
      green += pixels[i + 1] & 0xFF;
      blue += pixels[i + 2] & 0xFF;
    }
    return new double[] {(double) red / count, (double) green / count, (double) blue / count};
  }
}
