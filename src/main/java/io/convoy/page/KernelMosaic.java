package io.convoy.page;

import io.convoy.image.PngEncoder;
import io.convoy.image.Rgb;
import java.awt.image.BufferedImage;

/**
 * Kernels of a convolution on RGB images as one picture: each kernel by itself, grey where a weight
 * is 0, its largest weight full on or off. Equality is that of the array's identity.
 *
 * @param kernels how many
 * @param height rows of each
 * @param width columns of each
 * @param png the picture
 */
public record KernelMosaic(int kernels, int height, int width, byte[] png) {
  /** Twice as many columns as rows, so that few kernels are shown large. */
  private static final int COLUMNS_A_ROW = 2;

  private static final int KERNEL_PIXELS = 18;
  private static final int GAP = 3;
  private static final int GREY = 128;
  private static final int SWING = 127;

  /**
   * Draws them.
   *
   * @param weights [kernels, 3, height, width]; what is no number is drawn as 0
   */
  public static KernelMosaic of(int kernels, int height, int width, float[] weights) {
    int scale = Math.max(1, KERNEL_PIXELS / Math.max(height, width));
    int columns = Math.min(kernels, (int) Math.ceil(Math.sqrt(COLUMNS_A_ROW * kernels)));
    int rows = (kernels + columns - 1) / columns;
    int across = width * scale + GAP;
    int down = height * scale + GAP;
    BufferedImage image =
        new BufferedImage(columns * across - GAP, rows * down - GAP, BufferedImage.TYPE_INT_ARGB);
    for (int kernel = 0; kernel < kernels; kernel++) {
      float largest = largest(weights, kernel, height * width);
      for (int y = 0; y < height * scale; y++) {
        for (int x = 0; x < width * scale; x++) {
          int at = kernel * Rgb.CHANNELS * height * width + y / scale * width + x / scale;
          image.setRGB(
              kernel % columns * across + x,
              kernel / columns * down + y,
              0xFF000000
                  | shade(weights[at], largest) << 16
                  | shade(weights[at + height * width], largest) << 8
                  | shade(weights[at + 2 * height * width], largest));
        }
      }
    }
    return new KernelMosaic(kernels, height, width, PngEncoder.encode(image));
  }

  private static float largest(float[] weights, int kernel, int area) {
    float largest = 0;
    for (int i = kernel * Rgb.CHANNELS * area; i < (kernel + 1) * Rgb.CHANNELS * area; i++) {
      largest = Math.max(largest, Math.abs(defined(weights[i])));
    }
    return largest;
  }

  private static int shade(float weight, float largest) {
    return largest == 0 ? GREY : Math.round(GREY + SWING * defined(weight) / largest);
  }

  private static float defined(float weight) {
    return Float.isFinite(weight) ? weight : 0;
  }
}
