package io.convoy.search;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RungsTest {
  @ParameterizedTest
  @CsvSource({
    "1, 3, 9, 2",
    "1, 3, 26, 2",
    "1, 3, 27, 3",
    "2, 4, 7, 0",
    "2, 4, 8, 1",
    "9, 3, 5, 0",
    "1, 2, 2147483647, 30"
  })
  void aRungIsThereWhereItsEpochsFitIntoTheLongestTraining(
      int minEpochs, int reduction, int longest, int top) {
    assertEquals(top, new Rungs(minEpochs, reduction, longest).top());
  }

  @ParameterizedTest
  @CsvSource({"0, 2", "1, 6", "2, 20"})
  void theLongestTrainingHasReductionTimesTheEpochsOnEachRungAndAllOnTheTop(int rung, int epochs) {
    assertEquals(epochs, new Rungs(2, 3, 20).epochs(rung, 20));
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "1, 2", "2, 5"})
  void aShorterTrainingHasTheSameShareOfItsEpochsRoundedUp(int rung, int epochs) {
    assertEquals(epochs, new Rungs(1, 3, 10).epochs(rung, 5));
  }

  @Test
  void aRungHasAThirdOfTheTrialsOfTheOneBefore() {
    assertEquals(List.of(25, 8, 2), new Rungs(1, 3, 9).counts(25));
    assertEquals(List.of(List.of(13, 4, 1), List.of(12, 4, 1)), new Rungs(1, 3, 9).counts(25, 2));
  }
}
