package io.convoy.averaging;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The mean of one slice over the workers, each weighted by its examples, in float32 and in one pass
 * over each worker's numbers: the worker moves the mean of those before it by its share in all so
 * far. Numbers that all workers have alike are theirs to the last bit, and so are those of one
 * worker alone. The workers come in an order that is always the same.
 */
final class SliceMean {
  /** Numbers that are on their way at a time, in the processor's cache. */
  private static final int PIECE = 1 << 12;

  /** Of how many numbers the distance of the workers is measured at least, where there are more. */
  private static final int SAMPLE = 1 << 16;

  /** Numbers of the sample that follow one another. */
  private static final int RUN = 1 << 6;

  private final byte[] bytes;
  private final FloatBuffer mean;
  private final float[] before = new float[PIECE];
  private final float[] worker = new float[PIECE];
  private final int learned;
  private final List<Sample> samples = new ArrayList<>();
  private long total;

  private record Sample(long weight, float[] numbers) {}

  /**
   * Of no worker yet.
   *
   * @param length in bytes
   * @param learned how many of the numbers, from the first, count for the distance
   */
  SliceMean(int length, int learned) {
    this.bytes = new byte[length];
    this.mean = Slice.floats(bytes);
    this.learned = learned;
  }

  /**
   * Takes one worker.
   *
   * @param weight its examples, at least 1
   * @param numbers of it, float32
   */
  void add(long weight, byte[] numbers) {
    total += weight;
    FloatBuffer from = Slice.floats(numbers);
    samples.add(new Sample(weight, sample(from)));
    if (total == weight) {
      System.arraycopy(numbers, 0, bytes, 0, bytes.length);
      return;
    }
    float share = (float) ((double) weight / total);
    for (int at = 0; at < mean.capacity(); at += PIECE) {
      int length = Math.min(PIECE, mean.capacity() - at);
      mean.get(at, before, 0, length);
      from.get(at, worker, 0, length);
      for (int i = 0; i < length; i++) {
        before[i] += share * (worker[i] - before[i]);
      }
      mean.put(at, before, 0, length);
    }
  }

  /** Runs of numbers at equal distances. */
  private float[] sample(FloatBuffer from) {
    int runs = (learned + RUN - 1) / RUN;
    int step = Math.max(1, learned / SAMPLE);
    float[] sample = new float[(runs + step - 1) / step * RUN];
    int length = 0;
    for (int at = 0; at < learned; at += RUN * step) {
      int run = Math.min(RUN, learned - at);
      from.get(at, sample, length, run);
      length += run;
    }
    return Arrays.copyOf(sample, length);
  }

  /** The mean of all that were taken; they are not to be changed any more. */
  Slice.Mean result() {
    float[] means = sample(mean);
    double squares = 0;
    for (Sample sample : samples) {
      double sum = 0;
      for (int i = 0; i < means.length; i++) {
        double apart = (double) sample.numbers[i] - means[i];
        sum += apart * apart;
      }
      squares += sample.weight * sum;
    }
    double all = means.length == 0 ? 0 : (double) learned / means.length;
    return new Slice.Mean(bytes, all * squares / total);
  }
}
