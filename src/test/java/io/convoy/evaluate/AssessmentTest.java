package io.convoy.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AssessmentTest {
  private static Verdict verdict(Predictions predictions) {
    return Assessment.of(predictions).verdict();
  }

  /** So many photos of each class, with these probabilities by turns. */
  private static Predictions classes(int each, float[] negatives, float[] positives) {
    float[] probabilities = new float[2 * each];
    for (int i = 0; i < each; i++) {
      probabilities[i] = negatives[i % negatives.length];
      probabilities[each + i] = positives[i % positives.length];
    }
    return new Predictions(
        2, probabilities, IntStream.range(0, 2 * each).map(i -> i < each ? 0 : 1).toArray());
  }

  /** {@code ttest_1samp((p - y) ** 2 - (y.mean() - y) ** 2, 0)} of SciPy 1.17. */
  @Test
  void theErrorIsComparedWithTheBestConstants() {
    Assessment forty = Assessment.of(Samples.forty());
    assertEquals(0.25, forty.constantMse(), 1e-12);
    assertEquals(-0.13541249983068543, forty.mseAgainstConstant().value(), 1e-12);
    assertEquals(-0.17797571272418167, forty.mseAgainstConstant().low(), 1e-9);
    assertEquals(-0.0928492869371892, forty.mseAgainstConstant().high(), 1e-9);
  }

  @Test
  void theIntervalsAreThoseOfTheMetrics() {
    Assessment forty = Assessment.of(Samples.forty());
    assertEquals(Proportion.of(35, 40), forty.accuracy());
    assertEquals(SplitMetrics.of(Samples.forty()).auc(), forty.auc().value());
  }

  @Test
  void aNetworkThatRanksAndErrsLessIsBetterThanAConstant() {
    assertEquals(Verdict.BETTER, verdict(Samples.forty()));
    assertTrue(Verdict.BETTER.isBetter());
  }

  @Test
  void aFewPhotosDoNotTellANetworkFromAConstant() {
    assertEquals(Verdict.NOT_TOLD_APART, verdict(Samples.twelve()));
    assertFalse(Verdict.NOT_TOLD_APART.isBetter());
  }

  @Test
  void aConstantIsNoBetterThanAConstant() {
    assertEquals(Verdict.ONE_CLASS, verdict(Samples.constant(0.5f, 100)));
    assertEquals(Verdict.ONE_CLASS, verdict(Samples.constant(0.7f, 100)));
    assertFalse(Verdict.ONE_CLASS.isBetter());
  }

  @Test
  void answersWithoutConnectionToTheTruthAreNoBetter() {
    float[] both = {0.2f, 0.9f};
    assertEquals(Verdict.NO_BETTER, verdict(classes(50, both, both)));
  }

  @Test
  void aNetworkThatRanksTheWrongWayRoundIsNoBetter() {
    assertEquals(
        Verdict.NO_BETTER,
        verdict(classes(50, new float[] {0.9f, 0.8f}, new float[] {0.1f, 0.2f})));
  }

  @Test
  void aNetworkTooSureOfItselfRanksButHasWorseProbabilities() {
    assertEquals(
        Verdict.WORSE_PROBABILITIES,
        verdict(
            classes(
                100,
                new float[] {0, 0, 0.01f, 0.99f, 1},
                new float[] {1, 0.98f, 0.99f, 0.02f, 0.01f})));
  }

  @Test
  void aNetworkMayBeBetterThoughItCallsAllPhotosOneClass() {
    assertEquals(
        Verdict.BETTER_BUT_ONE_CLASS,
        verdict(classes(50, new float[] {0.1f, 0.2f}, new float[] {0.4f, 0.45f})));
    assertTrue(Verdict.BETTER_BUT_ONE_CLASS.isBetter());
  }

  @Test
  void aDivergedNetworkHasNoFigures() {
    Assessment diverged = Assessment.of(Samples.diverged());
    assertEquals(new Assessment(Verdict.DIVERGED, null, null, null, null), diverged);
  }

  @Test
  void aSplitOfOneClassTellsNothingOfRanking() {
    Assessment cats =
        Assessment.of(new Predictions(2, new float[] {0.9f, 0.8f, 0.7f}, new int[] {1, 1, 1}));
    assertEquals(Verdict.ONE_CLASS_SPLIT, cats.verdict());
    assertFalse(cats.verdict().isBetter());
    assertNull(cats.auc());
    assertEquals(0, cats.constantMse());
  }

  @Test
  void anEmptySplitIsNotMeasured() {
    assertEquals(
        new Assessment(Verdict.UNMEASURED, null, null, null, null), Assessment.of(Samples.empty()));
  }
}
