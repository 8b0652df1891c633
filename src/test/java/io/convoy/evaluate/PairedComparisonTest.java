package io.convoy.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PairedComparisonTest {
  /**
   * The children with airway hyper-responsiveness of Fagerland, Lydersen and Laake 2014 (Statistics
   * in Medicine 33:2850): of 21 pairs 1 and 7 tell; the exact conditional test and the adjusted
   * Wald interval are published there as 0.070 and -0.508 to -0.013.
   */
  @Test
  void fagerlandsChildrenDifferAsPublished() {
    assertEquals(0.0703125, PairedComparison.mcNemar(1, 7), 1e-12);
    Estimate difference = PairedComparison.difference(1, 7, 21);
    assertEquals(-6 / 21.0, difference.value(), 1e-12);
    assertEquals(-0.508, difference.low(), 5e-4);
    assertEquals(-0.013, difference.high(), 5e-4);
  }

  /** Agresti's approval of the prime minister; {@code mcnemar(exact=True)} of statsmodels 0.15. */
  @Test
  void manyPairsHaveThePValueOfStatsmodels() {
    assertEquals(3.7159361395713866e-05, PairedComparison.mcNemar(86, 150), 1e-15);
  }

  /**
   * By SciPy 1.17's {@code norm.ppf}; with 722 photos the test's power, by {@code binom.pmf} over
   * all numbers of photos that tell, is 0.78 exactly and 0.81 by the normal distribution.
   */
  @Test
  void thePhotosThatWouldTellAreThoseOfConnorsFormula() {
    assertEquals(34.1709000904311, PairedComparison.photosToTell(1, 7, 21), 1e-9);
    assertEquals(721.2062291264723, PairedComparison.photosToTell(150, 86, 1600), 1e-9);
  }

  /** By whole numbers: {@code Fraction(2 * sum(comb(n, i) for i in range(k + 1)), 2**n)}. */
  @ParameterizedTest
  @CsvSource({
    "3, 90, 2.7088953370761237e-23",
    "400, 10, 2.568662833867262e-104",
    "100, 1200, 5.327730686538847e-240",
    "1000, 0, 1.8665272370064378e-301",
    "49, 51, 0.9204107626128213"
  })
  void aSmallPValueIsAsExactAsALargeOne(long onlyFirst, long onlySecond, double pValue) {
    assertEquals(pValue, PairedComparison.mcNemar(onlyFirst, onlySecond), 1e-11 * pValue);
  }

  @Test
  void noPValueIsZero() {
    assertEquals(Double.MIN_VALUE, PairedComparison.mcNemar(400, 3000));
  }

  @Test
  void networksThatNeverDisagreeAreNotToldApart() {
    assertEquals(1, PairedComparison.mcNemar(0, 0));
    assertEquals(1, PairedComparison.mcNemar(12, 12));
    Estimate difference = PairedComparison.difference(0, 0, 50);
    assertEquals(0, difference.value());
    assertEquals(-difference.low(), difference.high(), 1e-12);
  }

  /**
   * {@code binomtest(0, 21, 0.5).pvalue} and {@code ttest_1samp((p1 - y) ** 2 - (p2 - y) **
   * 2).confidence_interval()} of SciPy 1.17.
   */
  @Test
  void twoNetworksAreComparedPhotoByPhoto() {
    PairedComparison comparison =
        PairedComparison.of(Samples.forty(), Samples.fortyOthers()).orElseThrow();
    assertEquals(40, comparison.images());
    assertEquals(21, comparison.onlyFirstRight());
    assertEquals(0, comparison.onlySecondRight());
    assertEquals(9.5367431640625e-07, comparison.pValue(), 1e-18);
    assertEquals(0.525, comparison.accuracyDifference().value(), 1e-12);
    assertEquals(0.3350114494821812, comparison.accuracyDifference().low(), 1e-12);
    assertEquals(0.6649885505178188, comparison.accuracyDifference().high(), 1e-12);
    assertEquals(-0.2882325020450354, comparison.mseDifference().value(), 1e-12);
    assertEquals(-0.37505447590793345, comparison.mseDifference().low(), 1e-9);
    assertEquals(-0.2014105281821374, comparison.mseDifference().high(), 1e-9);
  }

  /** By the sums of the squared errors over the classes, in the same way. */
  @Test
  void networksOfManyClassesAreComparedPhotoByPhoto() {
    Predictions three = Samples.three();
    Predictions.Builder turned = new Predictions.Builder(3);
    for (int image = 0; image < three.images(); image++) {
      float[] own = three.ofImage(image);
      turned.add(new float[] {own[1], own[2], own[0]}, three.labels()[image]);
    }

    PairedComparison comparison = PairedComparison.of(three, turned.build()).orElseThrow();

    assertEquals(42, comparison.onlyFirstRight());
    assertEquals(7, comparison.onlySecondRight());
    assertEquals(-0.3895833392937978, comparison.mseDifference().value(), 1e-12);
    assertEquals(-0.5085546132002424, comparison.mseDifference().low(), 1e-9);
    assertEquals(-0.2706120653873531, comparison.mseDifference().high(), 1e-9);
  }

  @Test
  void aDivergedNetworkIsNotCompared() {
    Predictions diverged = Samples.diverged();
    Predictions sound = new Predictions(2, new float[] {0.1f, 0.9f, 0.8f}, diverged.labels());
    assertEquals(Optional.empty(), PairedComparison.of(sound, diverged));
  }

  @Test
  void noPhotosAreNotCompared() {
    assertEquals(Optional.empty(), PairedComparison.of(Samples.empty(), Samples.empty()));
  }

  @Test
  void differentPhotosAreRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> PairedComparison.of(Samples.twelve(), Samples.forty()));
  }
}
