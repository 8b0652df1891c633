package io.convoy.image;

import java.io.Serializable;

/**
 * The size of an image in pixels.
 *
 * @param height rows, at least 1
 * @param width columns, at least 1
 */
public record ImageSize(int height, int width) implements Serializable {
  /**
   * @throws IllegalArgumentException if a side is not positive
   */
  public ImageSize {
    if (height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "Invalid shape: height " + height + ", width " + width + ", both must be positive");
    }
  }

  /** The same rectangle lying on its other side. */
  ImageSize transposed() {
    return new ImageSize(width, height);
  }

  /**
   * The largest size of the same aspect whose sides are not above a limit; its own where it is
   * smaller.
   *
   * @param side the limit, at least 1
   */
  public ImageSize within(int side) {
    double scale = Math.min(1, (double) side / Math.max(height, width));
    return times(scale);
  }

  /**
   * The same size with its sides times a share.
   *
   * @param share above 0
   */
  public ImageSize times(double share) {
    return new ImageSize(scaled(height, share), scaled(width, share));
  }

  private static int scaled(int pixels, double scale) {
    return Math.max(1, (int) Math.round(pixels * scale));
  }
}
