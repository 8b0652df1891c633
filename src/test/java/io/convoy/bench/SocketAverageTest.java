package io.convoy.bench;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;

class SocketAverageTest {
  /** More than a socket takes at once. */
  private static final int COUNT = 3_000_000;

  @Test
  void bothWorkersGetTheMeanOfTheirParameters() {
    float[] first = new float[COUNT];
    float[] second = new float[COUNT];
    float[] mean = new float[COUNT];
    for (int i = 0; i < COUNT; i++) {
      first[i] = i % 1000;
      second[i] = 3 * (i % 777);
      mean[i] = 0.5f * (first[i] + second[i]);
    }
    try (SocketAverage average = new SocketAverage(first, second)) {
      average.round();
    }
    assertArrayEquals(mean, first);
    assertArrayEquals(mean, second);
  }
}
