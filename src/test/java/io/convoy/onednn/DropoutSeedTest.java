package io.convoy.onednn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DropoutSeedTest {
  @Test
  void manyWorkersOfManyIterationsAllDrawApart() {
    assertApart(200, 200);
  }

  @Test
  void manyPartsOfManyLayersAllDrawApart() {
    assertApart(40, 1000);
  }

  private static void assertApart(int first, int second) {
    Set<Long> draws = new HashSet<>();
    for (int i = 0; i < first; i++) {
      for (int j = 0; j < second; j++) {
        draws.add(new DropoutSeed(1).of(i).of(j).random().nextLong());
      }
    }
    assertEquals(first * second, draws.size());
  }
}
