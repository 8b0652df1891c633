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
}
