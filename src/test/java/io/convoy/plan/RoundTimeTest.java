package io.convoy.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class RoundTimeTest {
  /** Fast enough that it takes no time. */
  private static final double NO_NETWORK = 1e12;

  /** 8 Gbit/s: a gigabyte a second. */
  private static final double GIGABYTE = 8;

  private static RoundTime round(int slices, double receiving, double averaging) {
    return new RoundTime(
        3, 2, new RoundTime.State(1_000_000_000, 500_000_000, slices), receiving, averaging);
  }

  private static double seconds(RoundTime round, int executors, int cores, double gigabits) {
    return round.seconds(new Cluster(executors, cores, gigabits));
  }

  @Test
  void twoExecutorsTakeWhatWasMeasuredAndReceiveTheBroadcast() {
    assertEquals(3.25, seconds(round(10, 0.25, 1), 2, 1, NO_NETWORK), 1e-6);
  }

  @Test
  void oneExecutorReceivesTheBroadcastOnceAndExchangesNothing() {
    assertEquals(3 + 1 + 0.5, seconds(round(10, 0, 0), 1, 1, GIGABYTE), 1e-9);
  }

  @Test
  void theDriverSendsTwoCopiesToTheTorrentAndReceivesTheMeansOnce() {
    assertEquals(3 + 2 + 0.25 + 0.5, seconds(round(10, 0, 0), 2, 1, GIGABYTE), 1e-9);
  }

  @Test
  void theExecutorWithMostSlicesReceivesThemFromAllOthers() {
    double exchange = 3 * 0.5 * 3 / 10;
    assertEquals(3 + 2 + exchange + 0.5, seconds(round(10, 0, 0), 4, 1, GIGABYTE), 1e-9);
  }

  @Test
  void averagingTakesAsManyTurnsAsThereAreSlicesToASlot() {
    double twoInTwoSlots = 2 * 1 * 5.0 / 10;
    double fourInEightSlots = 4 * 1 * 2.0 / 10;
    assertEquals(
        3 - twoInTwoSlots + fourInEightSlots, seconds(round(10, 0, 1), 4, 2, NO_NETWORK), 1e-6);
  }

  @Test
  void oneSliceIsAveragedByOneTaskHoweverManyCoresThereAre() {
    assertEquals(3 - 2 + 4, seconds(round(1, 0, 1), 4, 64, NO_NETWORK), 1e-6);
  }

  @Test
  void aSlowerNetworkMakesARoundLonger() {
    assertTrue(seconds(round(10, 0, 0), 4, 1, 1) > seconds(round(10, 0, 0), 4, 1, 10));
  }
}
