package io.convoy.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class ForecastTableTest {
  private static final PlannedCluster TWO = new PlannedCluster(2, 1, 1e12);

  private static Forecast forecast(double round) {
    RoundTime time = new RoundTime(round, 6_000_000, 0, RoundTime.Factored.NONE);
    EpochSteps steps = new EpochSteps(new Workload(1000, 10), new StepTime(1, 0.5, 2, 1));
    return new Forecast("mlp", steps, steps, time);
  }

  private static String advice(double round, PlannedCluster cluster, int frequency) {
    return ForecastTable.advice(forecast(round), cluster, frequency);
  }

  @Test
  void aRowHasTheEpochAndItsTraffic() {
    List<String> lines = ForecastTable.render(List.of(forecast(0.5)), TWO, 10).lines().toList();
    assertTrue(lines.get(0).startsWith("architecture  epoch_seconds  speed_up  rounds"));
    assertTrue(
        lines.get(2).matches("mlp +52\\.7 +1\\.90 +5 +3\\.0 MB +6\\.0 MB +5 % +averaging.*"),
        lines.get(2));
  }

  @Test
  void theTrafficOfATinyNetworkIsNotNothing() {
    RoundTime time = new RoundTime(1, 3_400, 0, RoundTime.Factored.NONE);
    EpochSteps steps = new EpochSteps(new Workload(1000, 10), new StepTime(1, 0.5, 2, 1));
    String table = ForecastTable.render(List.of(new Forecast("a", steps, steps, time)), TWO, 10);
    assertTrue(table.lines().toList().get(2).matches("a .* 1\\.7 kB +3\\.4 kB .*"), table);
  }

  @Test
  void theAdviceNamesTheFrequencyAndWhatItLoses() {
    assertEquals("averaging-frequency 5: 9 % lost, 1.82 times as fast", advice(0.5, TWO, 10));
  }

  @Test
  void aFrequencyThatDoesNotPayIsNamedBesideTheOneThatDoes() {
    assertEquals(
        "does not pay at 1; averaging-frequency 10: 10 % lost, 1.81 times as fast",
        advice(1, TWO, 1));
  }

  @Test
  void aClusterThatPaysAtNoFrequencyIsToldSo() {
    assertEquals(
        "does not pay: hardly faster than one executor (1.10 times as fast at 50)",
        advice(40, TWO, 10));
  }

  @Test
  void aClusterThatIsSlowerAtEveryFrequencyIsToldSo() {
    RoundTime time = new RoundTime(1, 8_000_000_000L, 0, RoundTime.Factored.NONE);
    EpochSteps steps = new EpochSteps(new Workload(20, 10), new StepTime(1, 0.5, 2, 1));
    Forecast slow = new Forecast("mlp", steps, steps, time);
    assertTrue(
        ForecastTable.advice(slow, new PlannedCluster(2, 1, 1), 16)
            .startsWith("does not pay: slower than one executor"));
  }

  @Test
  void oneExecutorGetsNoFrequency() {
    assertEquals("one executor has nothing to average with", advice(1, TWO.alone(), 10));
  }
}
