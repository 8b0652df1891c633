package io.convoy.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class StepTimeTest {
  private static double seconds(StepTime step, int executors, int cores) {
    return step.seconds(new PlannedCluster(executors, cores, 10));
  }

  @Test
  void theMeasuredTimesComeBackAtTheirThreads() {
    StepTime step = new StepTime(1, 0.4, 4, 1);
    assertEquals(1, seconds(step, 1, 1), 1e-12);
    assertEquals(0.4, seconds(step, 1, 4), 1e-12);
  }

  @Test
  void aStepIsNeverShorterThanItsSerialPart() {
    StepTime step = new StepTime(1, 0.6, 2, 1);
    assertEquals(0.8, step.parallelShare(), 1e-12);
    assertEquals(0.2 + 0.8 / 1000, seconds(step, 1, 1000), 1e-12);
  }

  @Test
  void aStepThatMoreThreadsDoNotHelpIsSerial() {
    StepTime step = new StepTime(1, 1.1, 2, 1);
    assertEquals(0, step.parallelShare());
    assertEquals(1, seconds(step, 1, 8));
  }

  @Test
  void noNoiseMakesAStepMoreThanParallel() {
    assertEquals(1, new StepTime(1, 0.3, 2, 1).parallelShare());
  }

  @Test
  void onlyAnExecutorWithOthersIsCrowded() {
    StepTime step = new StepTime(1, 0.5, 2, 1.5);
    assertEquals(1, seconds(step, 1, 1), 1e-12);
    assertEquals(1.5, seconds(step, 2, 1), 1e-12);
  }
}
