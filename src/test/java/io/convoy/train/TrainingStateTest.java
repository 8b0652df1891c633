package io.convoy.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.convoy.averaging.Applied;
import org.junit.jupiter.api.Test;

class TrainingStateTest {
  private static TrainingState standing(int minibatches, double lossSum) {
    return new TrainingState(3, minibatches, 100, lossSum, Applied.NOTHING);
  }

  @Test
  void smallerMinibatchesAreMore() {
    assertEquals(standing(10, 7), standing(5, 7).inMinibatchesOf(8, 4));
  }

  @Test
  void imagesOfABegunMinibatchAreTrainedAgainAndCountOnce() {
    assertEquals(standing(2, 4), standing(5, 5).inMinibatchesOf(4, 8));
  }

  @Test
  void minibatchesOfTheSameSizeStay() {
    TrainingState standing = standing(5, 7);
    assertSame(standing, standing.inMinibatchesOf(8, 8));
  }

  @Test
  void theStartOfAnEpochIsTheSameForAllSizes() {
    assertEquals(TrainingState.START, TrainingState.START.inMinibatchesOf(8, 4));
  }
}
