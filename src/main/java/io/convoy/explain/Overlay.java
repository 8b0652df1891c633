package io.convoy.explain;

import io.convoy.image.ImageSize;
import io.convoy.image.PngEncoder;
import io.convoy.image.Rgb;
import java.awt.image.BufferedImage;

/**
 * Pictures of a heat map: the warmer and brighter a place, the more it speaks for the class. What
 * does not is dark, so that it can be told from a photo's own colours.
 */
public final class Overlay {
  /** Of a place that says nothing. */
  private static final double OPACITY_OF_COLD = 0.6;

  /** Of the place that speaks for the class most: the photo is to be seen there. */
  private static final double OPACITY_OF_HOT = 0.4;

  /** Colours from cold to hot, of equal distance from one another: 0xRRGGBB. */
  private static final int[] COLOURS = {0x08083A, 0x5B1A7A, 0xC2334D, 0xF98C0A, 0xFFE34D};

  private Overlay() {}

  /**
   * To lie over a photo.
   *
   * @param size of the picture, which has the photo's aspect
   * @return a PNG file with transparency
   */
  public static byte[] transparent(HeatMap heat, ImageSize size) {
    HeatMap resized = heat.resized(size.height(), size.width());
    BufferedImage image =
        new BufferedImage(size.width(), size.height(), BufferedImage.TYPE_INT_ARGB);
    for (int y = 0; y < size.height(); y++) {
      for (int x = 0; x < size.width(); x++) {
        float value = resized.values()[y * size.width() + x];
        int alpha = (int) Math.round(255 * opacity(value));
        image.setRGB(x, y, alpha << 24 | colour(value));
      }
    }
    return PngEncoder.encode(image);
  }

  /**
   * Over a photo.
   *
   * @param photo uint8 [height, width, 3], RGB
   * @param size of the photo
   * @return a PNG file
   */
  public static byte[] over(HeatMap heat, byte[] photo, ImageSize size) {
    HeatMap resized = heat.resized(size.height(), size.width());
    BufferedImage image =
        new BufferedImage(size.width(), size.height(), BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < resized.values().length; i++) {
      float value = resized.values()[i];
      int colour = colour(value);
      int pixel = 0;
      for (int channel = 0; channel < Rgb.CHANNELS; channel++) {
        int below = photo[Rgb.CHANNELS * i + channel] & 0xFF;
        int above = colour >> 16 - 8 * channel & 0xFF;
        double share = opacity(value);
        pixel = pixel << 8 | (int) Math.round((1 - share) * below + share * above);
      }
      image.setRGB(i % size.width(), i / size.width(), pixel);
    }
    return PngEncoder.encode(image);
  }

  private static double opacity(float value) {
    return OPACITY_OF_COLD + value * (OPACITY_OF_HOT - OPACITY_OF_COLD);
  }

  private static int colour(float value) {
    double place = value * (COLOURS.length - 1);
    int lower = Math.min((int) place, COLOURS.length - 2);
    double share = place - lower;
    int colour = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
      int from = COLOURS[lower] >> shift & 0xFF;
      int to = COLOURS[lower + 1] >> shift & 0xFF;
      colour = colour << 8 | (int) Math.round(from + share * (to - from));
    }
    return colour;
  }
}
