package io.convoy.averaging;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.convoy.optimizer.LearningRate;
import io.convoy.settings.Schedule;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoundLearningRateTest {
  /** Over 10 epochs in a line from 0 to 1. */
  private static final LearningRate LINE = new LearningRate(new Schedule.Constant(10), 10);

  @Test
  void oneWorkersStepHasTheRateOfItsMiddle() {
    RoundLearningRate pace = new RoundLearningRate(LINE, 2, 5, 0, List.of(5));
    assertEquals(0.21, pace.factor(0, 0), 1e-12);
    assertEquals(0.29, pace.factor(0, 4), 1e-12);
  }

  @Test
  void oneWorkersRateDoesNotDependOnTheRounds() {
    RoundLearningRate whole = new RoundLearningRate(LINE, 3, 13, 0, List.of(13));
    RoundLearningRate rest = new RoundLearningRate(LINE, 3, 13, 7, List.of(6));
    for (int step = 0; step < 6; step++) {
      assertEquals(whole.factor(0, 7 + step), rest.factor(0, step));
    }
  }

  @Test
  void workersGoThroughTheRoundBesideOneAnother() {
    RoundLearningRate pace = new RoundLearningRate(LINE, 0, 10, 0, List.of(5, 5));
    for (int step = 0; step < 5; step++) {
      assertEquals(pace.factor(0, step), pace.factor(1, step));
    }
    assertEquals(0.01, pace.factor(0, 0), 1e-12);
    assertEquals(0.09, pace.factor(1, 4), 1e-12);
  }

  @Test
  void aWorkerWithFewerStepsGoesAsFar() {
    RoundLearningRate pace = new RoundLearningRate(LINE, 0, 10, 4, List.of(2, 4));
    assertEquals((4 + 0.5 * 3) / 100, pace.factor(0, 0), 1e-12);
    assertEquals((4 + 1.5 * 3) / 100, pace.factor(0, 1), 1e-12);
    assertEquals((4 + 3.5 * 1.5) / 100, pace.factor(1, 3), 1e-12);
  }
}
