package io.convoy.filters;

/** Max pooling of 2 x 2 blocks, each of which keeps its largest value. */
public final class MaxPooling {
  /** The side of a block. */
  static final int SIDE = 2;

  private MaxPooling() {}

  /**
   * Pools.
   *
   * @return a plane of half the height and width; of an odd number of rows or columns the last is
   *     dropped, as in networks
   * @throws IllegalArgumentException if the plane has no whole block
   */
  public static Plane of(Plane plane) {
    int height = plane.height() / SIDE;
    int width = plane.width() / SIDE;
    if (height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "Invalid plane: %d x %d has no block of 2 x 2".formatted(plane.height(), plane.width()));
    }
    float[] largest = new float[height * width];
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        int top = SIDE * row;
        int left = SIDE * column;
        largest[row * width + column] =
            Math.max(
                Math.max(plane.at(top, left), plane.at(top, left + 1)),
                Math.max(plane.at(top + 1, left), plane.at(top + 1, left + 1)));
      }
    }
    return new Plane(height, width, largest);
  }
}
