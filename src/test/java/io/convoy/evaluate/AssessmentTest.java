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

  /** {@code ttest_1samp(((p - o) ** 2 - (o.mean(0) - o) ** 2).sum(1), 0)} of SciPy 1.17. */
  @Test
  void ofManyClassesTheErrorIsBriersScore() {
    Assessment three = Assessment.of(Samples.three());
    assertEquals(0.6644444444444446, three.constantMse(), 1e-12);
    assertEquals(-0.1960445634289471, three.mseAgainstConstant().value(), 1e-12);
    assertEquals(-0.2687680996655833, three.mseAgainstConstant().low(), 1e-9);
    assertEquals(-0.1233210271923109, three.mseAgainstConstant().high(), 1e-9);

    Assessment seven = Assessment.of(Samples.seven());
    assertEquals(0.7993750000000001, seven.constantMse(), 1e-12);
    assertEquals(-0.06636582835938325, seven.mseAgainstConstant().value(), 1e-12);
    assertEquals(-0.0023113259777975126, seven.mseAgainstConstant().high(), 1e-9);
    assertEquals(Proportion.of(43, 80), seven.accuracy());
    assertNull(seven.auc());
  }

  @Test
  void ofManyClassesANetworkIsBetterWhereItsErrorIsToldFromTheConstants() {
    assertEquals(Verdict.BETTER, verdict(Samples.three()));
    assertEquals(Verdict.BETTER, verdict(Samples.seven()));
  }

  /** Three classes by turns; each image has these probabilities of its own class and the next. */
  private static Predictions turns(int images, float own, float next) {
    Predictions.Builder builder = new Predictions.Builder(3);
    for (int image = 0; image < images; image++) {
      float[] outputs = new float[3];
      outputs[image % 3] = own;
      outputs[(image + 1) % 3] = next;
      outputs[(image + 2) % 3] = 1 - own - next;
      builder.add(outputs, image % 3);
    }
    return builder.build();
  }

  private static Predictions both(Predictions first, Predictions second) {
    Predictions.Builder builder = new Predictions.Builder(3);
    for (Predictions each : new Predictions[] {first, second}) {
      each.indices().forEach(image -> builder.add(each.ofImage(image), each.labels()[image]));
    }
    return builder.build();
  }

  @Test
  void ofManyClassesAFewPhotosDoNotTellANetworkFromAConstant() {
    assertEquals(
        Verdict.NOT_TOLD_APART, verdict(both(turns(6, 0.9f, 0.05f), turns(3, 0.1f, 0.8f))));
  }

  @Test
  void ofManyClassesOneThatIsRightMoreOftenMayHaveWorseProbabilities() {
    assertEquals(Verdict.WORSE_PROBABILITIES, verdict(both(turns(300, 1, 0), turns(240, 0, 1))));
  }

  @Test
  void ofManyClassesOneThatIsWrongWithCertaintyIsNoBetter() {
    assertEquals(Verdict.NO_BETTER, verdict(both(turns(90, 1, 0), turns(240, 0, 1))));
  }

  @Test
  void ofManyClassesOneAnswerToAllIsNoBetter() {
    float[] always = {0.4f, 0.3f, 0.3f, 0.4f, 0.3f, 0.3f, 0.4f, 0.3f, 0.3f};
    assertEquals(Verdict.ONE_CLASS, verdict(new Predictions(3, always, new int[] {0, 1, 2})));
    assertEquals(Verdict.ONE_CLASS_SPLIT, verdict(new Predictions(3, always, new int[] {2, 2, 2})));
  }

  @Test
  void anEmptySplitIsNotMeasured() {
    assertEquals(
        new Assessment(Verdict.UNMEASURED, null, null, null, null), Assessment.of(Samples.empty()));
  }
}
