package io.convoy.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class MakespanTest {
  @Test
  void oneExecutorTakesTheSum() {
    assertEquals(60, new Makespan(1).of(List.of(10.0, 20.0, 30.0)));
  }

  @Test
  void theLongestGoFirstAndTheOthersWhereThereIsRoom() {
    assertEquals(30, new Makespan(2).of(List.of(10.0, 20.0, 30.0)));
  }

  @Test
  void moreExecutorsThanTrainingsTakeTheLongest() {
    assertEquals(30, new Makespan(8).of(List.of(10.0, 20.0, 30.0)));
  }

  @Test
  void theLastTrainingIsSharedWhereTheOthersWouldBeIdleAndTogetherTheyAreFaster() {
    Makespan two = new Makespan(2);

    assertEquals(1, two.sharedAtTheEnd(List.of(60.0, 60.0, 60.0), List.of(40.0, 40.0, 40.0)));
    assertEquals(0, two.sharedAtTheEnd(List.of(60.0, 60.0, 60.0), List.of(58.0, 58.0, 58.0)));
    assertEquals(0, two.sharedAtTheEnd(List.of(60.0, 60.0), List.of(31.0, 31.0)));
  }

  @Test
  void severalAreSharedWhereThatIsFastest() {
    assertEquals(
        2,
        new Makespan(4)
            .sharedAtTheEnd(
                List.of(60.0, 60.0, 60.0, 60.0, 60.0, 60.0),
                List.of(20.0, 20.0, 20.0, 20.0, 20.0, 20.0)));
  }

  @Test
  void executorsAreIdleInTheEndWhereTrainingsDoNotFillThem() {
    assertTrue(new Makespan(2).leavesExecutorsIdle(List.of(60.0, 60.0, 60.0)));
    assertFalse(new Makespan(2).leavesExecutorsIdle(List.of(60.0, 61.0)));
  }
}
