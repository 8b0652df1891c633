package io.convoy.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.convoy.evaluate.Predictions;
import io.convoy.evaluate.TemperatureScaling;
import io.convoy.settings.Architecture;
import io.convoy.settings.Loss;
import io.convoy.settings.Optimizer;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RemarkTest {
  private static final Predictions NONE = Predictions.none(2);

  /** A hundred photos; dogs and cats by turns have these probabilities by turns. */
  private static Predictions hundred(float[] dogs, float[] cats) {
    float[] probabilities = new float[100];
    for (int i = 0; i < 50; i++) {
      probabilities[2 * i] = dogs[i % dogs.length];
      probabilities[2 * i + 1] = cats[i % cats.length];
    }
    return new Predictions(2, probabilities, IntStream.range(0, 100).map(i -> i % 2).toArray());
  }

  private static Optional<String> remark(Predictions validation, Predictions test) {
    return remark(validation, test, List.of("dog", "cat"));
  }

  private static Optional<String> remark(
      Predictions validation, Predictions test, List<String> classes) {
    SplitResult validated = SplitResult.ofValidation(validation);
    ArchitectureResult result =
        new ArchitectureResult(
            new Architecture("a", List.of(), Loss.MSE, new Optimizer.Sgd(0.01), 32, 5),
            123,
            456,
            100,
            5,
            3,
            2,
            16,
            4.0,
            null,
            validated,
            SplitResult.ofTest(test, validated),
            TemperatureScaling.UNKNOWN,
            Optional.empty());
    return new Remark(result, classes).text();
  }

  private static void assertRemark(String expected, Predictions validation) {
    assertEquals(Optional.of(expected), remark(validation, NONE));
  }

  @Test
  void nothingIsSaidOfANetworkThatIsBetterThanAConstant() {
    assertEquals(
        Optional.empty(),
        remark(hundred(new float[] {0.1f, 0.6f}, new float[] {0.9f, 0.4f, 0.8f}), NONE));
  }

  @Test
  void oneClassForAllIsSaid() {
    assertRemark(
        "no better than a constant answer: it calls every photo dog",
        hundred(new float[] {0.5f}, new float[] {0.5f}));
    assertRemark(
        "no better than a constant answer: it calls every photo cat",
        hundred(new float[] {0.6f}, new float[] {0.6f}));
  }

  @Test
  void aNetworkThatGuessesIsNoBetterThanAConstant() {
    float[] both = {0.2f, 0.9f};
    assertRemark(
        "no better than a constant answer: mean squared error 0.3750 against a constant's 0.2500; AUC"
            + " 0.500 (95 % interval 0.401 to 0.599)",
        hundred(both, both));
  }

  @Test
  void probabilitiesWorseThanAConstantsAreSaid() {
    assertRemark(
        "its probabilities are no better than a constant answer though it ranks: mean squared error"
            + " 0.3980 against a constant's 0.2500; AUC 0.660 (95 % interval 0.561 to 0.759)",
        hundred(new float[] {0, 0, 0, 1, 1}, new float[] {1, 1, 1, 0, 0.01f}));
  }

  @Test
  void aClassForAllIsSaidOfABetterNetworkToo() {
    assertRemark(
        "calls every photo dog at the threshold 0.5 though it ranks them",
        hundred(new float[] {0.1f}, new float[] {0.45f}));
  }

  private static Optional<String> ofThree(float first, float second, int images) {
    Predictions.Builder predictions = new Predictions.Builder(3);
    for (int i = 0; i < images; i++) {
      predictions.add(new float[] {first, second, 1 - first - second}, i % 3);
    }
    return remark(predictions.build(), Predictions.none(3), List.of("ant", "bee", "wasp"));
  }

  @Test
  void ofManyClassesTheOneThatAllAreCalledIsNamed() {
    assertEquals(
        Optional.of("no better than a constant answer: it calls every photo bee"),
        ofThree(0.2f, 0.6f, 90));
  }

  @Test
  void ofManyClassesTheErrorIsBriersScore() {
    Predictions.Builder guesses = new Predictions.Builder(3);
    for (int i = 0; i < 90; i++) {
      float[] outputs = new float[3];
      outputs[i / 3 % 3] = 1;
      guesses.add(outputs, i % 3);
    }
    assertEquals(
        Optional.of(
            "no better than a constant answer: Brier score 1.3333 against a constant's 0.6667;"
                + " accuracy 0.333 (95 % interval 0.245 to 0.436)"),
        remark(guesses.build(), Predictions.none(3), List.of("ant", "bee", "wasp")));
  }

  @Test
  void aDivergedNetworkIsCalledSo() {
    assertRemark(
        "diverged: its answers are no numbers", hundred(new float[] {Float.NaN}, new float[] {1}));
  }

  @Test
  void aSplitOfOneClassMeasuresNothing() {
    assertRemark(
        "not measured: the validation split has photos of one class only",
        new Predictions(2, new float[] {0.9f, 0.8f}, new int[] {1, 1}));
  }

  @Test
  void withoutValidationPhotosTheTestSplitTells() {
    assertEquals(
        Optional.of("no better than a constant answer: it calls every photo dog"),
        remark(NONE, hundred(new float[] {0.5f}, new float[] {0.5f})));
  }

  @Test
  void withoutAnyPhotosNothingIsMeasured() {
    assertRemark("not measured: there are no photos to measure it on", NONE);
  }
}
