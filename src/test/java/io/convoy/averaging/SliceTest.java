package io.convoy.averaging;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.convoy.averaging.RunningStatistics.Form;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SliceTest {
  private static Slice slice(int worker, long weight, float... numbers) {
    byte[] bytes = new byte[numbers.length * Float.BYTES];
    Slice.floats(bytes).put(numbers);
    return new Slice(worker, weight, bytes);
  }

  private static float[] floats(Slice.Mean mean) {
    float[] numbers = new float[mean.numbers().length / Float.BYTES];
    Slice.floats(mean.numbers()).get(numbers);
    return numbers;
  }

  @Test
  void theMeanAndTheDistanceFromItAreWeightedByTheExamples() {
    Slice.Mean mean = Slice.mean(List.of(slice(1, 3, 5, 7, 9), slice(0, 1, 1, 7, 1)), 2);

    assertArrayEquals(new float[] {4, 7, 7}, floats(mean));
    // (3 * 1 + 1 * 9) / 4; the third number is not learned
    assertEquals(3, mean.squaredDistance());
  }

  @Test
  void theDistanceIsThatOfLongSlicesToo() {
    float[] low = new float[20_000];
    float[] high = new float[20_000];
    Arrays.fill(high, 2);

    Slice.Mean mean = Slice.mean(List.of(slice(0, 8, low), slice(1, 8, high)), 15_000);

    assertEquals(15_000, mean.squaredDistance());
  }

  @Test
  void oneWorkersMeanIsItsOwn() {
    Slice.Mean mean = Slice.mean(List.of(slice(0, 7, 0.1f, -3)), 2);

    assertArrayEquals(new float[] {0.1f, -3}, floats(mean));
    assertEquals(0, mean.squaredDistance());
  }

  @Test
  void statisticsArePooledInTheOrderOfTheWorkers() {
    List<RunningStatistics> statistics = List.of(new RunningStatistics(50, 60, 1, Form.VARIANCE));

    // mean (0 + 3 * 4) / 4; variance (1 + 9 + 3 * (5 + 1)) / 4
    assertArrayEquals(
        new float[] {3, 7},
        floats(Slice.pooled(List.of(slice(1, 3, 4, 5), slice(0, 1, 0, 1)), statistics)));
  }
}
