package io.convoy.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.convoy.evaluate.Calibration.Bin;
import java.util.List;
import org.junit.jupiter.api.Test;

class CalibrationTest {
  @Test
  void eachBinHasItsMeanAndItsShare() {
    BinaryPredictions five =
        new BinaryPredictions(
            new float[] {0.125f, 0.25f, 0.5f, 0.75f, 1}, new int[] {0, 1, 0, 1, 1});
    assertEquals(
        List.of(new Bin(0, 0.5, 2, 0.1875, 0.5), new Bin(0.5, 1, 3, 0.75, 2 / 3.0)),
        Calibration.of(five, 2).bins());
  }

  @Test
  void aProbabilityOnAnEdgeIsInTheUpperBin() {
    float[] tenths = {0, 0.1f, 0.2f, 0.3f, 0.4f, 0.5f, 0.6f, 0.7f, 0.8f, 0.9f};
    List<Bin> bins = Calibration.of(new BinaryPredictions(tenths, new int[10]), 10).bins();
    assertEquals(
        List.of(1L, 1L, 1L, 1L, 1L, 1L, 1L, 1L, 1L, 1L), bins.stream().map(Bin::images).toList());
  }

  @Test
  void anEmptyBinHasNeitherMeanNorShare() {
    assertEquals(
        new Bin(0.5, 1, 0, null, null),
        Calibration.of(new BinaryPredictions(new float[] {0.25f}, new int[] {1}), 2).bins().get(1));
  }

  @Test
  void anImageWithoutAProbabilityDoesNotCount() {
    long images =
        Calibration.of(Samples.diverged().oneVsRest(1), 10).bins().stream()
            .mapToLong(Bin::images)
            .sum();
    assertEquals(2, images);
  }
}
