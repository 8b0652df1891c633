package io.convoy.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ThresholdSweepTest {
  @Test
  void twelvePairsAreDecidedAsInNumPy() {
    assertEquals(
        List.of(
            row(0.1, 7 / 12.0, 6 / 11.0, 1.0, 0.7058823529411765, 6, 5, 1, 0),
            row(0.2, 7 / 12.0, 6 / 11.0, 1.0, 0.7058823529411765, 6, 5, 1, 0),
            row(0.3, 7 / 12.0, 5 / 9.0, 5 / 6.0, 0.6666666666666667, 5, 4, 2, 1),
            row(0.4, 7 / 12.0, 5 / 9.0, 5 / 6.0, 0.6666666666666667, 5, 4, 2, 1),
            row(0.5, 8 / 12.0, 4 / 6.0, 4 / 6.0, 0.6666666666666666, 4, 2, 4, 2),
            row(0.6, 8 / 12.0, 4 / 6.0, 4 / 6.0, 0.6666666666666666, 4, 2, 4, 2),
            row(0.7, 7 / 12.0, 2 / 3.0, 2 / 6.0, 0.4444444444444444, 2, 1, 5, 4),
            row(0.8, 7 / 12.0, 2 / 3.0, 2 / 6.0, 0.4444444444444444, 2, 1, 5, 4),
            row(0.9, 8 / 12.0, 1.0, 2 / 6.0, 0.5, 2, 0, 6, 4)),
        rounded(ThresholdSweep.of(Samples.twelve().oneVsRest(1))));
  }

  @Test
  void fortyPairsAreDecidedAsInNumPy() {
    assertEquals(
        List.of(
            row(0.1, 0.625, 0.5714285714285714, 1.0, 0.7272727272727273, 20, 15, 5, 0),
            row(0.2, 0.725, 0.6451612903225806, 1.0, 0.7843137254901961, 20, 11, 9, 0),
            row(0.3, 0.775, 0.7037037037037037, 0.95, 0.8085106382978723, 19, 8, 12, 1),
            row(0.4, 0.825, 0.782608695652174, 0.9, 0.8372093023255814, 18, 5, 15, 2),
            row(0.5, 0.875, 0.8947368421052632, 0.85, 0.8717948717948718, 17, 2, 18, 3),
            row(0.6, 0.825, 0.9333333333333333, 0.7, 0.8, 14, 1, 19, 6),
            row(0.7, 0.775, 1.0, 0.55, 0.7096774193548387, 11, 0, 20, 9),
            row(0.8, 0.7, 1.0, 0.4, 0.5714285714285714, 8, 0, 20, 12),
            row(0.9, 0.6, 1.0, 0.2, 0.3333333333333333, 4, 0, 20, 16)),
        rounded(ThresholdSweep.of(Samples.forty().oneVsRest(1))));
  }

  @Test
  void theThresholdsAreTheNearestDoubles() {
    assertEquals(
        List.of(0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9),
        ThresholdSweep.of(Samples.forty().oneVsRest(1)).rows().stream()
            .map(ThresholdRow::threshold)
            .toList());
  }

  @Test
  void aProbabilityEqualToTheThresholdIsNegative() {
    float[] tenths = {0.1f, 0.2f, 0.3f, 0.4f, 0.5f, 0.6f, 0.7f, 0.8f, 0.9f};
    assertEquals(
        List.of(8L, 7L, 6L, 5L, 4L, 3L, 2L, 1L, 0L),
        ThresholdSweep.of(new BinaryPredictions(tenths, new int[] {1, 1, 1, 1, 1, 1, 1, 1, 1}))
            .rows()
            .stream()
            .map(ThresholdRow::truePositives)
            .toList());
  }

  @Test
  void withNothingCalledPositiveThereIsNoPrecision() {
    assertNull(rowAtHalf(new float[] {0.1f, 0.2f}, 0, 1).precision());
  }

  @Test
  void withNothingCalledPositiveF1IsZero() {
    assertEquals(0.0, rowAtHalf(new float[] {0.1f, 0.2f}, 0, 1).f1());
  }

  @Test
  void withoutPositivesThereIsNoRecall() {
    assertNull(rowAtHalf(new float[] {0.1f, 0.9f}, 0, 0).recall());
  }

  @Test
  void withoutPositivesAndNoneFoundThereIsNoF1() {
    assertNull(rowAtHalf(new float[] {0.1f, 0.2f}, 0, 0).f1());
  }

  @Test
  void theCountsOfManyImagesAddUp() {
    ThresholdSweep sweep = ThresholdSweep.of(Samples.constant(0.95f, 100_000).oneVsRest(1));
    assertEquals(row(0.5, 0.5, 0.5, 1.0, 2 / 3.0, 50_000, 50_000, 0, 0), rounded(sweep).get(4));
  }

  @Test
  void theBestThresholdHasTheHighestAccuracy() {
    assertEquals(0.8, bestOf(row(0.5, 0.7), row(0.8, 0.9), row(0.9, 0.8)));
  }

  @Test
  void ofEquallyAccurateThresholdsTheNearestToOneHalfIsBest() {
    assertEquals(0.6, bestOf(row(0.1, 0.7), row(0.3, 0.7), row(0.6, 0.7), row(0.9, 0.7)));
  }

  @Test
  void ofEquallyNearThresholdsTheLowerIsBest() {
    assertEquals(0.3, bestOf(row(0.7, 0.7), row(0.3, 0.7)));
  }

  @Test
  void theRowOfAThresholdIsFoundOnAnotherSplit() {
    assertEquals(
        Optional.of(17L),
        ThresholdSweep.of(Samples.twelve().oneVsRest(1))
            .best()
            .flatMap(best -> ThresholdSweep.of(Samples.forty().oneVsRest(1)).at(best.threshold()))
            .map(ThresholdRow::truePositives));
  }

  @Test
  void aThresholdOffTheGridIsRefused() {
    ThresholdSweep sweep = ThresholdSweep.of(Samples.twelve().oneVsRest(1));
    assertThrows(IllegalArgumentException.class, () -> sweep.at(0.25));
  }

  @Test
  void anEmptySplitHasNoBestThreshold() {
    assertEquals(Optional.empty(), ThresholdSweep.of(Samples.empty().oneVsRest(1)).best());
  }

  @Test
  void aDivergedNetworkHasNoRows() {
    assertEquals(List.of(), ThresholdSweep.of(Samples.diverged().oneVsRest(1)).rows());
  }

  private static double bestOf(ThresholdRow... rows) {
    return new ThresholdSweep(List.of(rows)).best().orElseThrow().threshold();
  }

  private static ThresholdRow rowAtHalf(float[] probabilities, int... labels) {
    return ThresholdRow.of(0.5, new BinaryPredictions(probabilities, labels));
  }

  private static ThresholdRow row(double threshold, double accuracy) {
    return row(threshold, accuracy, 0, 0, 0, 0, 0, 0, 0);
  }

  private static ThresholdRow row(
      double threshold,
      double accuracy,
      double precision,
      double recall,
      double f1,
      long truePositives,
      long falsePositives,
      long trueNegatives,
      long falseNegatives) {
    return new ThresholdRow(
        threshold,
        round(accuracy),
        round(precision),
        round(recall),
        round(f1),
        truePositives,
        falsePositives,
        trueNegatives,
        falseNegatives);
  }

  private static List<ThresholdRow> rounded(ThresholdSweep sweep) {
    return sweep.rows().stream()
        .map(
            row ->
                row(
                    row.threshold(),
                    row.accuracy(),
                    row.precision(),
                    row.recall(),
                    row.f1(),
                    row.truePositives(),
                    row.falsePositives(),
                    row.trueNegatives(),
                    row.falseNegatives()))
        .toList();
  }

  /** To twelve decimals: the last bits depend on the order of operations. */
  private static double round(double value) {
    return Math.rint(value * 1e12) / 1e12;
  }
}
