package io.convoy.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
}
