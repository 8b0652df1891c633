package io.convoy.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EpochPlanTest {
  private static int[] order(EpochPlan plan) {
    return plan.rounds().stream()
        .flatMap(List::stream)
        .flatMap(List::stream)
        .flatMapToInt(Arrays::stream)
        .toArray();
  }

  @Test
  void everyExampleIsVisitedOnceAnEpoch() {
    int[] order = order(EpochPlan.of(103, 8, 3, 2, 7, 1));
    assertArrayEquals(IntStream.range(0, 103).toArray(), Arrays.stream(order).sorted().toArray());
  }

  @Test
  void onlyTheLastMinibatchOfTheLastWorkerIsSmaller() {
    List<List<List<int[]>>> rounds = EpochPlan.of(103, 8, 3, 2, 7, 1).rounds();
    List<int[]> minibatches = rounds.stream().flatMap(List::stream).flatMap(List::stream).toList();
    assertEquals(13, minibatches.size());
    assertTrue(minibatches.subList(0, 12).stream().allMatch(minibatch -> minibatch.length == 8));
    assertEquals(7, minibatches.get(12).length);
  }

  @Test
  void noWorkerOfARoundIsIdle() {
    for (List<List<int[]>> workers : EpochPlan.of(103, 8, 4, 3, 7, 1).rounds()) {
      assertFalse(workers.stream().anyMatch(List::isEmpty));
    }
  }

  @Test
  void theWorkersOfARoundDifferByAtMostOneMinibatch() {
    for (List<List<int[]>> workers : EpochPlan.of(1000, 8, 4, 3, 7, 1).rounds()) {
      int most = workers.stream().mapToInt(List::size).max().orElseThrow();
      int least = workers.stream().mapToInt(List::size).min().orElseThrow();
      assertTrue(most - least <= 1);
    }
  }

  @Test
  void theSameSeedAndEpochGiveTheSameOrder() {
    assertArrayEquals(
        order(EpochPlan.of(50, 8, 2, 2, 7, 3)), order(EpochPlan.of(50, 8, 2, 2, 7, 3)));
  }

  @Test
  void anotherEpochHasAnotherOrder() {
    assertFalse(
        Arrays.equals(
            order(EpochPlan.of(50, 8, 2, 2, 7, 1)), order(EpochPlan.of(50, 8, 2, 2, 7, 2))));
  }

  @Test
  void anotherSeedHasAnotherOrder() {
    assertFalse(
        Arrays.equals(
            order(EpochPlan.of(50, 8, 2, 2, 7, 1)), order(EpochPlan.of(50, 8, 2, 2, 8, 1))));
  }
}
