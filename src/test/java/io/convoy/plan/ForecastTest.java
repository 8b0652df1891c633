package io.convoy.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForecastTest {
  private static final PlannedCluster TWO = new PlannedCluster(2, 1, 1e12);

  /** 100 steps of 1 s, and a round that takes so long on any cluster. */
  private static Forecast forecast(double round) {
    RoundTime time = new RoundTime(round, 1000, 0, RoundTime.Factored.NONE);
    EpochSteps steps = new EpochSteps(new Workload(1000, 10), new StepTime(1, 0.5, 2, 1));
    return new Forecast("mlp", steps, steps, time);
  }

  @Test
  void anEpochIsItsStepsAndItsRounds() {
    EpochForecast epoch = forecast(0.5).epoch(TWO, 10);
    assertEquals(5, epoch.rounds());
    assertEquals(50, epoch.training(), 1e-6);
    double last = 0.5 + 0.495 / 3;
    assertEquals(4 * 0.5 + last, epoch.averaging(), 1e-6);
    assertEquals((4 * 0.5 + last) / (52 + last), epoch.lost(), 1e-6);
  }

  @Test
  void ofSmallerImagesTheStepsAreShorterAndTheRoundsAreNot() {
    EpochForecast epoch = forecast(0.5).epoch(TWO, 10);
    assertEquals(50 * 0.6 + epoch.averaging(), epoch.seconds(0.6), 1e-6);
    assertEquals(epoch.seconds(), epoch.seconds(1), 1e-6);
  }

  @Test
  void oneExecutorAveragesNothingAndGivesTheDriverItsNetworkOnceAnEpoch() {
    EpochForecast epoch = forecast(0.5).epoch(TWO.alone(), 10);
    assertEquals(1, epoch.rounds());
    assertEquals(100 + 0.495 / 3, epoch.seconds(), 1e-6);
  }

  @Test
  void moreExecutorsTrainFaster() {
    Forecast forecast = forecast(0.1);
    double two = forecast.epoch(TWO, 5).seconds();
    assertTrue(forecast.epoch(new PlannedCluster(4, 1, 1e12), 5).seconds() < two);
  }

  @Test
  void theSpeedUpIsOverOneExecutorWithAsManyCores() {
    double single = 50 + 0.495 / 3;
    double two = 25.5 + 0.495 / 3;
    assertEquals(single / two, forecast(0.5).speedUp(new PlannedCluster(2, 2, 1e12), 50), 1e-6);
  }

  @Test
  void oneExecutorTrainsTheWholeMinibatchesThatTheClusterShares() {
    EpochSteps shared = new EpochSteps(new Workload(1000, 5), new StepTime(0.6, 0.3, 2, 1));
    EpochSteps alone = new EpochSteps(new Workload(1000, 10), new StepTime(1, 0.5, 2, 1));
    Forecast forecast =
        new Forecast("mlp", shared, alone, new RoundTime(0.5, 1000, 0, RoundTime.Factored.NONE));

    assertEquals(60, forecast.epoch(TWO, 50).training(), 1e-6);
    assertEquals((100 + 0.495 / 3) / (61 + 0.495 / 3), forecast.speedUp(TWO, 50), 1e-6);
  }

  @ParameterizedTest
  @CsvSource({"0.1,1", "0.2,2", "1,10", "1.2,16", "2.3,32"})
  void theAdvisedFrequencyIsTheSmallestThatLosesATenthAtMost(double round, int frequency) {
    assertEquals(frequency, forecast(round).advised(TWO).frequency());
    assertTrue(forecast(round).advised(TWO).lost() <= Forecast.MOST_LOST);
  }

  @Test
  void theAdvisedFrequencyIsAtMostTheMinibatchesOfAWorkerInAnEpoch() {
    EpochForecast advised = forecast(20).advised(TWO);
    assertEquals(50, advised.frequency());
    assertEquals(1, advised.rounds());
  }

  @Test
  void aClusterPaysThatIsFasterThanOneExecutor() {
    assertTrue(forecast(0.1).pays(TWO, 10));
  }

  @Test
  void aClusterDoesNotPayWhoseRoundsTakeWhatItsExecutorsSave() {
    assertFalse(forecast(5).pays(TWO, 5));
    assertTrue(forecast(5).epoch(TWO, 5).seconds() > 50);
  }

  @Test
  void moreFrequentAveragingLosesMore() {
    assertTrue(forecast(1).epoch(TWO, 1).lost() > forecast(1).epoch(TWO, 2).lost());
  }
}
