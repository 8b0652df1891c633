package io.convoy.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class RoundTimeTest {
  /** Fast enough that it takes no time. */
  private static final double NO_NETWORK = 1e12;

  /** 8 Gbit/s: a gigabyte a second. */
  private static final double GIGABYTE = 8;

  private static final RoundTime ROUND = new RoundTime(3, 1_000_000_000, 500_000_000);

  private static double seconds(int executors, double gigabits) {
    return ROUND.seconds(new PlannedCluster(executors, 1, gigabits));
  }

  @Test
  void withoutANetworkBetweenThemExecutorsTakeWhatWasMeasured() {
    assertEquals(3, seconds(2, NO_NETWORK), 1e-6);
    assertEquals(3, seconds(8, NO_NETWORK), 1e-6);
  }

  @Test
  void oneExecutorReceivesTheBroadcastOnceAndExchangesNothing() {
    assertEquals(3 + 1 + 0.5, seconds(1, GIGABYTE), 1e-9);
  }

  @Test
  void theDriverSendsTwoCopiesToTheTorrentAndReceivesTheMeansOnce() {
    assertEquals(3 + 2 + 0.25 + 0.5, seconds(2, GIGABYTE), 1e-9);
  }

  @Test
  void eachExecutorReceivesItsShareFromAllOthers() {
    assertEquals(3 + 2 + 3 * 0.5 / 4 + 0.5, seconds(4, GIGABYTE), 1e-9);
  }

  @Test
  void aSlowerNetworkMakesARoundLonger() {
    assertTrue(seconds(4, 1) > seconds(4, 10));
  }
}
