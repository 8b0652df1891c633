package io.convoy.explain;

import java.io.Serializable;

/**
 * How much each place of an image speaks for a class.
 *
 * @param height in places, at least 1
 * @param width in places, at least 1
 * @param values row by row, 0 to 1: 1 is the place that speaks for it most; all 0 where none does
 */
public record HeatMap(int height, int width, float[] values) implements Serializable {
  private static final long serialVersionUID = 1L;

  /**
   * From sums of any size: what is below 0 speaks against the class.
   *
   * @param sums row by row; where they are no numbers, as of a network that diverged, no place
   *     speaks for the class
   */
  static HeatMap of(int height, int width, float[] sums) {
    float most = 0;
    for (float sum : sums) {
      // With NaN it becomes NaN.
      most = Math.max(most, sum);
    }
    float[] values = new float[sums.length];
    if (most > 0 && most <= Float.MAX_VALUE) {
      for (int i = 0; i < sums.length; i++) {
        values[i] = Math.max(0, sums[i]) / most;
      }
    }
    return new HeatMap(height, width, values);
  }

  /** Whether no place speaks for the class. */
  public boolean isEmpty() {
    for (float value : values) {
      if (value > 0) {
        return false;
      }
    }
    return true;
  }

  /**
   * The same in another size: larger with straight lines between the middles of the places, smaller
   * with the mean of what is put together.
   *
   * @param newHeight in pixels, at least 1
   * @param newWidth in pixels, at least 1
   */
  HeatMap resized(int newHeight, int newWidth) {
    int down = (height + newHeight - 1) / newHeight;
    int across = (width + newWidth - 1) / newWidth;
    float[] resized = new float[newHeight * newWidth];
    for (int y = 0; y < newHeight * down; y++) {
      double row = middle(y, newHeight * down, height);
      for (int x = 0; x < newWidth * across; x++) {
        resized[y / down * newWidth + x / across] +=
            at(row, middle(x, newWidth * across, width)) / (down * across);
      }
    }
    return new HeatMap(newHeight, newWidth, resized);
  }

  /** Where the middle of a pixel is, in places from the middle of the first. */
  private static double middle(int pixel, int pixels, int places) {
    double place = (pixel + 0.5) * places / pixels - 0.5;
    return Math.max(0, Math.min(places - 1, place));
  }

  private float at(double row, double column) {
    int top = (int) row;
    int left = (int) column;
    int bottom = Math.min(top + 1, height - 1);
    int right = Math.min(left + 1, width - 1);
    double down = row - top;
    double across = column - left;
    double above = value(top, left) * (1 - across) + value(top, right) * across;
    double below = value(bottom, left) * (1 - across) + value(bottom, right) * across;
    return (float) (above * (1 - down) + below * down);
  }

  private float value(int row, int column) {
    return values[row * width + column];
  }
}
