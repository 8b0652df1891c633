package io.convoy.filters;

import static io.convoy.filters.Planes.assertSame;
import static io.convoy.filters.Planes.row;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class MaxPoolingTest {
  @Test
  void eachBlockKeepsItsLargestValueWhereverItStands() {
    Plane plane =
        Planes.of(
            row(9, 1, 2, 8, 0, 0),
            row(3, 4, 5, 6, 0, 0),
            row(-1, -2, 0, 0, 1, 2),
            row(-3, -4, 7, 0, 3, 4));
    assertSame(Planes.of(row(9, 8, 0), row(-1, 7, 4)), MaxPooling.of(plane));
  }

  @Test
  void theLastOfAnOddNumberOfRowsAndColumnsIsDropped() {
    Plane plane = Planes.of(row(1, 2, 90), row(3, 4, 90), row(90, 90, 90));
    assertSame(Planes.of(row(4)), MaxPooling.of(plane));
  }

  @Test
  void aPlaneWithoutABlockIsRefused() {
    Plane plane = Planes.of(row(1, 2, 3));
    assertThrows(IllegalArgumentException.class, () -> MaxPooling.of(plane));
  }
}
