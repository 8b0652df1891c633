package io.convoy.filters;

import io.convoy.image.PngEncoder;
import java.awt.image.BufferedImage;
import java.util.Base64;
import java.util.List;

/**
 * A picture, ready to be saved.
 *
 * @param height in pixels
 * @param width in pixels
 * @param png the bytes of its PNG file
 */
public record Picture(int height, int width, byte[] png) {
  /** The shortest side that a kernel's picture has, where it is enlarged. */
  private static final int KERNEL_SIDE = 48;

  /** A plane in grey. */
  static Picture grey(Plane plane, Tone tone) {
    BufferedImage image =
        new BufferedImage(plane.width(), plane.height(), BufferedImage.TYPE_BYTE_GRAY);
    int[] row = new int[plane.width()];
    for (int y = 0; y < plane.height(); y++) {
      for (int x = 0; x < plane.width(); x++) {
        row[x] = tone.lightness(plane.at(y, x));
      }
      // Into the raster, as setRGB would convert between linear and perceived grey.
      image.getRaster().setPixels(0, y, plane.width(), 1, row);
    }
    return of(image);
  }

  /** A photo in its colours. */
  static Picture colour(RgbImage photo) {
    return colour(List.of(photo.red(), photo.green(), photo.blue()), Tone.UNIT, 1);
  }

  /**
   * A kernel over red, green and blue: middle grey is 0, and each weight a square of several
   * pixels.
   */
  static Picture kernel(List<Plane> channels) {
    int side = Math.min(channels.get(0).height(), channels.get(0).width());
    return colour(channels, Tone.aroundZero(channels), Math.max(1, KERNEL_SIDE / side));
  }

  private static Picture colour(List<Plane> channels, Tone tone, int enlargement) {
    int height = channels.get(0).height() * enlargement;
    int width = channels.get(0).width() * enlargement;
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int rgb = 0;
        for (Plane channel : channels) {
          rgb = rgb << 8 | tone.lightness(channel.at(y / enlargement, x / enlargement));
        }
        image.setRGB(x, y, rgb);
      }
    }
    return of(image);
  }

  private static Picture of(BufferedImage image) {
    return new Picture(image.getHeight(), image.getWidth(), PngEncoder.encode(image));
  }

  /** The picture as the source of an HTML image. */
  String dataUri() {
    return "data:image/png;base64," + Base64.getEncoder().encodeToString(png);
  }
}
