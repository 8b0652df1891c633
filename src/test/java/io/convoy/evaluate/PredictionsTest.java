package io.convoy.evaluate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class PredictionsTest {
  private static final Predictions THREE =
      new Predictions(3, new float[] {0.5f, 0.25f, 0.25f, 0.375f, 0.25f, 0.375f}, new int[] {0, 2});

  @Test
  void moreThanTwoClassesHaveAProbabilityEach() {
    assertThrows(
        IllegalArgumentException.class, () -> new Predictions(3, new float[2], new int[2]));
    assertEquals(0.375, THREE.probability(1, 2));
    assertArrayEquals(new float[] {0.375f, 0.25f, 0.375f}, THREE.ofImage(1));
  }

  @Test
  void twoClassesShareOneProbability() {
    Predictions two = new Predictions(2, new float[] {0.75f}, new int[] {1});

    assertEquals(0.75, two.probability(0, 1));
    assertEquals(0.25, two.probability(0, 0));
  }

  @Test
  void aLabelIsOfAClass() {
    assertThrows(
        IllegalArgumentException.class, () -> new Predictions(3, new float[3], new int[] {3}));
    assertThrows(
        IllegalArgumentException.class, () -> new Predictions(3, new float[3], new int[] {-1}));
  }

  @Test
  void aProbabilityIsInItsRange() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new Predictions(3, new float[] {0, 0, 1.5f}, new int[1]));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Predictions(3, new float[] {0, 0, -0.5f}, new int[1]));
  }

  @Test
  void anImageIsCalledTheFirstClassOfThoseWithTheGreatestProbability() {
    assertEquals(0, THREE.predicted(0));
    assertEquals(0, THREE.predicted(1));
    assertTrue(THREE.isRight(0));
    assertFalse(THREE.isRight(1));
  }

  @Test
  void anImageOfTwoClassesWithOneHalfIsCalledTheFirst() {
    Predictions two = new Predictions(2, new float[] {0.5f, Math.nextUp(0.5f)}, new int[] {0, 1});

    assertEquals(0, two.predicted(0));
    assertEquals(1, two.predicted(1));
  }

  @Test
  void thePositiveClassOfTwoAgainstTheRestHasTheVeryNumbers() {
    Predictions two = Samples.twelve();

    assertSame(two.probabilities(), two.oneVsRest(1).probabilities());
    assertSame(two.labels(), two.oneVsRest(1).labels());
  }

  @Test
  void aClassAgainstTheRestHasItsProbabilitiesAndImages() {
    assertArrayEquals(new float[] {0.25f, 0.375f}, THREE.oneVsRest(2).probabilities());
    assertArrayEquals(new int[] {0, 1}, THREE.oneVsRest(2).labels());
    assertArrayEquals(new int[] {0, 0}, THREE.oneVsRest(1).labels());
  }

  @Test
  void predictionsThatAreReadGrowWithTheirImages() {
    Predictions.Builder builder = new Predictions.Builder(3);
    for (int image = 0; image < 5000; image++) {
      builder.add(new float[] {0, image / 5000f, 1 - image / 5000f}, image % 3);
    }

    Predictions read = builder.build();

    assertEquals(5000, read.images());
    assertEquals(4999 % 3, read.labels()[4999]);
    assertEquals(4999 / 5000f, (float) read.probability(4999, 1));
  }
}
