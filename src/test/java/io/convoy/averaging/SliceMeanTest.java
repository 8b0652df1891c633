package io.convoy.averaging;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SliceMeanTest {
  private static byte[] bytes(float... numbers) {
    byte[] bytes = new byte[numbers.length * Float.BYTES];
    Slice.floats(bytes).put(numbers);
    return bytes;
  }

  private static float[] floats(byte[] bytes) {
    float[] numbers = new float[bytes.length / Float.BYTES];
    Slice.floats(bytes).get(numbers);
    return numbers;
  }

  private static float[] random(int length, long seed) {
    Random random = new Random(seed);
    float[] numbers = new float[length];
    for (int i = 0; i < length; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
    return numbers;
  }

  private static Slice.Mean mean(int learned, byte[]... workers) {
    SliceMean mean = new SliceMean(new byte[workers[0].length], learned);
    for (int i = 0; i < workers.length; i++) {
      mean.add(i + 1L, workers[i]);
    }
    return mean.result();
  }

  @Test
  void eachWorkerCountsByItsExamples() {
    byte[] mean = mean(2, bytes(1, 10), bytes(4, 40)).numbers();
    assertArrayEquals(new float[] {3, 30}, floats(mean));
  }

  @Test
  void oneWorkersNumbersAreItsOwnToTheLastBit() {
    float[] numbers = random(10_000, 1);
    assertArrayEquals(numbers, floats(mean(10_000, bytes(numbers)).numbers()));
  }

  @Test
  void numbersThatAllWorkersHaveAlikeStayAsTheyAre() {
    float[] numbers = random(10_000, 1);
    byte[] bytes = bytes(numbers);
    assertArrayEquals(numbers, floats(mean(10_000, bytes, bytes, bytes).numbers()));
  }

  @Test
  void theDistanceIsThatOfTheWorkersFromTheirMeanInWhatIsLearned() {
    // The means are 3 and 6; weights 1 and 2 of 3.
    Slice.Mean mean = mean(1, bytes(1, 0), bytes(4, 9));
    assertEquals((1 * 4 + 2 * 1) / 3.0, mean.squaredDistance(), 1e-12);
  }

  @Test
  void theDistanceInManyNumbersIsKnownToAPercentFromSomeOfThem() {
    int length = 3_000_000;
    float[] first = random(length, 1);
    float[] second = random(length, 2);
    double squares = 0;
    for (int i = 0; i < length; i++) {
      double mean = (first[i] + 2.0 * second[i]) / 3;
      squares += (Math.pow(first[i] - mean, 2) + 2 * Math.pow(second[i] - mean, 2)) / 3;
    }
    double measured = mean(length, bytes(first), bytes(second)).squaredDistance();
    assertEquals(1, measured / squares, 0.01);
  }
}
