package io.convoy.image;

import java.io.Serializable;

/**
 * What a photo may cost: a small file can claim gigabytes of pixels.
 *
 * @param maxPixels the most pixels (height times width) that are decoded, at least 1; each takes up
 *     to 12 bytes of native memory in a progressive CMYK JPEG, 3 in most other files
 */
public record ImageLimits(long maxPixels) implements Serializable {
  /**
   * @throws IllegalArgumentException if the limit is not positive
   */
  public ImageLimits {
    if (maxPixels < 1) {
      throw new IllegalArgumentException("Invalid maxPixels: " + maxPixels + " is not positive");
    }
  }

  /**
   * @throws UnusableImageException if an image of this shape has too many pixels
   */
  public void check(ImageSize shape) throws UnusableImageException {
    if ((long) shape.height() * shape.width() > maxPixels) {
      throw new UnusableImageException(
          "%dx%d pixels, more than images.max-pixels, %d",
          shape.width(), shape.height(), maxPixels);
    }
  }
}
