package io.convoy.optimizer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.convoy.settings.Schedule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LearningRateTest {
  private static final double EXACTLY = 1e-12;

  @ParameterizedTest
  @CsvSource({"0, 1", "3.7, 1", "10, 1"})
  void aConstantRateIsTheOptimizers(double done, double factor) {
    assertEquals(factor, new LearningRate(new Schedule.Constant(0), 10).factor(done));
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "0.5, 0.25", "1, 0.5", "1.999, 0.9995", "2, 1", "9, 1"})
  void warmingUpRisesInALine(double done, double factor) {
    assertEquals(factor, new LearningRate(new Schedule.Constant(2), 10).factor(done), EXACTLY);
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "2.99, 1", "3, 0.5", "5.5, 0.5", "6, 0.25", "9.9, 0.125"})
  void stepsFallAtWholeEpochs(double done, double factor) {
    LearningRate rate = new LearningRate(new Schedule.Step(0, 3, 0.5), 10);
    assertEquals(factor, rate.factor(done), EXACTLY);
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "2.5, 0.855018", "5, 0.505", "7.5, 0.154982", "10, 0.01", "11, 0.01"})
  void halfACosineFallsToItsEnd(double done, double factor) {
    LearningRate rate = new LearningRate(new Schedule.Cosine(0, 0.01), 10);
    assertEquals(factor, rate.factor(done), 1e-6);
  }

  @ParameterizedTest
  @CsvSource({"1, 0.5", "2, 1", "6, 0.5", "10, 0"})
  void aCosineBeginsToFallWhereTheWarmUpEnds(double done, double factor) {
    LearningRate rate = new LearningRate(new Schedule.Cosine(2, 0), 10);
    assertEquals(factor, rate.factor(done), EXACTLY);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0.04",
    "1, 0.28",
    "2, 0.76",
    "3, 1",
    "4.75, 0.853700",
    "6.5, 0.5005",
    "10, 0.001",
    "11, 0.001"
  })
  void oneCycleRisesAndFallsAlongCosines(double done, double factor) {
    LearningRate rate = new LearningRate(new Schedule.OneCycle(0.3, 0.04, 0.001), 10);
    assertEquals(factor, rate.factor(done), 1e-6);
  }

  @ParameterizedTest
  @CsvSource({"1, 0.125", "3, 0.375", "4, 0.5", "8, 0.25"})
  void aWarmUpOverAStepRisesToWhatTheStepLeaves(double done, double factor) {
    LearningRate rate = new LearningRate(new Schedule.Step(4, 4, 0.5), 10);
    assertEquals(factor, rate.factor(done), EXACTLY);
  }

  @Test
  void aWarmUpAsLongAsTheTrainingOnlyRises() {
    LearningRate rate = new LearningRate(new Schedule.Cosine(2, 0), 1);
    assertEquals(0.25, rate.factor(0.5), EXACTLY);
    assertEquals(0.5, rate.factor(1), EXACTLY);
  }
}
