package io.convoy.compare;

import static io.convoy.compare.Candidates.NONE;
import static io.convoy.compare.Candidates.constant;
import static io.convoy.compare.Candidates.wrongOn;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.convoy.evaluate.Predictions;
import io.convoy.settings.SettingsLoader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  private static Optional<String> best(Candidate... candidates) {
    return new Comparison(List.of(candidates)).best().map(Candidate::label);
  }

  private static Optional<String> alternative(Candidate... candidates) {
    return new Comparison(List.of(candidates)).alternative().map(each -> each.candidate().label());
  }

  @Test
  void theBestHasTheLowestErrorOnValidation() {
    assertEquals(
        Optional.of("good"),
        best(
            Candidates.of("poor", 100, wrongOn(300, 1000)),
            Candidates.of("good", 900, wrongOn(200, 1000))));
  }

  @Test
  void aConstantIsNeverTheBest() {
    assertEquals(Optional.empty(), best(Candidates.of("constant", 100, constant(0.5f, 1000))));
  }

  @Test
  void aNetworkWithLowErrorThatDoesNotRankIsPassedOver() {
    Candidate unsure = Candidates.of("unsure", 100, wrongOn(2, 6));
    assertEquals(Optional.empty(), best(unsure));
  }

  @Test
  void aDivergedNetworkIsNeverTheBest() {
    assertEquals(Optional.empty(), best(Candidates.of("nan", 100, constant(Float.NaN, 1000))));
  }

  @Test
  void withoutValidationPhotosThereIsNoBest() {
    assertEquals(Optional.empty(), best(Candidates.of("a", 100, NONE, wrongOn(100, 1000))));
  }

  @Test
  void theAlternativeIsTheSmallestThatCannotBeToldApart() {
    assertEquals(
        Optional.of("small"),
        alternative(
            Candidates.of("large", 1000, wrongOn(200, 1000)),
            Candidates.of("middle", 500, wrongOn(201, 1000)),
            Candidates.of("small", 300, wrongOn(203, 1000)),
            Candidates.of("tiny", 100, wrongOn(300, 1000))));
  }

  @Test
  void aNetworkThatIsHardlySmallerIsNoAlternative() {
    assertEquals(
        Optional.empty(),
        alternative(
            Candidates.of("large", 1000, wrongOn(200, 1000)),
            Candidates.of("other", 950, wrongOn(201, 1000))));
  }

  @Test
  void photosThatNothingWasChosenOnTellWhereThereAreSome() {
    Comparison comparison =
        new Comparison(
            List.of(
                Candidates.of("large", 1000, wrongOn(20, 100), wrongOn(200, 1000)),
                Candidates.of("small", 100, wrongOn(21, 100), wrongOn(300, 1000))));
    assertEquals("test", comparison.split());
    assertEquals(Optional.empty(), comparison.alternative());
  }

  @Test
  void aTestSplitOfOneClassIsNotComparedOn() {
    Predictions dogs = new Predictions(2, new float[] {0.1f, 0.2f}, new int[] {0, 0});
    assertEquals(
        "validation",
        new Comparison(List.of(Candidates.of("a", 100, wrongOn(20, 100), dogs))).split());
  }

  @Test
  void onlyNetworksThatNoOtherBeatsAreWorthTheirCost() {
    Comparison comparison =
        new Comparison(
            List.of(
                Candidates.of("large", 1000, wrongOn(200, 1000)),
                Candidates.of("useless", 800, wrongOn(320, 1000)),
                Candidates.of("middle", 500, wrongOn(300, 1000)),
                Candidates.of("small", 100, wrongOn(330, 1000)),
                Candidates.of("constant", 1, constant(0.5f, 1000))));
    assertEquals(
        List.of("small", "middle", "large"),
        comparison.pareto(Cost.PARAMETERS).stream().map(Candidate::label).toList());
  }

  @Test
  void networksWithoutAKnownCostAreLeftOut() {
    Comparison comparison =
        new Comparison(
            List.of(
                Candidates.of("timed", 100, 60, 0.001, wrongOn(200, 1000), NONE),
                Candidates.of("old", 100, 30, null, wrongOn(200, 1000), NONE)));
    assertEquals(
        List.of("timed"),
        comparison.pareto(Cost.INFERENCE).stream().map(Candidate::label).toList());
    assertEquals(
        List.of("old"), comparison.pareto(Cost.TRAINING).stream().map(Candidate::label).toList());
  }

  @Test
  void allFoldsOfANetworkAreComparedAsOneWhateverTheirOrder() {
    List<Candidate> folds =
        new SettingsLoader()
                .load("train.folds = 2, defaults = [mlp]", "test", Map.of())
                .settings()
                .repeated()
                .architectures()
                .stream()
                .map(each -> Candidates.of(each, 100, 60, 1e-6, validated(each.name()), NONE))
                .toList();

    List<Candidate> joined = Candidate.ofAllFolds(folds);
    List<Candidate> turned = Candidate.ofAllFolds(List.of(folds.get(1), folds.get(0)));

    assertEquals(List.of("mlp"), joined.stream().map(Candidate::label).toList());
    assertEquals(0.7, joined.get(0).result().validation().metrics().accuracy(), 1e-9);
    assertArrayEquals(
        joined.get(0).validation().probabilities(), turned.get(0).validation().probabilities());
    assertEquals(List.of(), Candidate.ofAllFolds(folds.subList(0, 1)));
  }

  private static Predictions validated(String name) {
    return name.endsWith("1") ? wrongOn(200, 1000) : wrongOn(400, 1000);
  }
}
