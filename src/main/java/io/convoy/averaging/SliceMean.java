package io.convoy.averaging;

import java.nio.FloatBuffer;
import java.util.ArrayList;
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

  private final byte[] bytes;
  private final FloatBuffer mean;
  private final float[] before = new float[PIECE];
  private final float[] worker = new float[PIECE];
  private final int learned;
  private final List<Sample> samples = new ArrayList<>();
  private long total;

  private record Sample(long weight, SliceSample numbers) {}

  /**
   * Of no worker yet.
   *
   * @param bytes become the mean's
   * @param learned how many of the numbers, from the first, count for the distance
   */
  SliceMean(byte[] bytes, int learned) {
    this.bytes = bytes;
    this.mean = Slice.floats(bytes);
    this.learned = learned;
  }

  /**
   * Takes one worker.
   *
   * @param weight its examples, at least 1
   * @param numbers of it, float32; of the first worker they may be the mean's own bytes
   */
  void add(long weight, byte[] numbers) {
    total += weight;
    FloatBuffer from = Slice.floats(numbers);
    samples.add(new Sample(weight, sample(from)));
    if (total == weight) {
      if (numbers != bytes) {
        System.arraycopy(numbers, 0, bytes, 0, bytes.length);
      }
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

  private SliceSample sample(FloatBuffer from) {
    return SliceSample.of(learned, from::get);
  }

  /** The mean of all that were taken; they are not to be changed any more. */
  Slice.Mean result() {
    SliceSample means = sample(mean);
    double squares = 0;
    for (Sample sample : samples) {
      squares += sample.weight * sample.numbers.squaredDistance(means);
    }
    return new Slice.Mean(bytes, squares / total);
  }
}
