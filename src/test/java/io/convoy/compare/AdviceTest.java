package io.convoy.compare;

import static io.convoy.compare.Candidates.NONE;
import static io.convoy.compare.Candidates.constant;
import static io.convoy.compare.Candidates.wrongOn;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.evaluate.Predictions;
import java.util.List;
import org.junit.jupiter.api.Test;

class AdviceTest {
  private static void assertAdvice(String expected, Candidate... candidates) {
    assertEquals(expected, new Advice(new Comparison(List.of(candidates))).sentence());
  }

  @Test
  void aSmallNetworkThatCannotBeToldApartIsAdvised() {
    assertAdvice(
        "small cannot be told apart from the best, large, on 1,000 validation photos, with 20 % of its"
            + " parameters and 20 % of its time a photo: accuracy 0.797 against 0.800, difference -0.003,"
            + " 95 % interval -0.007 to 0.001.",
        Candidates.of("large", 1000, wrongOn(200, 1000)),
        Candidates.of("small", 200, wrongOn(203, 1000)));
  }

  private static List<String> groups(Candidate... candidates) {
    return new Advice(new Comparison(List.of(candidates))).groups();
  }

  @Test
  void groupsThatCannotBeToldApartAreNamedByTheirRanks() {
    assertEquals(
        List.of(
            "1-3 cannot be told apart on 1,000 validation photos; about 2,000 would tell some of them,"
                + " 7,900 all.",
            "4 can be told from all others."),
        groups(
            Candidates.of("a", 1000, wrongOn(200, 1000)),
            Candidates.of("b", 1000, wrongOn(201, 1000)),
            Candidates.of("c", 1000, wrongOn(204, 1000)),
            Candidates.of("d", 1000, wrongOn(300, 1000))));
  }

  @Test
  void aNetworkMayBeInTwoGroups() {
    List<String> groups =
        groups(
            Candidates.of("a", 1000, wrongOn(200, 1000)),
            Candidates.of("b", 1000, wrongOn(205, 1000)),
            Candidates.of("c", 1000, wrongOn(210, 1000)));
    assertEquals(2, groups.size());
    assertTrue(groups.get(0).startsWith("1 and 2 cannot be told apart on 1,000 "), groups.get(0));
    assertTrue(groups.get(1).startsWith("2 and 3 cannot be told apart on 1,000 "), groups.get(1));
  }

  /** Seven photos that tell have the p 2 / 2^7, and that six times for six pairs. */
  @Test
  void whatOnlyTheCorrectionKeepsTogetherIsSaidToBeSo() {
    assertAdvice(
        "small cannot be told apart from the best, large, on 1,000 validation photos, with 20 % of its"
            + " parameters and 20 % of its time a photo: accuracy 0.793 against 0.800, difference -0.007,"
            + " 95 % interval -0.013 to -0.001 (p 0.09, corrected for all pairs); its probabilities"
            + " are worse (mean squared error 0.1642 against 0.1600).",
        Candidates.of("large", 1000, wrongOn(200, 1000)),
        Candidates.of("other", 1000, wrongOn(201, 1000)),
        Candidates.of("third", 1000, wrongOn(202, 1000)),
        Candidates.of("small", 200, wrongOn(207, 1000)));
  }

  @Test
  void worseProbabilitiesAreSaidWhereDecisionsAreLevel() {
    Predictions level = wrongOn(203, 1000);
    float[] unsure = new float[1000];
    for (int i = 0; i < 1000; i++) {
      unsure[i] = level.probabilities()[i] > 0.5f ? 0.6f : 0.4f;
    }
    assertAdvice(
        "small cannot be told apart from the best, large, on 1,000 validation photos, with 0.5 % of its"
            + " parameters: accuracy 0.797 against 0.800, difference -0.003, 95 % interval -0.007 to"
            + " 0.001; its probabilities are worse (mean squared error 0.2006 against 0.1600).",
        Candidates.of("large", 1000, 60, null, wrongOn(200, 1000), NONE),
        Candidates.of("small", 5, 60, null, new Predictions(2, unsure, level.labels()), NONE));
  }

  @Test
  void ofManyClassesProbabilitiesAreComparedByBriersScore() {
    assertAdvice(
        "small is more often right than the one with the lowest error, large, on 900 test photos, with"
            + " 20 % of its parameters and 20 % of its time a photo: accuracy 0.900 against 0.800,"
            + " difference 0.100, 95 % interval 0.080 to 0.120; its probabilities are better (Brier"
            + " score 0.3200 against 0.4000).",
        Candidates.of("large", 1000, wrongOn(20, 90, 3), wrongOn(180, 900, 3)),
        Candidates.of("small", 200, wrongOn(21, 90, 3), wrongOn(90, 900, 3)));
  }

  @Test
  void aNetworkThatIsAheadIsCalledTheBest() {
    assertAdvice(
        "large is the best of 2 on 1,000 validation photos: accuracy 0.800, 95 % interval 0.774 to"
            + " 0.824; of the smaller ones small comes nearest, behind it by 0.100, 95 % interval 0.081"
            + " to 0.119.",
        Candidates.of("large", 1000, wrongOn(200, 1000)),
        Candidates.of("small", 200, wrongOn(300, 1000)));
  }

  @Test
  void largerNetworksThatCannotBeToldApartAreNamed() {
    assertAdvice(
        "small is the best of 2 on 1,000 validation photos: accuracy 0.800, 95 % interval 0.774 to"
            + " 0.824; none is much smaller; not to be told apart from it: large.",
        Candidates.of("large", 1000, wrongOn(203, 1000)),
        Candidates.of("small", 200, wrongOn(200, 1000)));
  }

  @Test
  void smallerNetworksThatAreOfNoUseAreNotCalledMissing() {
    assertAdvice(
        "large is the best of 2 on 1,000 validation photos: accuracy 0.800, 95 % interval 0.774 to"
            + " 0.824; no smaller one is better than a constant answer.",
        Candidates.of("large", 1000, wrongOn(200, 1000)),
        Candidates.of("small", 200, wrongOn(500, 1000)));
  }

  @Test
  void aNetworkThatIsMoreAccurateOnFreshPhotosIsNotCalledLevel() {
    assertAdvice(
        "small is more often right than the one with the lowest error, large, on 1,000 test photos, with"
            + " 20 % of its parameters and 20 % of its time a photo: accuracy 0.900 against 0.800,"
            + " difference 0.100, 95 % interval 0.081 to 0.119; its probabilities are better (mean"
            + " squared error 0.1000 against 0.1600).",
        Candidates.of("large", 1000, wrongOn(20, 100), wrongOn(200, 1000)),
        Candidates.of("small", 200, wrongOn(21, 100), wrongOn(100, 1000)));
  }

  @Test
  void aSingleNetworkGetsNoSuperlative() {
    assertAdvice(
        "only is right on 80 % of 1,000 validation photos: accuracy 0.800, 95 % interval 0.774 to"
            + " 0.824.",
        Candidates.of("only", 1000, wrongOn(200, 1000)));
  }

  @Test
  void thatNoneIsBetterThanAConstantIsSaidPlainly() {
    assertAdvice(
        "None of the 2 networks is better than a constant answer, as far as 1,000 validation photos"
            + " tell: do not use them.",
        Candidates.of("a", 1000, constant(0.5f, 1000)),
        Candidates.of("b", 200, constant(Float.NaN, 1000)));
    assertAdvice(
        "a is no better than a constant answer, as far as 1,000 validation photos tell: do not use it.",
        Candidates.of("a", 1000, constant(0.5f, 1000)));
  }

  @Test
  void aValidationSplitOfOneClassTellsNothing() {
    assertAdvice(
        "The validation photos are of one class only, so that nothing tells what the networks are"
            + " worth.",
        Candidates.of("a", 1000, new Predictions(2, new float[] {0.1f, 0.2f}, new int[] {0, 0})));
  }

  @Test
  void withoutPhotosToMeasureOnNothingIsSaid() {
    assertAdvice(
        "There are no validation or test photos, so that nothing tells what the networks are worth.",
        Candidates.of("a", 1000, NONE));
  }

  @Test
  void withoutValidationPhotosNothingIsRanked() {
    assertAdvice(
        "There are no validation photos, so that the networks are not ranked.",
        Candidates.of("a", 1000, NONE, wrongOn(200, 1000)));
  }
}
