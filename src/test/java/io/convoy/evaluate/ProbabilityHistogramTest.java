package io.convoy.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.convoy.evaluate.ProbabilityHistogram.Bin;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProbabilityHistogramTest {
  @Test
  void eachBinCountsTheClassesApart() {
    assertEquals(
        List.of(
            new Bin(0, 0.25, 1, 0),
            new Bin(0.25, 0.5, 2, 1),
            new Bin(0.5, 0.75, 2, 3),
            new Bin(0.75, 1, 1, 2)),
        ProbabilityHistogram.of(Samples.twelve().oneVsRest(1), 4).bins());
  }

  @Test
  void anImageWithoutAProbabilityDoesNotCount() {
    long images =
        ProbabilityHistogram.of(Samples.diverged().oneVsRest(1), 20).bins().stream()
            .mapToLong(bin -> bin.negatives() + bin.positives())
            .sum();
    assertEquals(2, images);
  }
}
