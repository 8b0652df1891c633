package io.convoy.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.spark.PartCounts.Count;
import org.junit.jupiter.api.Test;

class PartCountsTest {
  private final PartCounts all = new PartCounts();

  private static PartCounts task(long part, long... images) {
    PartCounts task = new PartCounts();
    for (long count : images) {
      task.add(new Count(part, count));
    }
    return task;
  }

  @Test
  void whatATaskCountsIsAddedUp() {
    all.merge(task(1, 10, 22));
    all.merge(task(2, 5));
    assertEquals(37, all.value().total());
  }

  @Test
  void aPartThatIsDoneAgainCountsOnce() {
    all.merge(task(1, 32));
    all.merge(task(1, 32));
    assertEquals(32, all.value().total());
  }

  @Test
  void whatATaskCountedBeforeItWasLostIsNotAddedToItsRepetition() {
    all.merge(task(1, 10));
    all.merge(task(1, 32));
    all.merge(task(1, 20));
    assertEquals(32, all.value().total());
  }

  @Test
  void aCopyCountsOnItsOwn() {
    all.merge(task(1, 10));
    all.copy().merge(task(2, 5));
    assertEquals(10, all.value().total());
    assertTrue(all.copyAndReset().isZero());
  }

  @Test
  void aCounterWhoseCountsHaveNotArrivedIsZero() {
    assertTrue(new PartCounts(null).isZero());
  }
}
