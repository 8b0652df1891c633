package io.convoy.job;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.convoy.settings.ProgressiveResizing;
import org.junit.jupiter.api.Test;

class TrainingWorkTest {
  @Test
  void eachEpochTakesItsImagesAndItsEvaluation() {
    TrainingWork work = new TrainingWork(ProgressiveResizing.NONE, 5, 100, 20, 7);

    assertEquals(2 * (100 + 20), work.epochs(4, 5));
    assertEquals(5 * (100 + 20) + 7, work.all());
  }

  @Test
  void epochsOfSmallerImagesTakeLessButTheirEvaluationsDoNot() {
    TrainingWork work = new TrainingWork(new ProgressiveResizing(0.5, 1, 0.5), 4, 100, 20, 0);

    assertEquals(0.375, work.image(1));
    assertEquals(37.5 + 20, work.epochs(1, 1));
    assertEquals(100 + 20, work.epochs(4, 4));
  }
}
