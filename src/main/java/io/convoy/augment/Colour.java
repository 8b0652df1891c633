package io.convoy.augment;

import io.convoy.image.Rgb;
import io.convoy.settings.Augmentation;
import java.util.SplittableRandom;

/**
 * How an image's colours change: hue, saturation, contrast and brightness, all of them one linear
 * map of red, green and blue, so that pixels are rounded and cut to 0..255 once.
 *
 * @param brightness what is added, as a share of white
 * @param contrast factor of the distances from the image's mean grey
 * @param saturation factor of a pixel's distance from its own grey
 * @param hue turn of the colours around grey, in radians
 */
record Colour(double brightness, double contrast, double saturation, double hue) {
  private static final int WHITE = 255;

  private static final double[] GREY = {
    Rgb.RED_LUMA / 1000.0, Rgb.GREEN_LUMA / 1000.0, Rgb.BLUE_LUMA / 1000.0
  };

  /** Draws one; how many numbers it takes does not depend on the settings. */
  static Colour draw(Augmentation settings, SplittableRandom random) {
    return new Colour(
        either(random) * settings.brightness(),
        1 + either(random) * settings.contrast(),
        1 + either(random) * settings.saturation(),
        2 * Math.PI * either(random) * settings.hue());
  }

  private static double either(SplittableRandom random) {
    return 2 * random.nextDouble() - 1;
  }

  /** Whether every colour stays as it is. */
  boolean isIdentity() {
    return brightness == 0 && contrast == 1 && saturation == 1 && hue == 0;
  }

  /**
   * Recolours an image, in place.
   *
   * @param pixels has uint8 [height, width, 3], RGB, from an offset on
   * @param offset where the image begins
   * @param count of pixels
   */
  void apply(byte[] pixels, int offset, int count) {
    float[] m = matrix(meanGrey(pixels, offset, count));
    int end = offset + count * Rgb.CHANNELS;
    for (int i = offset; i < end; i += Rgb.CHANNELS) {
      int red = pixels[i] & 0xFF;
      int green = pixels[i + 1] & 0xFF;
      int blue = pixels[i + 2] & 0xFF;
      pixels[i] = shade(m[0] * red + m[1] * green + m[2] * blue + m[3]);
      pixels[i + 1] = shade(m[4] * red + m[5] * green + m[6] * blue + m[7]);
      pixels[i + 2] = shade(m[8] * red + m[9] * green + m[10] * blue + m[11]);
    }
  }

  private static byte shade(float value) {
    return (byte) Math.max(0, Math.min(WHITE, (int) (value + 0.5f)));
  }

  private static double meanGrey(byte[] pixels, int offset, int count) {
    double[] mean = Rgb.mean(pixels, offset, count);
    return GREY[0] * mean[0] + GREY[1] * mean[1] + GREY[2] * mean[2];
  }

  /**
   * The map of colours.
   *
   * @param meanGrey of the image, 0 to 255
   * @return [3, 4], row by row: what a channel takes of red, green, blue, and of 1
   */
  float[] matrix(double meanGrey) {
    double shift = (1 - contrast) * meanGrey + brightness * WHITE;
    double cosine = saturation * Math.cos(hue);
    double sine = saturation * Math.sin(hue) / Math.sqrt(Rgb.CHANNELS);
    float[] matrix = new float[Rgb.CHANNELS * (Rgb.CHANNELS + 1)];
    for (int to = 0; to < Rgb.CHANNELS; to++) {
      for (int from = 0; from < Rgb.CHANNELS; from++) {
        matrix[to * (Rgb.CHANNELS + 1) + from] =
            (float) (contrast * turned(to, from, cosine, sine));
      }
      matrix[to * (Rgb.CHANNELS + 1) + Rgb.CHANNELS] = (float) shift;
    }
    return matrix;
  }

  /**
   * What a channel takes of another where a colour's distance from its grey is turned around the
   * axis of greys and made longer or shorter, and the grey itself stays.
   */
  private static double turned(int to, int from, double cosine, double sine) {
    int next = (from + 1) % Rgb.CHANNELS;
    int last = (from + 2) % Rgb.CHANNELS;
    double itself = to == from ? 1 : 0;
    double across = to == next ? 1 : to == last ? -1 : 0;
    return GREY[from]
        + cosine * (itself - GREY[from])
        + sine * (across - (GREY[next] - GREY[last]));
  }
}
