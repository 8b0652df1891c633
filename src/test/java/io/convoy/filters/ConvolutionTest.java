package io.convoy.filters;

import static io.convoy.filters.Planes.assertSame;
import static io.convoy.filters.Planes.row;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class ConvolutionTest {
  private static final Plane RISING_TO_THE_RIGHT =
      Planes.of(row(0, 1, 4, 9), row(0, 1, 4, 9), row(0, 1, 4, 9), row(0, 1, 4, 9));

  private static Plane under(EdgeKernel kernel, Plane plane) {
    return new Convolution(kernel.weights()).of(plane);
  }

  @Test
  void vSubtractsTheColumnOnTheLeftFromThatOnTheRight() {
    assertSame(Planes.of(row(12, 24), row(12, 24)), under(EdgeKernel.V, RISING_TO_THE_RIGHT));
  }

  @Test
  void hIsBlindToVerticalEdges() {
    assertSame(Planes.of(row(0, 0), row(0, 0)), under(EdgeKernel.H, RISING_TO_THE_RIGHT));
  }

  @Test
  void hSeesInATurnedPhotoWhatVSeesInThePhoto() {
    assertSame(
        under(EdgeKernel.V, RISING_TO_THE_RIGHT).transposed(),
        under(EdgeKernel.H, RISING_TO_THE_RIGHT.transposed()));
  }

  @Test
  void hSubtractsTheRowAboveFromThatBelow() {
    Plane plane = Planes.of(row(1, 2, 3), row(50, 60, 70), row(4, 6, 9));
    assertSame(Planes.of(row(4 + 6 + 9 - 1 - 2 - 3)), under(EdgeKernel.H, plane));
  }

  @Test
  void aKernelIsNotTurnedAround() {
    Plane kernel = Planes.of(row(1, 10), row(100, 1000));
    Plane plane = Planes.of(row(1, 2, 3), row(4, 5, 6));
    assertSame(Planes.of(row(5421, 6532)), new Convolution(kernel).of(plane));
  }

  @Test
  void aKernelOfOneWeightScales() {
    Plane kernel = Planes.of(row(-2));
    assertSame(Planes.of(row(-2, 4)), new Convolution(kernel).of(Planes.of(row(1, -2))));
  }

  @Test
  void aPlaneSmallerThanTheKernelIsRefused() {
    Plane plane = Planes.of(row(1, 2), row(3, 4));
    assertThrows(IllegalArgumentException.class, () -> under(EdgeKernel.V, plane));
  }
}
