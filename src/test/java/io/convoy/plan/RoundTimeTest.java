package io.convoy.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class RoundTimeTest {
  /** Fast enough that it takes no time. */
  private static final double NO_NETWORK = 1e12;

  /** 8 Gbit/s: a gigabyte a second. */
  private static final double GIGABYTE = 8;

  private static final RoundTime ROUND = new RoundTime(3, 1_000_000_000);

  private static double seconds(int executors, double gigabits) {
    return ROUND.seconds(new PlannedCluster(executors, 1, gigabits));
  }

  @Test
  void withoutANetworkBetweenThemExecutorsTakeWhatWasMeasured() {
    assertEquals(3, seconds(2, NO_NETWORK), 1e-6);
    assertEquals(3, seconds(8, NO_NETWORK), 1e-6);
  }

  @Test
  void oneExecutorExchangesNothing() {
    assertEquals(3, seconds(1, GIGABYTE), 1e-9);
  }

  @Test
  void eachExecutorReceivesItsShareFromAllOthersAndThenTheirMeans() {
    assertEquals(3 + 2 * 0.5, seconds(2, GIGABYTE), 1e-9);
    assertEquals(3 + 2 * 0.75, seconds(4, GIGABYTE), 1e-9);
  }

  @Test
  void aSlowerNetworkMakesARoundLonger() {
    assertTrue(seconds(4, 1) > seconds(4, 10));
  }
}
