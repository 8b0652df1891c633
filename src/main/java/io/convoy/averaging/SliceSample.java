package io.convoy.averaging;

import java.util.Arrays;

/**
 * Runs of what is learned of a slice, at equal distances: of few numbers all, and of many as many
 * as tell a distance to a percent.
 *
 * @param numbers of the runs
 * @param learned of how many they are
 */
record SliceSample(float[] numbers, int learned) {
  /** How many numbers are taken at least, where there are more. */
  private static final int LEAST = 1 << 16;

  /** Numbers that follow one another. */
  private static final int RUN = 1 << 6;

  /** Where the numbers come from. */
  interface Source {
    /**
     * Reads some numbers.
     *
     * @param at the first of them in the slice
     * @param into receives them, from {@code offset} on
     */
    void read(int at, float[] into, int offset, int count);
  }

  /**
   * Takes a sample.
   *
   * @param learned how many numbers the slice has, from the first, that are learned
   */
  static SliceSample of(int learned, Source source) {
    int runs = (learned + RUN - 1) / RUN;
    int step = Math.max(1, learned / LEAST);
    float[] sample = new float[(runs + step - 1) / step * RUN];
    int length = 0;
    for (int at = 0; at < learned; at += RUN * step) {
      int run = Math.min(RUN, learned - at);
      source.read(at, sample, length, run);
      length += run;
    }
    return new SliceSample(Arrays.copyOf(sample, length), learned);
  }

  /** The squared distance of two slices in what is learned, from their samples. */
  double squaredDistance(SliceSample other) {
    double sum = 0;
    for (int i = 0; i < numbers.length; i++) {
      double apart = (double) numbers[i] - other.numbers[i];
      sum += apart * apart;
    }
    return numbers.length == 0 ? 0 : sum * learned / numbers.length;
  }
}
