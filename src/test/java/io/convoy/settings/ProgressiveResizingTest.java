package io.convoy.settings;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProgressiveResizingTest {
  private static double[] sides(ProgressiveResizing resizing, int epochs) {
    return IntStream.rangeClosed(1, epochs)
        .mapToDouble(epoch -> resizing.side(epoch, epochs))
        .toArray();
  }

  @Test
  void imagesGrowByEighthsUntilTheyAreWhole() {
    assertArrayEquals(
        new double[] {0.5, 0.5, 0.625, 0.625, 0.75, 0.75, 0.875, 0.875, 1, 1},
        sides(new ProgressiveResizing(0.5, 1, 0.8), 10));
  }

  @Test
  void theFirstImagesAreNoSmallerThanTheShareThatIsAskedFor() {
    assertArrayEquals(
        new double[] {0.6, 0.75, 1, 1}, sides(new ProgressiveResizing(0.6, 1, 0.5), 4));
  }

  @Test
  void imagesMayEndSmallerThanWholeOnes() {
    assertArrayEquals(
        new double[] {0.4, 0.5, 0.5, 0.625, 0.8, 0.8, 0.8, 0.8},
        sides(new ProgressiveResizing(0.4, 0.8, 0.5), 8));
  }

  @Test
  void imagesGrowUntilTheEpochThatIsAskedFor() {
    assertEquals(8, new ProgressiveResizing(0.5, 0.9, 0.8).lastGrowing(10));
    assertEquals(0, new ProgressiveResizing(0.8, 0.8, 0.8).lastGrowing(10));
    assertEquals(0, ProgressiveResizing.NONE.lastGrowing(10));
  }

  @Test
  void imagesAreWholeWithoutIt() {
    assertArrayEquals(new double[] {1, 1, 1}, sides(ProgressiveResizing.NONE, 3));
  }

  @Test
  void smallerImagesTakeLessTimeButMoreThanTheirPixelsShare() {
    ProgressiveResizing resizing = new ProgressiveResizing(0.5, 1, 0.5);

    assertEquals((0.5 + 0.25) / 2, resizing.time(1, 4));
    assertEquals(1, resizing.time(4, 4));
    assertEquals(1, ProgressiveResizing.NONE.time(1, 7));
  }

  @Test
  void theTimeOfATrainingIsTheMeanOfItsEpochs() {
    ProgressiveResizing resizing = new ProgressiveResizing(0.5, 1, 0.5);

    double sum = resizing.time(1, 4) + resizing.time(2, 4) + 2;
    assertEquals(sum / 4, resizing.time(4), 1e-9);
    assertEquals(1, ProgressiveResizing.NONE.time(7));
  }
}
