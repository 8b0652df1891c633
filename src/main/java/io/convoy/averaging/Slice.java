package io.convoy.averaging;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * A part of one worker's parameters and optimizer's state.
 *
 * @param worker from 0
 * @param weight how many examples the worker has trained in this round
 * @param numbers float32 in the byte order of the machine
 */
record Slice(int worker, long weight, byte[] numbers) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Numbers that are added at a time, in the processor's cache. */
  private static final int PIECE = 1 << 13;

  /**
   * A slice of all workers together.
   *
   * @param numbers as in a slice
   * @param squaredDistance of a worker's learned parameters from their mean, in this slice; the
   *     mean over the workers, weighted by their examples
   */
  record Mean(byte[] numbers, double squaredDistance) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  /**
   * The mean over the workers, each weighted by its examples. The workers are added in their order
   * and in float64, so that the result depends on no order of arrival, and one worker's is its own
   * to the last bit.
   *
   * @param learned how many of the numbers, from the first, count for the distance
   */
  static Mean mean(Iterable<Slice> slices, int learned) {
    List<Slice> workers = inOrder(slices);
    if (workers.size() == 1) {
      return new Mean(workers.get(0).numbers, 0);
    }
    double total = workers.stream().mapToLong(Slice::weight).sum();
    byte[] mean = new byte[workers.get(0).numbers.length];
    FloatBuffer out = floats(mean);
    float[] piece = new float[PIECE];
    double[] sums = new double[PIECE];
    double squares = 0;
    for (int at = 0; at < out.capacity(); at += PIECE) {
      int length = Math.min(PIECE, out.capacity() - at);
      Arrays.fill(sums, 0);
      for (Slice worker : workers) {
        floats(worker.numbers).get(at, piece, 0, length);
        add(worker.weight, piece, sums, length);
      }
      divide(sums, total, length);
      // Here the numbers are in the cache still.
      int measured = Math.max(0, Math.min(length, learned - at));
      for (Slice worker : workers) {
        floats(worker.numbers).get(at, piece, 0, measured);
        squares += worker.weight * squaredDistance(piece, sums, measured);
      }
      for (int i = 0; i < length; i++) {
        piece[i] = (float) sums[i];
      }
      out.put(at, piece, 0, length);
    }
    return new Mean(mean, squares / total);
  }

  /** The slice of running statistics: those of the images of all workers together. */
  static Mean pooled(Iterable<Slice> slices, List<RunningStatistics> statistics) {
    List<RunningStatistics.Worker> workers =
        inOrder(slices).stream()
            .map(slice -> new RunningStatistics.Worker(slice.weight, array(slice.numbers)))
            .toList();
    float[] pooled = RunningStatistics.pool(statistics, workers);
    byte[] bytes = new byte[pooled.length * Float.BYTES];
    floats(bytes).put(pooled);
    return new Mean(bytes, 0);
  }

  private static List<Slice> inOrder(Iterable<Slice> slices) {
    List<Slice> workers = new ArrayList<>();
    slices.forEach(workers::add);
    workers.sort(Comparator.comparingInt(Slice::worker));
    return workers;
  }

  private static void add(double weight, float[] numbers, double[] sums, int length) {
    for (int i = 0; i < length; i++) {
      sums[i] += weight * numbers[i];
    }
  }

  private static void divide(double[] sums, double total, int length) {
    for (int i = 0; i < length; i++) {
      sums[i] /= total;
    }
  }

  private static double squaredDistance(float[] numbers, double[] means, int length) {
    double sum = 0;
    for (int i = 0; i < length; i++) {
      double apart = numbers[i] - means[i];
      sum += apart * apart;
    }
    return sum;
  }

  /** A view of bytes that are float32 numbers. */
  static FloatBuffer floats(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()).asFloatBuffer();
  }

  private static float[] array(byte[] bytes) {
    float[] numbers = new float[bytes.length / Float.BYTES];
    floats(bytes).get(numbers);
    return numbers;
  }
}
