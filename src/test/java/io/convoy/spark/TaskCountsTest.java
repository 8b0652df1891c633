package io.convoy.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class TaskCountsTest {
  private final TaskCounts counts = new TaskCounts();

  @Test
  void aTasksLastWordCountsOnceWithWhatItsHeartbeatsTold() {
    counts.counted(1, 10);
    counts.counted(1, 32);
    counts.counted(2, 5);
    assertEquals(37, counts.total());
  }

  @Test
  void aHeartbeatThatComesAfterTheEndChangesNothing() {
    counts.counted(1, 32);
    counts.counted(1, 10);
    assertEquals(32, counts.total());
  }

  @Test
  void whatAFailedTaskCountedIsVoid() {
    counts.counted(1, 10);
    counts.failed(1);
    assertEquals(0, counts.total());
  }
}
