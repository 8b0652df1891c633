package io.convoy.search;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.convoy.search.SuccessiveHalving.State;
import io.convoy.search.SuccessiveHalving.TrialRung;
import io.convoy.settings.Metric;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class SuccessiveHalvingTest {
  private static final Rungs NINE = new Rungs(1, 3, 9);

  private static SuccessiveHalving halving(int trials) {
    return new SuccessiveHalving(Collections.nCopies(trials, "one"), NINE, Metric.MSE);
  }

  private static void tellNext(SuccessiveHalving halving, double value) {
    halving.tell(halving.next().orElseThrow(), value);
  }

  /** All that a search trains one after the other, each as {@code trial/rung}. */
  private static List<String> order(SuccessiveHalving halving, IntToDoubleFunction value) {
    List<String> order = new ArrayList<>();
    for (Optional<TrialRung> at = halving.next(); at.isPresent(); at = halving.next()) {
      order.add(at.get().trial() + "/" + at.get().rung());
      halving.tell(at.get(), value.applyAsDouble(at.get().trial()));
    }
    return order;
  }

  /** The first trial is the best, the second the next, and so on. */
  @Test
  void theBestThirdOfARungGoesOnAsSoonAsThereAreThree() {
    assertEquals(
        List.of(
            "1/0", "2/0", "3/0", "1/1", "4/0", "5/0", "6/0", "2/1", "7/0", "8/0", "9/0", "3/1",
            "1/2"),
        order(halving(9), trial -> trial));
  }

  /** Each trial is better than all before. */
  @Test
  void aTrialThatIsAmongTheBestThirdSoFarGoesOnAtOnce() {
    assertEquals(
        List.of("1/0", "2/0", "3/0", "3/1", "4/0", "4/1", "5/0", "5/1", "5/2", "6/0", "6/1", "6/2"),
        order(halving(6), trial -> -trial));
  }

  @Test
  void aPromotionToAHigherRungComesFirst() {
    SuccessiveHalving halving = halving(20);
    for (int trial = 1; trial <= 9; trial++) {
      halving.tell(new TrialRung(trial, 0), trial);
    }
    for (int trial = 1; trial <= 3; trial++) {
      halving.tell(new TrialRung(trial, 1), trial);
    }
    halving.tell(new TrialRung(10, 0), 0.5);
    assertEquals(Optional.of(new TrialRung(1, 2)), halving.next());
    assertEquals(Optional.of(new TrialRung(10, 1)), halving.next());
    assertEquals(Optional.of(new TrialRung(11, 0)), halving.next());
  }

  /** The trials of the slow architecture are worse than all others at first. */
  @Test
  void trialsCompeteWithThoseOfTheirArchitectureAlone() {
    SuccessiveHalving halving =
        new SuccessiveHalving(
            List.of("fast", "slow", "fast", "slow", "fast", "slow"), NINE, Metric.MSE);

    assertEquals(
        List.of("1/0", "2/0", "3/0", "4/0", "5/0", "1/1", "6/0", "2/1"),
        order(halving, trial -> trial % 2 == 1 ? trial : 100 + trial));
    assertEquals(List.of(1, 2, 3, 5, 4, 6), halving.best(6));
    assertEquals(List.of(1, 2), halving.best(2));
  }

  @Test
  void nothingIsPromotedTwice() {
    SuccessiveHalving halving = halving(3);
    for (int i = 0; i < 3; i++) {
      tellNext(halving, i);
    }
    assertEquals(Optional.of(new TrialRung(1, 1)), halving.next());
    assertEquals(Optional.empty(), halving.next());
  }

  @Test
  void whileTrialsRunOthersBegin() {
    SuccessiveHalving halving = halving(3);
    assertEquals(Optional.of(new TrialRung(1, 0)), halving.next());
    assertEquals(Optional.of(new TrialRung(2, 0)), halving.next());
    assertEquals(Optional.of(new TrialRung(3, 0)), halving.next());
    assertEquals(Optional.empty(), halving.next());
    halving.tell(new TrialRung(3, 0), 1);
    halving.tell(new TrialRung(1, 0), 2);
    halving.tell(new TrialRung(2, 0), 3);
    assertEquals(Optional.of(new TrialRung(3, 1)), halving.next());
  }

  @Test
  void ofEqualTrialsTheFirstGoesOn() {
    SuccessiveHalving halving = halving(3);
    for (int i = 0; i < 3; i++) {
      tellNext(halving, 0.25);
    }
    assertEquals(Optional.of(new TrialRung(1, 1)), halving.next());
  }

  @Test
  void aMetricThatIsBetterWhenItIsHigherPromotesTheHighest() {
    SuccessiveHalving halving =
        new SuccessiveHalving(Collections.nCopies(3, "one"), NINE, Metric.ACCURACY);
    tellNext(halving, 0.5);
    tellNext(halving, 0.9);
    tellNext(halving, 0.7);
    assertEquals(Optional.of(new TrialRung(2, 1)), halving.next());
  }

  @Test
  void aTrialThatDivergesCountsInItsRungAndNeverGoesOn() {
    SuccessiveHalving halving = halving(3);
    tellNext(halving, Double.NaN);
    tellNext(halving, Double.NaN);
    tellNext(halving, 7);
    assertEquals(State.FAILED, halving.state(new TrialRung(1, 0)));
    assertEquals(Optional.of(new TrialRung(3, 1)), halving.next());
  }

  @Test
  void ofTrialsThatAllDivergeNoneGoesOn() {
    SuccessiveHalving halving = halving(3);
    for (int i = 0; i < 3; i++) {
      tellNext(halving, Double.NaN);
    }
    assertEquals(Optional.empty(), halving.next());
    assertEquals(List.of(), halving.best(3));
  }

  @Test
  void aStepIsRunningUntilItIsToldOf() {
    SuccessiveHalving halving = halving(3);
    TrialRung first = halving.next().orElseThrow();
    assertEquals(State.RUNNING, halving.state(first));
    halving.tell(first, 1);
    assertEquals(State.STOPPED, halving.state(first));
    tellNext(halving, 2);
    tellNext(halving, 3);
    halving.next();
    assertEquals(State.PROMOTED, halving.state(first));
  }

  @Test
  void aTrialOnTheTopRungIsFinished() {
    SuccessiveHalving halving = halving(1);
    halving.tell(new TrialRung(1, 2), 1);
    assertEquals(State.FINISHED, halving.state(new TrialRung(1, 2)));
  }

  @Test
  void theBestAreThoseOfTheHighestRungAndThereByTheMetric() {
    SuccessiveHalving halving = halving(5);
    for (int trial = 1; trial <= 5; trial++) {
      halving.tell(new TrialRung(trial, 0), trial);
    }
    halving.tell(new TrialRung(2, 1), 0.9);
    halving.tell(new TrialRung(4, 1), 0.8);
    assertEquals(List.of(4, 2, 1, 3), halving.best(4));
    assertEquals(5, halving.tried());
  }

  @Test
  void aTrialThatDivergesLaterIsNoneOfTheBest() {
    SuccessiveHalving halving = halving(3);
    for (int trial = 1; trial <= 3; trial++) {
      halving.tell(new TrialRung(trial, 0), trial);
    }
    halving.tell(new TrialRung(1, 1), Double.NaN);
    assertEquals(List.of(2, 3), halving.best(3));
  }

  @Test
  void aSearchThatIsToldItsResultsAgainGoesOnAlike() {
    SuccessiveHalving whole = halving(20);
    SuccessiveHalving resumed = halving(20);
    for (int i = 0; i < 12; i++) {
      TrialRung at = whole.next().orElseThrow();
      double value = (at.trial() * 7) % 11;
      whole.tell(at, value);
      resumed.tell(at, value);
    }
    TrialRung running = whole.next().orElseThrow();
    resumed.begin(running);
    assertEquals(
        order(whole, trial -> (trial * 7) % 11), order(resumed, trial -> (trial * 7) % 11));
  }

  @Test
  void aSearchOfOneRungTrainsEachTrialInFull() {
    SuccessiveHalving halving =
        new SuccessiveHalving(List.of("one", "one"), new Rungs(5, 3, 9), Metric.MSE);
    assertEquals(List.of("1/0", "2/0"), order(halving, trial -> trial));
    assertEquals(State.FINISHED, halving.state(new TrialRung(1, 0)));
  }
}
