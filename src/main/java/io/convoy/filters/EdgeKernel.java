package io.convoy.filters;

import java.util.Locale;

/** The two hand-made 3 x 3 kernels; each is the transpose of the other. */
public enum EdgeKernel {
  /** Vertical edges: the right of a pixel less its left. */
  V(new Plane(3, 3, new float[] {-1, 0, 1, -1, 0, 1, -1, 0, 1})),
  /** Horizontal edges: the rows below a pixel less those above. */
  H(V.weights.transposed());

  /** The side of both. */
  static final int SIDE = 3;

  private final Plane weights;

  EdgeKernel(Plane weights) {
    this.weights = weights;
  }

  /** Three rows of three weights. */
  public Plane weights() {
    return weights;
  }

  /** The weights for people: a line a row. */
  String text() {
    StringBuilder text = new StringBuilder();
    for (int row = 0; row < SIDE; row++) {
      for (int column = 0; column < SIDE; column++) {
        text.append(String.format(Locale.ROOT, "%3.0f", weights.at(row, column)));
      }
      text.append('\n');
    }
    return text.toString();
  }
}
