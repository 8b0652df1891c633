package io.convoy.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;

class PairedDifferenceTest {
  /** Student 1908, the hours of sleep that two drugs gave ten patients; interval as R gives it. */
  @Test
  void studentsPatientsHaveTheIntervalOfThePairedTTest() {
    Estimate difference =
        PairedDifference.of(
            new double[] {0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0},
            new double[] {1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4});
    assertEquals(-1.58, difference.value(), 1e-12);
    assertEquals(-2.4598858, difference.low(), 1e-7);
    assertEquals(-0.7001142, difference.high(), 1e-7);
  }

  @Test
  void equalFiguresDifferByNothingForCertain() {
    double[] figures = {0.1, 0.4, 0.2};
    assertEquals(new Estimate(0, 0, 0), PairedDifference.of(figures, figures));
  }

  @Test
  void onePhotoSaysNothingOfTheSpread() {
    assertNull(PairedDifference.of(new double[] {0.1}, new double[] {0.2}));
  }
}
