package io.convoy.explain;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class HeatMapTest {
  @Test
  void whatSpeaksAgainstTheClassIsLeftOut() {
    HeatMap heat = HeatMap.of(1, 4, new float[] {-3, 0, 2, 8});
    assertArrayEquals(new float[] {0, 0, 0.25f, 1}, heat.values());
    assertFalse(heat.isEmpty());
  }

  @Test
  void whereNothingSpeaksForTheClassItIsEmpty() {
    assertTrue(HeatMap.of(1, 2, new float[] {-3, 0}).isEmpty());
    assertTrue(HeatMap.of(1, 2, new float[] {1, Float.NaN}).isEmpty());
    assertTrue(HeatMap.of(1, 2, new float[] {1, Float.POSITIVE_INFINITY}).isEmpty());
  }

  @Test
  void betweenTheMiddlesOfThePlacesAreStraightLines() {
    HeatMap heat = new HeatMap(1, 2, new float[] {0, 1});
    assertArrayEquals(
        new float[] {0, 0.25f, 0.75f, 1, 0, 0.25f, 0.75f, 1}, heat.resized(2, 4).values());
    HeatMap upright = new HeatMap(2, 1, new float[] {0, 1});
    assertArrayEquals(new float[] {0, 0.25f, 0.75f, 1}, upright.resized(4, 1).values());
    assertArrayEquals(new float[] {0.5f}, upright.resized(1, 1).values());
  }

  @Test
  void aSmallerOneHasTheMeansOfWhatIsPutTogether() {
    HeatMap heat = new HeatMap(2, 4, new float[] {0, 1, 0, 0.5f, 1, 0, 0, 0.5f});
    assertArrayEquals(new float[] {0.5f, 0.25f}, heat.resized(1, 2).values());
  }
}
