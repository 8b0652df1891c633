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

  @Test
  void twelvePairsHaveTheRatesOfScikitLearn() {
    SplitMetrics metrics = SplitMetrics.of(Samples.twelve());

    assertRates(0.6666666666666666, 0.6666666666666666, 0.6666666666666666, metrics.macro());
    assertRates(0.6666666666666666, 0.6666666666666666, 0.6666666666666666, metrics.micro());
    assertMetric(0.3333333333333333, metrics.mcc(), "mcc");
    assertMetric(0.21083332598209378, metrics.ece(), "ece");
    assertEquals(metrics.mse(), metrics.brier());
  }

  @Test
  void fortyPairsHaveTheRatesOfScikitLearn() {
    SplitMetrics metrics = SplitMetrics.of(Samples.forty());

    assertRates(0.8759398496240601, 0.875, 0.8749218261413383, metrics.macro());
    assertRates(0.875, 0.875, 0.875, metrics.micro());
    assertMetric(0.7509392614826383, metrics.mcc(), "mcc");
    assertMetric(0.13175000101327897, metrics.ece(), "ece");
  }

  @Test
  void threeClassesScoreAsInScikitLearn() {
    SplitMetrics metrics = SplitMetrics.of(Samples.three());

    assertMetric(0.4683998810154974, metrics.brier(), "brier");
    assertMetric(0.4683998810154974 / 3, metrics.mse(), "mse");
    assertMetric(0.8369805905426208, metrics.crossEntropy(), "crossEntropy");
    assertMetric(0.7, metrics.accuracy(), "accuracy");
    assertMetric(0.8633939119684734, metrics.auc(), "auc");
    assertRates(0.7133333333333334, 0.7069023569023569, 0.6963064295485636, metrics.macro());
    assertRates(0.7, 0.7, 0.7, metrics.micro());
    assertMetric(0.5615587956592172, metrics.mcc(), "mcc");
    assertMetric(0.2545138865709305, metrics.ece(), "ece");
  }

  @Test
  void sevenClassesOfWhichSomeAreAbsentOrNeverCalledScoreAsInScikitLearn() {
    SplitMetrics metrics = SplitMetrics.of(Samples.seven());

    assertMetric(0.8125, metrics.top5(), "top5");
    assertMetric(0.7330091716406167, metrics.brier(), "brier");
    assertMetric(1.690636192109773, metrics.crossEntropy(), "crossEntropy");
    assertMetric(0.5375, metrics.accuracy(), "accuracy");
    assertMetric(0.8362909411360698, metrics.auc(), "auc");
    assertRates(0.5238636363636364, 0.4558415032679739, 0.4528300243817485, metrics.macro());
    assertRates(0.5375, 0.5375, 0.5375, metrics.micro());
    assertMetric(0.49059761117395556, metrics.mcc(), "mcc");
    assertMetric(0.22254661917686464, metrics.ece(), "ece");
  }

  @Test
  void fewerThanSixClassesHaveNoTopFive() {
    assertNull(SplitMetrics.of(Samples.three()).top5());
    assertNull(SplitMetrics.of(Samples.twelve()).top5());
  }

  @Test
  void moreThanTwoClassesHaveNoPositiveOne() {
    SplitMetrics metrics = SplitMetrics.of(Samples.three());

    assertNull(metrics.pearsonR());
    assertNull(metrics.meanPrediction());
    assertNull(metrics.meanPredictionPositive());
    assertNull(metrics.meanPredictionNegative());
  }

  @Test
  void aCertainMistakeOfManyClassesIsClippedAsTheLossIs() {
    Predictions wrong = new Predictions(3, new float[] {1, 0, 0}, new int[] {1});

    assertEquals(-Math.log(1e-10), SplitMetrics.of(wrong).crossEntropy(), 1e-9);
    assertEquals(2, SplitMetrics.of(wrong).brier(), TOLERANCE);
  }

  @Test
  void whereAllImagesAreOfOneClassOrCalledSoTheMatthewsCorrelationIsZero() {
    float[] same = {0.5f, 0.3f, 0.2f, 0.5f, 0.3f, 0.2f};

    assertEquals(0, SplitMetrics.of(new Predictions(3, same, new int[] {1, 2})).mcc());
    assertEquals(0, SplitMetrics.of(new Predictions(3, same, new int[] {0, 0})).mcc());
    assertNull(SplitMetrics.of(new Predictions(3, same, new int[] {0, 0})).auc());
  }

  @Test
  void ofManyClassesOneAnswerWithoutANumberLeavesNothingToMeasure() {
    Predictions diverged = new Predictions(3, new float[] {1, 0, Float.NaN}, new int[] {0});

    assertNull(SplitMetrics.of(diverged).accuracy());
    assertNull(SplitMetrics.of(diverged).macro());
  }

  private static void assertRates(double precision, double recall, double f1, Rates actual) {
    assertMetric(precision, actual.precision(), "precision");
    assertMetric(recall, actual.recall(), "recall");
    assertMetric(f1, actual.f1(), "f1");
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
