package io.convoy.filters;

/**
 * A grid of numbers: a channel of an image, a kernel, or a feature map.
 *
 * @param height rows, at least 1
 * @param width columns, at least 1
 * @param values height * width, row by row
 */
public record Plane(int height, int width, float[] values) {
  /**
   * @throws IllegalArgumentException if there are not height * width values
   */
  public Plane {
    if (height < 1 || width < 1 || values.length != height * width) {
      throw new IllegalArgumentException(
          "Invalid plane: %d values for %d x %d".formatted(values.length, height, width));
    }
  }

  /** The value in a row and a column, from 0. */
  float at(int row, int column) {
    return values[row * width + column];
  }

  /** Rows for columns. */
  Plane transposed() {
    float[] turned = new float[values.length];
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        turned[column * height + row] = at(row, column);
      }
    }
    return new Plane(width, height, turned);
  }

  /** The values without their signs. */
  Plane magnitude() {
    float[] magnitudes = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      magnitudes[i] = Math.abs(values[i]);
    }
    return new Plane(height, width, magnitudes);
  }

  /** The lowest value; positive infinity where none is a number. */
  float lowest() {
    float lowest = Float.POSITIVE_INFINITY;
    for (float value : values) {
      lowest = value < lowest ? value : lowest;
    }
    return lowest;
  }

  /** The highest value; negative infinity where none is a number. */
  float highest() {
    float highest = Float.NEGATIVE_INFINITY;
    for (float value : values) {
      highest = value > highest ? value : highest;
    }
    return highest;
  }
}
