package io.convoy.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class RoundTimeTest {
  /** Fast enough that it takes no time. */
  private static final double NO_NETWORK = 1e12;

  /** 8 Gbit/s: a gigabyte a second. */
  private static final double GIGABYTE = 8;

  private static final RoundTime ROUND =
      new RoundTime(3, 1_000_000_000, 2_000_000_000, RoundTime.Factored.NONE);

  private static PlannedCluster cluster(int executors, double gigabits) {
    return new PlannedCluster(executors, 1, gigabits);
  }

  private static double seconds(int executors, double gigabits) {
    return ROUND.seconds(cluster(executors, gigabits), 1);
  }

  @Test
  void withoutANetworkBetweenThemTwoExecutorsTakeWhatWasMeasured() {
    assertEquals(3, seconds(2, NO_NETWORK), 1e-6);
  }

  @Test
  void oneExecutorHasNoRound() {
    assertEquals(0, seconds(1, GIGABYTE), 1e-9);
  }

  @Test
  void moreThanTwoHandleMoreOfTheParametersEachAndHaveMoreMessagesAndBlocks() {
    double messagesAndBlocks = 6 * (0.0001 + 2 * 0.001);
    assertEquals(0.005 + 2.995 * 3.75 / 3 + messagesAndBlocks, seconds(8, NO_NETWORK), 1e-6);
  }

  @Test
  void eachExecutorReceivesItsShareFromAllOthersAndThenTheirMeans() {
    assertEquals(seconds(2, NO_NETWORK) + 2 * 0.5, seconds(2, GIGABYTE), 1e-6);
    assertEquals(seconds(4, NO_NETWORK) + 2 * 0.75, seconds(4, GIGABYTE), 1e-6);
    assertEquals(750_000_000, ROUND.bytesToExecutor(cluster(4, GIGABYTE), 1));
    assertEquals(750_000_000, ROUND.bytesFromExecutor(cluster(4, GIGABYTE), 1));
  }

  @Test
  void workersThatShareMinibatchesSendTheFactorsOfDenseLayersInThePlaceOfTheirWeights() {
    RoundTime.Factored dense = new RoundTime.Factored(900_000_000, 80_000_000);
    RoundTime round = new RoundTime(3, 1_000_000_000, 2_000_000_000, dense);
    PlannedCluster four = cluster(4, GIGABYTE);

    assertEquals(75_000_000, round.bytesToExecutor(four, 1));
    assertEquals(75_000_000 + 60_000_000, round.bytesFromExecutor(four, 1));
    double handled = 0.1 * 3.5 + 2 * 0.08;
    double messagesAndBlocks = 0.005 + 2 * (0.0001 + 2 * 0.001);
    double sent = 2 * 0.075 + 0.06;
    assertEquals(messagesAndBlocks + 2.995 * handled / 3 + sent, round.seconds(four, 1), 1e-6);
  }

  @Test
  void workersThatAreAveragedAfterMoreThanAMinibatchSendTheirWeights() {
    RoundTime.Factored dense = new RoundTime.Factored(900_000_000, 80_000_000);
    RoundTime round = new RoundTime(3, 1_000_000_000, 2_000_000_000, dense);
    PlannedCluster four = cluster(4, GIGABYTE);
    assertEquals(seconds(4, GIGABYTE), round.seconds(four, 2), 1e-9);
    assertEquals(750_000_000, round.bytesFromExecutor(four, 2));
  }

  @Test
  void aSlowerNetworkMakesARoundLonger() {
    assertTrue(seconds(4, 1) > seconds(4, 10));
  }

  @Test
  void theLastRoundAveragesTheOptimizersStateTooAndGivesTheDriverAll() {
    double averaged = 0.005 + 3 * 2.995;
    double given = 2.995;
    assertEquals(averaged + given, ROUND.lastSeconds(cluster(2, NO_NETWORK)), 1e-6);
    assertEquals(given, ROUND.lastSeconds(cluster(1, NO_NETWORK)), 1e-6);
    assertEquals(averaged + given + 2 * 1.5 + 3, ROUND.lastSeconds(cluster(2, GIGABYTE)), 1e-6);
  }

  @Test
  void theRoundOfATinyNetworkIsMessagesHoweverMuchIsAveraged() {
    RoundTime tiny = new RoundTime(0.002, 1000, 2000, RoundTime.Factored.NONE);
    assertEquals(0.002, tiny.lastSeconds(cluster(2, NO_NETWORK)), 1e-6);
  }
}
