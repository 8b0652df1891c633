package io.convoy.sample;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.image.JpegEncoder;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FigureDrawingTest {

  @Test
  void theSameDrawingHasTheSameBytesWhateverWasDrawnBefore() {
    byte[] first = jpeg(new FigureDrawing(7, 100, 42, 3));
    jpeg(new FigureDrawing(7, 100, 41, 9));

    assertArrayEquals(first, jpeg(new FigureDrawing(7, 100, 42, 3)));
  }

  @Test
  void seedClassAndIndexEachDrawAnotherPicture() {
    byte[] first = jpeg(new FigureDrawing(7, 100, 42, 3));

    assertFalse(Arrays.equals(first, jpeg(new FigureDrawing(8, 100, 42, 3))));
    assertFalse(Arrays.equals(first, jpeg(new FigureDrawing(7, 100, 43, 3))));
    assertFalse(Arrays.equals(first, jpeg(new FigureDrawing(7, 100, 42, 4))));
  }

  @Test
  void noTwoOfAThousandClassesAreAlike() {
    assertEquals(1_000, distinct(1_000));
  }

  @Test
  void theFirstTenClassesDifferInFigureAndInColourAlone() {
    assertEquals(
        10, IntStream.range(0, 10).mapToObj(n -> FigureClass.of(n).figure()).distinct().count());
    assertEquals(
        10, IntStream.range(0, 10).mapToObj(n -> FigureClass.of(n).colour()).distinct().count());
  }

  @Test
  void theNamesOfClassesStandInTheOrderOfTheirLabels() {
    assertEquals("class-001/class-001.7.jpg", new FigureDrawing(1, 999, 0, 7).path());
    assertEquals("class-0002/class-0002.0.jpg", new FigureDrawing(1, 1_000, 1, 0).path());
    assertEquals("class-1000/class-1000.0.jpg", new FigureDrawing(1, 1_000, 999, 0).path());
  }

  @Test
  void figuresLieWithinThePicture() {
    for (Figure figure : Figure.values()) {
      var bounds = figure.outline().getBounds2D();
      assertTrue(
          bounds.getMinX() >= -1.1
              && bounds.getMaxX() <= 1.1
              && bounds.getMinY() >= -1.1
              && bounds.getMaxY() <= 1.1,
          figure + ": " + bounds);
    }
  }

  private static long distinct(int classes) {
    return IntStream.range(0, classes).mapToObj(FigureClass::of).distinct().count();
  }

  private static byte[] jpeg(Drawing drawing) {
    return JpegEncoder.encode(drawing.paint());
  }
}
