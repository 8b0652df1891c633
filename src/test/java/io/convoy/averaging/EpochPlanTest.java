package io.convoy.averaging;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.settings.AveragingFrequency;
import io.convoy.settings.AveragingFrequency.Stage;
import io.convoy.settings.BatchOf;
import io.convoy.settings.Precision;
import io.convoy.settings.UpdaterState;
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

  private static EpochPlan plan(
      int examples, int workers, int averagingFrequency, long seed, int epoch) {
    return EpochPlan.of(examples, workers(workers, averagingFrequency, seed), epoch, 0);
  }

  private static WorkerPlan workers(int workers, int averagingFrequency, long seed) {
    return new WorkerPlan(workers, 1, 8, averagingFrequency, 0, seed);
  }

  @Test
  void everyExampleIsVisitedOnceAnEpoch() {
    int[] order = order(plan(103, 3, 2, 7, 1));
    assertArrayEquals(IntStream.range(0, 103).toArray(), Arrays.stream(order).sorted().toArray());
  }

  @Test
  void onlyTheLastMinibatchOfTheLastWorkerIsSmaller() {
    List<List<List<int[]>>> rounds = plan(103, 3, 2, 7, 1).rounds();
    List<int[]> minibatches = rounds.stream().flatMap(List::stream).flatMap(List::stream).toList();
    assertEquals(13, minibatches.size());
    assertTrue(minibatches.subList(0, 12).stream().allMatch(minibatch -> minibatch.length == 8));
    assertEquals(7, minibatches.get(12).length);
  }

  @Test
  void noWorkerOfARoundIsIdle() {
    for (List<List<int[]>> workers : plan(103, 4, 3, 7, 1).rounds()) {
      assertFalse(workers.stream().anyMatch(List::isEmpty));
    }
  }

  @Test
  void theWorkersOfARoundDifferByAtMostOneMinibatch() {
    for (List<List<int[]>> workers : plan(1000, 4, 3, 7, 1).rounds()) {
      int most = workers.stream().mapToInt(List::size).max().orElseThrow();
      int least = workers.stream().mapToInt(List::size).min().orElseThrow();
      assertTrue(most - least <= 1);
    }
  }

  @Test
  void theSameSeedAndEpochGiveTheSameOrder() {
    assertArrayEquals(order(plan(50, 2, 2, 7, 3)), order(plan(50, 2, 2, 7, 3)));
  }

  @Test
  void anotherEpochHasAnotherOrder() {
    assertFalse(Arrays.equals(order(plan(50, 2, 2, 7, 1)), order(plan(50, 2, 2, 7, 2))));
  }

  @Test
  void anotherSeedHasAnotherOrder() {
    assertFalse(Arrays.equals(order(plan(50, 2, 2, 7, 1)), order(plan(50, 2, 2, 8, 1))));
  }

  @Test
  void theRestOfAnEpochIsItsLastRounds() {
    EpochPlan whole = plan(103, 3, 2, 7, 1);

    EpochPlan rest = EpochPlan.of(103, workers(3, 2, 7), 1, 6);

    assertEquals(whole.rounds().size() - 1, rest.rounds().size());
    int[] order = order(whole);
    assertArrayEquals(Arrays.copyOfRange(order, 6 * 8, order.length), order(rest));
  }

  @Test
  void theRestOfAnEpochOnAnotherNumberOfWorkersHasTheSameImages() {
    int[] two = order(EpochPlan.of(103, workers(2, 2, 7), 1, 4));

    int[] five = order(EpochPlan.of(103, workers(5, 2, 7), 1, 4));

    assertArrayEquals(two, five);
  }

  @Test
  void theEpochsStageSaysHowOftenIsAveraged() {
    AveragingFrequency stages =
        new AveragingFrequency(List.of(new Stage(2, 1), new Stage(AveragingFrequency.END, 4)));
    WorkerPlan plan =
        new WorkerPlan(2, 1, Precision.FLOAT32, 8, BatchOf.WORKER, stages, UpdaterState.KEPT, 0, 7);

    assertEquals(7, EpochPlan.of(103, plan, 2, 0).rounds().size());
    assertEquals(2, EpochPlan.of(103, plan, 3, 0).rounds().size());
  }

  @Test
  void aFrequencyBeyondTheEpochIsOneRound() {
    assertEquals(1, plan(103, 3, Integer.MAX_VALUE, 7, 1).rounds().size());
  }
}
