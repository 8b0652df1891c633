package io.convoy.filters;

/**
 * A kernel laid on every place of a plane where it fits: products summed, stride 1, no padding. As
 * in networks, the kernel is not turned around.
 */
public final class Convolution {
  private final Plane kernel;

  /**
   * @param kernel its weights
   */
  public Convolution(Plane kernel) {
    this.kernel = kernel;
  }

  /**
   * Convolves.
   *
   * @return a plane that is smaller by the kernel's height less 1 and width less 1
   * @throws IllegalArgumentException if the kernel does not fit into the plane
   */
  public Plane of(Plane plane) {
    int height = plane.height() - kernel.height() + 1;
    int width = plane.width() - kernel.width() + 1;
    if (height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "Invalid plane: %d x %d is smaller than the kernel, %d x %d"
              .formatted(plane.height(), plane.width(), kernel.height(), kernel.width()));
    }
    float[] sums = new float[height * width];
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        sums[row * width + column] = sum(plane, row, column);
      }
    }
    return new Plane(height, width, sums);
  }

  private float sum(Plane plane, int top, int left) {
    float sum = 0;
    for (int row = 0; row < kernel.height(); row++) {
      for (int column = 0; column < kernel.width(); column++) {
        sum += kernel.at(row, column) * plane.at(top + row, left + column);
      }
    }
    return sum;
  }
}
