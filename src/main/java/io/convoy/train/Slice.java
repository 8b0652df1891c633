package io.convoy.train;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;

/**
 * A part of one worker's parameters and optimizer's state.
 *
 * @param worker from 0
 * @param weight how many examples the worker has trained in this round
 * @param numbers float32 in the byte order of the machine
 */
record Slice(int worker, long weight, byte[] numbers) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** What one task averages, of all workers together: small enough for any heap. */
  private static final long TOGETHER = 96 << 20;

  private static final long LEAST = 1 << 22;

  /** Numbers that are added at a time, in the processor's cache. */
  private static final int PIECE = 1 << 13;

  /**
   * Where a slice lies in the arrays, one behind the other.
   *
   * @param start in bytes
   * @param length in bytes
   */
  record Place(long start, int length) {}

  /**
   * How the arrays are cut, one slice for each worker where that is not too large; a slice's key is
   * its place in this list.
   */
  static List<Place> places(List<PackedArray> arrays, int workers) {
    long bytes = arrays.stream().mapToLong(array -> array.bytes().capacity()).sum();
    long share = (bytes / Float.BYTES + workers - 1) / workers * Float.BYTES;
    long length = Math.min(share, Math.max(LEAST, TOGETHER / workers / Float.BYTES * Float.BYTES));
    List<Place> places = new ArrayList<>();
    for (long start = 0; start < bytes; start += length) {
      places.add(new Place(start, (int) Math.min(length, bytes - start)));
    }
    return places;
  }

  /** Reads the bytes of a place. */
  static byte[] read(List<PackedArray> arrays, Place place) {
    byte[] bytes = new byte[place.length];
    forEachPart(arrays, place, (array, at, length) -> array.get(bytes, at, length));
    return bytes;
  }

  /** Writes the bytes of a place. */
  static void write(List<PackedArray> arrays, Place place, byte[] bytes) {
    forEachPart(arrays, place, (array, at, length) -> array.put(bytes, at, length));
  }

  /** A part of a place, in one array. */
  private interface Part {
    /**
     * @param array at the part's position
     * @param at the part's beginning in the place
     * @param length in bytes
     */
    void take(BytePointer array, int at, int length);
  }

  private static void forEachPart(List<PackedArray> arrays, Place place, Part receiver) {
    long begin = 0;
    for (PackedArray each : arrays) {
      BytePointer array = each.bytes();
      long end = begin + array.capacity();
      long from = Math.max(begin, place.start);
      long to = Math.min(end, place.start + place.length);
      if (from < to) {
        receiver.take(array.position(from - begin), (int) (from - place.start), (int) (to - from));
      }
      begin = end;
    }
  }

  /**
   * The mean over the workers, each weighted by its examples. The workers are added in their order
   * and in float64, so that the result depends on no order of arrival, and one worker's is its own
   * to the last bit.
   */
  static byte[] mean(Iterable<Slice> slices) {
    List<Slice> workers = new ArrayList<>();
    slices.forEach(workers::add);
    workers.sort(Comparator.comparingInt(Slice::worker));
    if (workers.size() == 1) {
      return workers.get(0).numbers;
    }
    double total = workers.stream().mapToLong(Slice::weight).sum();
    byte[] mean = new byte[workers.get(0).numbers.length];
    FloatBuffer out = floats(mean);
    float[] piece = new float[PIECE];
    double[] sums = new double[PIECE];
    for (int at = 0; at < out.capacity(); at += PIECE) {
      int length = Math.min(PIECE, out.capacity() - at);
      Arrays.fill(sums, 0);
      for (Slice worker : workers) {
        floats(worker.numbers).get(at, piece, 0, length);
        add(worker.weight, piece, sums, length);
      }
      divide(sums, total, piece, length);
      out.put(at, piece, 0, length);
    }
    return mean;
  }

  private static void add(double weight, float[] numbers, double[] sums, int length) {
    for (int i = 0; i < length; i++) {
      sums[i] += weight * numbers[i];
    }
  }

  private static void divide(double[] sums, double total, float[] means, int length) {
    for (int i = 0; i < length; i++) {
      means[i] = (float) (sums[i] / total);
    }
  }

  private static FloatBuffer floats(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()).asFloatBuffer();
  }
}
