package io.convoy.filters;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** Planes written as rows. */
final class Planes {
  private Planes() {}

  static Plane of(float[]... rows) {
    float[] values = new float[rows.length * rows[0].length];
    for (int row = 0; row < rows.length; row++) {
      System.arraycopy(rows[row], 0, values, row * rows[0].length, rows[0].length);
    }
    return new Plane(rows.length, rows[0].length, values);
  }

  static float[] row(float... values) {
    return values;
  }

  /** To the last bit. */
  static void assertSame(Plane expected, Plane actual) {
    assertEquals(expected.height(), actual.height());
    assertEquals(expected.width(), actual.width());
    assertArrayEquals(expected.values(), actual.values());
  }
}
