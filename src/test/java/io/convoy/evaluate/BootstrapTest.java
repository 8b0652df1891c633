package io.convoy.evaluate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The intervals beside those of 60,000 resamples by NumPy: the metrics as {@link Samples} has them,
 * the photos of each class drawn with {@code rng.choice}, the ends with {@code np.percentile(...,
 * [2.5, 97.5])}. The tolerance is for the noise of the draws.
 */
class BootstrapTest {
  private static final double NOISE = 0.008;
  private static final int DRAWS = 2_000;
  private static final int PHOTOS = 200;
  private static final int RESAMPLES = 250;

  private static void assertInterval(
      Predictions predictions, Measure measure, double low, double high) {
    Estimate estimate = Intervals.of(predictions, SplitMetrics.of(predictions)).of(measure);
    assertEquals(low, estimate.low(), NOISE);
    assertEquals(high, estimate.high(), NOISE);
  }

  @ParameterizedTest
  @CsvSource({
    "MSE, 0.0767, 0.1573",
    "CROSS_ENTROPY, 0.2793, 0.4705",
    "PEARSON_R, 0.6235, 0.8685",
    "AUC, 0.855, 0.9925",
    "MEAN_PREDICTION, 0.4223, 0.5412",
    "MEAN_PREDICTION_POSITIVE, 0.612, 0.788",
    "MEAN_PREDICTION_NEGATIVE, 0.184, 0.3415",
    "BRIER, 0.0767, 0.1573",
    "MACRO_PRECISION, 0.7757, 0.9762",
    "MACRO_RECALL, 0.775, 0.975",
    "MACRO_F1, 0.7714, 0.975",
    "MCC, 0.5507, 0.9512",
    "ECE, 0.0240, 0.1587"
  })
  void ofTwoClassesTheIntervalsAreNumPys(Measure measure, double low, double high) {
    assertInterval(Samples.forty(), measure, low, high);
  }

  /** The AUC is resampled to first order, and so differs a little. */
  @ParameterizedTest
  @CsvSource({
    "MSE, 0.1356, 0.1781",
    "CROSS_ENTROPY, 0.7307, 0.9560",
    "BRIER, 0.4068, 0.5344",
    "AUC, 0.7764, 0.9363",
    "MACRO_PRECISION, 0.5992, 0.8246",
    "MACRO_RECALL, 0.5944, 0.8106",
    "MACRO_F1, 0.5754, 0.8031",
    "MCC, 0.3962, 0.7219",
    "ECE, 0.1623, 0.3216"
  })
  void ofMoreClassesTheIntervalsAreNumPys(Measure measure, double low, double high) {
    assertInterval(Samples.three(), measure, low, high);
  }

  @Test
  void theSamePredictionsHaveTheSameIntervalsEveryTime() {
    double[] once = Bootstrap.of(Samples.forty()).differences(zero(), Measure.AUC);
    assertArrayEquals(once, Bootstrap.of(Samples.forty()).differences(zero(), Measure.AUC));
  }

  private static Bootstrap zero() {
    Predictions forty = Samples.forty();
    return Bootstrap.of(new Predictions(2, new float[forty.images()], forty.labels()));
  }

  @Test
  void aConstantAnswerIsOfOneValueInEachResample() {
    assertInterval(Samples.constant(0.5f, 40), Measure.AUC, 0.5, 0.5);
    assertInterval(Samples.constant(0.5f, 40), Measure.MSE, 0.25, 0.25);
  }

  /** Photos whose probability is that of their class, so that the truth is known. */
  private static Predictions calibrated(int photos, Random random) {
    float[] probabilities = new float[photos];
    int[] labels = new int[photos];
    for (int i = 0; i < photos; i++) {
      probabilities[i] = random.nextFloat();
      labels[i] = random.nextFloat() < probabilities[i] ? 1 : 0;
    }
    return new Predictions(2, probabilities, labels);
  }

  private static void assertHolds(double truth, Supplier<Estimate> draw) {
    int held = 0;
    for (int i = 0; i < DRAWS; i++) {
      held += draw.get().includes(truth) ? 1 : 0;
    }
    double share = (double) held / DRAWS;
    assertTrue(share >= 0.93 && share <= 0.97, "held in " + share);
  }

  /** The accuracy is E max(p, 1 - p) = 3/4. */
  @Test
  void theIntervalOfTheAccuracyHoldsTheTruthInNineteenOfTwentyDraws() {
    Random random = new Random(1);
    assertHolds(0.75, () -> Assessment.of(calibrated(PHOTOS, random)).accuracy());
  }

  /** The AUC is 5/6: that of the densities 2p and 2(1 - p). */
  @Test
  void theIntervalOfTheAucHoldsTheTruthInNineteenOfTwentyDraws() {
    Random random = new Random(2);
    assertHolds(5 / 6.0, () -> Assessment.of(calibrated(PHOTOS, random)).auc());
    assertHolds(
        5 / 6.0,
        () -> {
          Predictions predictions = calibrated(PHOTOS, random);
          return Bootstrap.of(predictions, RESAMPLES)
              .estimate(Measure.AUC, new AreaUnderCurve(predictions.oneVsRest(1)).value());
        });
  }

  /** The error is E p (1 - p) = 1/6. */
  @Test
  void theIntervalOfTheErrorHoldsTheTruthInNineteenOfTwentyDraws() {
    Random random = new Random(3);
    assertHolds(
        1 / 6.0,
        () -> {
          Predictions predictions = calibrated(PHOTOS, random);
          return Bootstrap.of(predictions, RESAMPLES)
              .estimate(Measure.MSE, new ProbabilityScores(predictions).brier());
        });
  }

  /** Networks of equal accuracy that err on photos of their own, and by how much they differ. */
  private static Predictions right(double share, int[] labels, Random random) {
    DoubleSupplier chance = random::nextDouble;
    float[] probabilities = new float[labels.length];
    for (int i = 0; i < labels.length; i++) {
      boolean isRight = chance.getAsDouble() < share;
      double sure = 0.5 + chance.getAsDouble() / 2;
      probabilities[i] = (float) (isRight == (labels[i] == 1) ? sure : 1 - sure);
    }
    return new Predictions(2, probabilities, labels);
  }

  @Test
  void equalNetworksAreToldApartInNoMoreThanSixOfAHundredDraws() {
    Random random = new Random(4);
    int[] labels = calibrated(PHOTOS, random).labels();
    int byAccuracy = 0;
    int byError = 0;
    for (int i = 0; i < DRAWS; i++) {
      Predictions first = right(0.8, labels, random);
      Predictions second = right(0.8, labels, random);
      byAccuracy += PairedComparison.of(first, second).orElseThrow().pValue() < 0.05 ? 1 : 0;
      byError +=
          Bootstrap.pValue(
                      Bootstrap.of(first, RESAMPLES)
                          .differences(Bootstrap.of(second, RESAMPLES), Measure.MSE))
                  < 0.05
              ? 1
              : 0;
    }
    assertTrue(byAccuracy <= 0.06 * DRAWS, byAccuracy + " by accuracy");
    assertTrue(byError <= 0.06 * DRAWS, byError + " by error");
  }
}
