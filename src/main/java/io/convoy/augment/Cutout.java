package io.convoy.augment;

import io.convoy.image.ImageSize;
import io.convoy.image.Rgb;
import io.convoy.settings.Augmentation;
import java.util.SplittableRandom;

/**
 * A rectangle of an image that is blotted out with the image's mean colour (DeVries and Taylor
 * 2017, "Improved Regularization of Convolutional Neural Networks with Cutout"), but wholly within
 * the image, and with the image's aspect.
 *
 * @param side of the rectangle as a share of the image's, 0 to 1; 0 for none
 * @param right where it lies, 0 (left) to 1 (right)
 * @param down where it lies, 0 (top) to 1 (bottom)
 */
record Cutout(double side, double right, double down) {
  /** Draws one; how many numbers it takes does not depend on the settings. */
  static Cutout draw(Augmentation settings, SplittableRandom random) {
    boolean has = random.nextDouble() < settings.cutoutProbability();
    return new Cutout(has ? settings.cutout() : 0, random.nextDouble(), random.nextDouble());
  }

  /**
   * Blots it out, in place.
   *
   * @param pixels has uint8 [height, width, 3], RGB, from an offset on
   * @param offset where the image begins
   * @param shape of the image
   */
  void apply(byte[] pixels, int offset, ImageSize shape) {
    int height = (int) Math.round(side * shape.height());
    int width = (int) Math.round(side * shape.width());
    if (height == 0 || width == 0) {
      return;
    }
    double[] mean = Rgb.mean(pixels, offset, shape.height() * shape.width());
    int top = (int) Math.round(down * (shape.height() - height));
    int left = (int) Math.round(right * (shape.width() - width));
    byte[] row = new byte[width * Rgb.CHANNELS];
    for (int i = 0; i < row.length; i++) {
      row[i] = (byte) Math.round(mean[i % Rgb.CHANNELS]);
    }
    for (int y = top; y < top + height; y++) {
      int start = offset + (y * shape.width() + left) * Rgb.CHANNELS;
      System.arraycopy(row, 0, pixels, start, row.length);
    }
  }
}
