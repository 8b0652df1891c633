package io.convoy.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SplitMetricsTest {
  private static final double TOLERANCE = 1e-12;

  @Test
  void twelvePairsScoreAsInNumPy() {
    assertMetrics(
        ofTwo(
            12,
            0.23310832900032416,
            0.6561924787041807,
            0.35148979541654535,
            0.6666666666666666,
            0.7083333333333334,
            0.5741666695103049,
            0.6683333416779836,
            0.4799999973426263),
        SplitMetrics.of(Samples.twelve()));
  }

  @Test
  void fortyPairsScoreAsInNumPy() {
    assertMetrics(
        ofTwo(
            40,
            0.11458750016931459,
            0.37064021692317767,
            0.757066337760837,
            0.875,
            0.9375,
            0.48225000030361115,
            0.7030000001192093,
            0.26150000048801303),
        SplitMetrics.of(Samples.forty()));
  }

  @Test
  void aPerfectPredictorHasNoError() {
    assertMetrics(
        ofTwo(4, 0.0, -Math.log(1 - 1e-5), 1.0, 1.0, 1.0, 0.5, 1.0, 0.0),
        SplitMetrics.of(new Predictions(2, new float[] {0, 1, 1, 0}, new int[] {0, 1, 1, 0})));
  }

  @Test
  void crossEntropyOfACertainMistakeIsClipped() {
    Predictions wrong = new Predictions(2, new float[] {1}, new int[] {0});
    assertEquals(-Math.log(1e-5), SplitMetrics.of(wrong).crossEntropy(), 1e-9);
  }

  @Test
  void aConstantPredictionOfOneHalfHasAnMseOfOneQuarter() {
    assertEquals(0.25, SplitMetrics.of(Samples.constant(0.5f, 100)).mse(), TOLERANCE);
  }

  @Test
  void aConstantPredictionHasNoCorrelation() {
    assertNull(SplitMetrics.of(Samples.constant(0.1f, 24_999)).pearsonR());
  }

  @Test
  void aConstantPredictionHasAnAucOfOneHalf() {
    assertEquals(0.5, SplitMetrics.of(Samples.constant(0.1f, 100)).auc(), TOLERANCE);
  }

  @Test
  void theOrderOfTheImagesDoesNotChangeTheAucOfTies() {
    Predictions positivesFirst =
        new Predictions(2, new float[] {0.4f, 0.4f, 0.4f, 0.4f}, new int[] {1, 1, 0, 0});
    assertEquals(0.5, SplitMetrics.of(positivesFirst).auc(), TOLERANCE);
  }

  @Test
  void aNearlyConstantPredictionKeepsItsCorrelation() {
    Predictions oneStepApart = Samples.constant(0.5f, 20_000);
    IntStream.range(0, 20_000)
        .filter(i -> oneStepApart.labels()[i] == 1)
        .forEach(i -> oneStepApart.probabilities()[i] = Math.nextUp(0.5f));
    assertEquals(1.0, SplitMetrics.of(oneStepApart).pearsonR(), 1e-9);
  }

  @Test
  void sumsOverManyImagesKeepDoublePrecision() {
    assertEquals(
        (double) 0.1f,
        SplitMetrics.of(Samples.constant(0.1f, 100_000)).meanPrediction(),
        TOLERANCE);
  }

  @Test
  void theMseOfManyImagesKeepsDoublePrecision() {
    double p = 0.1f;
    assertEquals(
        (p * p + (1 - p) * (1 - p)) / 2,
        SplitMetrics.of(Samples.constant(0.1f, 100_000)).mse(),
        TOLERANCE);
  }

  @Test
  void aSplitOfOneClassHasNeitherAucNorCorrelation() {
    assertMetrics(
        ofTwo(2, 0.0625, -Math.log(0.75), null, 1.0, null, 0.75, 0.75, null),
        SplitMetrics.of(new Predictions(2, new float[] {0.75f, 0.75f}, new int[] {1, 1})));
  }

  @Test
  void anEmptySplitHasNoMetrics() {
    assertEquals(
        ofTwo(0, null, null, null, null, null, null, null, null), SplitMetrics.of(Samples.empty()));
  }

  @Test
  void aDivergedNetworkHasNoMetrics() {
    assertEquals(
        ofTwo(3, null, null, null, null, null, null, null, null),
        SplitMetrics.of(Samples.diverged()));
  }

  /** The metrics that two classes alone have, or have in a way of their own. */
  private static SplitMetrics ofTwo(
      long images,
      Double mse,
      Double crossEntropy,
      Double pearsonR,
      Double accuracy,
      Double auc,
      Double mean,
      Double positiveMean,
      Double negativeMean) {
    return new SplitMetrics(
        images,
        mse,
        crossEntropy,
        pearsonR,
        accuracy,
        auc,
        mean,
        positiveMean,
        negativeMean,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  private static void assertMetrics(SplitMetrics expected, SplitMetrics actual) {
    assertEquals(expected.images(), actual.images(), "images");
    assertMetric(expected.mse(), actual.mse(), "mse");
    assertMetric(expected.crossEntropy(), actual.crossEntropy(), "crossEntropy");
    assertMetric(expected.pearsonR(), actual.pearsonR(), "pearsonR");
    assertMetric(expected.accuracy(), actual.accuracy(), "accuracy");
    assertMetric(expected.auc(), actual.auc(), "auc");
    assertMetric(expected.meanPrediction(), actual.meanPrediction(), "meanPrediction");
    assertMetric(
        expected.meanPredictionPositive(), actual.meanPredictionPositive(), "positive mean");
    assertMetric(
        expected.meanPredictionNegative(), actual.meanPredictionNegative(), "negative mean");
  }

  private static void assertMetric(Double expected, Double actual, String name) {
    if (expected == null) {
      assertNull(actual, name);
    } else {
      assertTrue(
          actual != null && Math.abs(expected - actual) <= TOLERANCE,
          () -> name + ": expected " + expected + " but was " + actual);
    }
  }
}
