package io.convoy.augment;

/** Mean colours. */
final class Means {
  private static final int CHANNELS = 3;

  private Means() {}

  /**
   * The mean colour of an image.
   *
   * @param pixels has uint8 [height, width, 3], RGB, from an offset on
   * @param offset where the image begins
   * @param count of pixels, at least 1
   * @return of red, green and blue, 0 to 255
   */
  static double[] of(byte[] pixels, int offset, int count) {
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
