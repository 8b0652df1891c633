package io.convoy.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.convoy.plan.SearchForecast.Training;
import io.convoy.search.Rungs;
import java.util.List;
import org.junit.jupiter.api.Test;

class SearchForecastTest {
  /** Nine trials of one architecture for 1 epoch, three for 2 more, one for 6 more. */
  private static final SearchForecast ONE =
      new SearchForecast(9, new Rungs(1, 3, 9), List.of(new Training(9, 10)));

  @Test
  void eachRungCostsItsTrialsTheEpochsThatItHasMoreThanTheOneBefore() {
    assertEquals(9 + 3 * 2 + 6, ONE.epochs());
    assertEquals(81, ONE.epochsInFull());
  }

  @Test
  void executorsShareTheTrials() {
    assertEquals(210, ONE.seconds(1), 1e-9);
    assertEquals(70, ONE.seconds(3), 1e-9);
    assertEquals(210 / 9.0, ONE.seconds(100), 1e-9);
  }

  @Test
  void architecturesTakeTurns() {
    SearchForecast two =
        new SearchForecast(
            2, new Rungs(1, 3, 2), List.of(new Training(2, 1), new Training(1, 100)));
    assertEquals(3, two.epochs());
    assertEquals(102, two.seconds(1), 1e-9);
  }

  @Test
  void itsWordsSayHowManyTrialsGoOn() {
    assertEquals("9 trials, 3 of them for longer, 1 of them in full", ONE.words());
  }
}
