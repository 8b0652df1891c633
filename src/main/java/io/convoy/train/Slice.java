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

  /** 16 MiB: few enough for the scheduler, small enough for any heap. */
  static final int BYTES = 1 << 24;

  /** Numbers that are added at a time, in the processor's cache. */
  private static final int PIECE = 1 << 13;

  /** Where a slice lies: which array, and at which byte. */
  record Place(int array, long start, int length) {}

  /** How the arrays are cut; a slice's key is its place in this list. */
  static List<Place> places(List<PackedArray> arrays) {
    List<Place> places = new ArrayList<>();
    for (int array = 0; array < arrays.size(); array++) {
      long bytes = arrays.get(array).bytes().capacity();
      for (long start = 0; start < bytes; start += BYTES) {
        places.add(new Place(array, start, (int) Math.min(BYTES, bytes - start)));
      }
    }
    return places;
  }

  /** Reads the bytes of a place. */
  static byte[] read(List<PackedArray> arrays, Place place) {
    byte[] bytes = new byte[place.length];
    arrays.get(place.array).bytes().position(place.start).get(bytes, 0, bytes.length);
    return bytes;
  }

  /** Writes the bytes of a place. */
  static void write(List<PackedArray> arrays, Place place, byte[] bytes) {
    BytePointer target = arrays.get(place.array).bytes();
    target.position(place.start).put(bytes, 0, bytes.length);
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
