package io.convoy.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class SplitCountsTest {
  @Test
  void examplesAreSpreadEvenlyOverAsFewShardsAsTheLimitAllows() {
    assertEquals(new SplitCounts(10, List.of(4, 6), 3, 4), SplitCounts.of(List.of(4, 6), 5, 22));
  }

  @Test
  void noShardIsLargerThanTheLimit() {
    SplitCounts counts = SplitCounts.of(List.of(4, 4), 50, 134);

    assertEquals(new SplitCounts(8, List.of(4, 4), 4, 2), counts);
  }

  @Test
  void oneExampleMayBeLargerThanTheLimit() {
    assertEquals(new SplitCounts(3, List.of(3), 3, 1), SplitCounts.of(List.of(3), 50, 10));
  }

  @Test
  void anEmptySplitHasNoShard() {
    assertEquals(new SplitCounts(0, List.of(0, 0), 0, 1), SplitCounts.of(List.of(0, 0), 5, 22));
  }

  @Test
  void everyShardHasAnExample() {
    for (int examples = 1; examples < 100; examples++) {
      for (int perShard = 1; perShard < 20; perShard++) {
        SplitCounts counts = SplitCounts.of(List.of(examples), 1, perShard);
        int needed = (examples + counts.examplesPerShard() - 1) / counts.examplesPerShard();
        assertEquals(needed, counts.shards(), examples + " by " + perShard);
      }
    }
  }
}
