package io.convoy.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

final class BinaryPredictionsTest {
  @Test
  void probabilitiesAndLabelsAreAsMany() {
    assertThrows(
        IllegalArgumentException.class, () -> new BinaryPredictions(new float[2], new int[3]));
  }

  @Test
  void aLabelIsZeroOrOne() {
    assertThrows(
        IllegalArgumentException.class, () -> new BinaryPredictions(new float[1], new int[] {2}));
  }

  @Test
  void aProbabilityIsNotGreaterThanOne() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new BinaryPredictions(new float[] {1.5f}, new int[] {1}));
  }

  @Test
  void aProbabilityIsNotNegative() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new BinaryPredictions(new float[] {-0.1f}, new int[] {1}));
  }

  @Test
  void aProbabilityThatIsNoNumberIsCountedNotRefused() {
    assertEquals(1, Samples.diverged().oneVsRest(1).undefined());
  }
}
