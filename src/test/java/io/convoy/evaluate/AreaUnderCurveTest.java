package io.convoy.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/**
 * DeLong's intervals were computed apart from this code, with NumPy 2.4 and SciPy 1.17, from all
 * pairs: {@code K = (a[:, None] > b) + 0.5 * (a[:, None] == b)} for the positives' a and the
 * negatives' b, {@code v = K.mean(1).var(ddof=1) / len(a) + K.mean(0).var(ddof=1) / len(b)}, and
 * {@code K.mean() -+ norm.ppf(0.975) * v ** 0.5}. Newcombe's are roots that {@code brentq} found.
 */
class AreaUnderCurveTest {
  private static final double TOLERANCE = 1e-12;

  private static Estimate estimate(BinaryPredictions predictions) {
    return new AreaUnderCurve(predictions).estimate();
  }

  private static void assertEstimate(double value, double low, double high, Estimate area) {
    assertEquals(value, area.value(), TOLERANCE);
    assertEquals(low, area.low(), 1e-9);
    assertEquals(high, area.high(), 1e-9);
  }

  @Test
  void anAreaHasDeLongsIntervalWithinZeroAndOne() {
    assertEstimate(
        0.7083333333333334,
        0.39416116675273655,
        1,
        new AreaUnderCurve(Samples.twelve().oneVsRest(1)).deLong());
    assertEstimate(0.9375, 0.8679318128814139, 1, estimate(Samples.forty().oneVsRest(1)));
  }

  @Test
  void sixPhotosThatAreRankedWithoutFaultAreNoProofOfAPerfectNetwork() {
    assertEstimate(
        1,
        0.50101876070153,
        1,
        estimate(
            new BinaryPredictions(
                new float[] {0.1f, 0.2f, 0.3f, 0.7f, 0.8f, 0.9f}, new int[] {0, 0, 0, 1, 1, 1})));
  }

  @Test
  void oneAnswerToAllPhotosHasAnIntervalAroundChance() {
    assertEstimate(
        0.5,
        0.27351558818989397,
        0.726484411810106,
        estimate(Samples.constant(0.3f, 20).oneVsRest(1)));
  }

  /** One of six on the wrong side: DeLong's interval begins at 0.507. */
  @Test
  void fewPhotosHaveTheWiderIntervalOfNewcombe() {
    Estimate area =
        estimate(
            new BinaryPredictions(
                new float[] {0.8f, 0.2f, 0.2f, 0.8f, 0.8f, 0.8f}, new int[] {0, 0, 0, 1, 1, 1}));
    assertEquals(5 / 6.0, area.value(), TOLERANCE);
    assertEquals(0.357530469632047, area.low(), 1e-9);
  }

  @Test
  void aSinglePhotoOfAClassHasAnIntervalToo() {
    Estimate area =
        new AreaUnderCurve(
                new BinaryPredictions(new float[] {0.1f, 0.6f, 0.4f}, new int[] {0, 0, 1}))
            .estimate();
    assertEquals(0.5, area.value(), TOLERANCE);
    assertEquals(1, area.low() + area.high(), 1e-9);
  }
}
