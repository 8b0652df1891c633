package io.convoy.averaging;

import io.convoy.network.PackedArray;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All that is averaged of a network, as one row of float32 numbers that is cut into slices: first
 * what is learned, then the optimizer's state, and last, as one slice, so that no cut comes between
 * a mean and its variance, the running statistics: of each layer its means, then its variances.
 */
final class AveragedNumbers {
  /** What one task averages, of all workers together: small enough for any heap. */
  private static final long TOGETHER = 96 << 20;

  private static final long LEAST = 1 << 22;

  /**
   * A slice of one worker alone, which often shares the heap with the driver, where Spark keeps
   * each of several slices on their way up to four times; and the largest of workers that stay.
   */
  private static final long ALONE = 16 << 20;

  private final List<Run> runs;
  private final long learned;
  private final long cut;
  private final long all;

  /** Some numbers of an array that follow one another; both in bytes. */
  private record Run(PackedArray array, long start, long length) {
    static Run of(PackedArray array, long first, long numbers) {
      return new Run(array, first * Float.BYTES, numbers * Float.BYTES);
    }

    long end() {
      return start + length;
    }

    /** What lies before another one of the same array, and what lies behind it. */
    Stream<Run> without(Run gap) {
      long before = Math.min(end(), gap.start);
      long behind = Math.max(start, gap.end());
      return Stream.of(
              new Run(array, start, before - start), new Run(array, behind, end() - behind))
          .filter(run -> run.length > 0);
    }
  }

  /** Some numbers of an array that follow one another. */
  record Range(int first, int length) {}

  /**
   * Where a slice lies in the row.
   *
   * @param start in bytes
   * @param length in bytes
   * @param learned how many of the numbers, from the first, are parameters that are learned
   */
  record SlicePlace(long start, int length, int learned) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** A part of what is learned, {@code count} numbers from {@code at} on. */
    SlicePlace part(int at, int count) {
      return new SlicePlace(start + (long) at * Float.BYTES, count * Float.BYTES, count);
    }
  }

  /**
   * @param arrays parameters and, where it is averaged, the optimizer's state, each [1, n]
   * @param statistics where running statistics lie among the parameters
   */
  AveragedNumbers(List<PackedArray> arrays, List<RunningStatistics> statistics) {
    PackedArray parameters = arrays.get(0);
    List<Run> ofStatistics =
        statistics.stream()
            .flatMap(
                layer ->
                    Stream.of(
                        Run.of(parameters, layer.mean(), layer.length()),
                        Run.of(parameters, layer.variance(), layer.length())))
            .toList();
    this.runs = new ArrayList<>(rest(parameters, ofStatistics));
    this.learned = length(runs);
    arrays.subList(1, arrays.size()).stream()
        .map(array -> new Run(array, 0, array.bytes().capacity()))
        .forEach(runs::add);
    this.cut = length(runs);
    runs.addAll(ofStatistics);
    this.all = length(runs);
  }

  private AveragedNumbers(List<Run> runs) {
    this.runs = runs;
    this.learned = 0;
    this.cut = length(runs);
    this.all = cut;
  }

  /** Numbers that are not learned, of one array, in the order of the ranges. */
  static AveragedNumbers of(PackedArray array, List<Range> ranges) {
    return new AveragedNumbers(
        ranges.stream().map(range -> Run.of(array, range.first, range.length)).toList());
  }

  private static List<Run> rest(PackedArray array, List<Run> without) {
    List<Run> rest = new ArrayList<>();
    long start = 0;
    for (Run run : without.stream().sorted(Comparator.comparingLong(Run::start)).toList()) {
      rest.add(new Run(array, start, run.start - start));
      start = run.start + run.length;
    }
    rest.add(new Run(array, start, array.bytes().capacity() - start));
    return rest.stream().filter(run -> run.length > 0).toList();
  }

  private static long length(List<Run> runs) {
    return runs.stream().mapToLong(Run::length).sum();
  }

  /** How many parameters are learned. */
  long learned() {
    return learned / Float.BYTES;
  }

  /**
   * How the row is cut, one slice for each worker where that is not too large, smaller ones of one
   * worker alone, and the one of the statistics; a slice's key is its place in this list.
   */
  List<SlicePlace> places(int workers) {
    long share = (cut / Float.BYTES + workers - 1) / workers * Float.BYTES;
    long most = workers == 1 ? ALONE : TOGETHER / workers / Float.BYTES * Float.BYTES;
    long length = Math.min(share, Math.max(LEAST, most));
    List<SlicePlace> places = new ArrayList<>();
    for (long start = 0; start < cut; start += length) {
      places.add(place(start, Math.min(length, cut - start)));
    }
    placeOfStatistics().ifPresent(places::add);
    return places;
  }

  /** What a worker that stays averages of what is learned: as much as each other one. */
  List<SlicePlace> share(int worker, int workers) {
    long share = (learned() + workers - 1) / workers * Float.BYTES;
    long end = Math.min((worker + 1) * share, learned);
    List<SlicePlace> places = new ArrayList<>();
    for (long start = worker * share; start < end; start += ALONE) {
      places.add(place(start, Math.min(ALONE, end - start)));
    }
    return places;
  }

  /** The place of the running statistics, where there are any. */
  Optional<SlicePlace> placeOfStatistics() {
    return cut < all ? Optional.of(place(cut, all - cut)) : Optional.empty();
  }

  /** The place of all, which may be nothing. */
  SlicePlace whole() {
    return place(0, all);
  }

  private SlicePlace place(long start, long length) {
    long learnedHere = Math.max(0, Math.min(length, learned - start));
    return new SlicePlace(start, (int) length, (int) (learnedHere / Float.BYTES));
  }

  /** Reads the bytes of a place. */
  byte[] read(SlicePlace place) {
    return read(place, new byte[place.length]);
  }

  /**
   * Reads the bytes of a place.
   *
   * @param bytes receives them, from the first on; at least as many
   * @return the same array
   */
  byte[] read(SlicePlace place, byte[] bytes) {
    forEachPart(
        place, (array, from, at, length) -> array.bytes().position(from).get(bytes, at, length));
    return bytes;
  }

  /** Writes the bytes of a place: as many of these, from the first on. */
  void write(SlicePlace place, byte[] bytes) {
    forEachPart(
        place, (array, from, at, length) -> array.bytes().position(from).put(bytes, at, length));
  }

  /**
   * The numbers of a place without those in some ranges of their array, which are not learned then.
   */
  AveragedNumbers without(SlicePlace place, List<Range> left) {
    List<Run> rest = new ArrayList<>();
    forEachPart(
        place,
        (array, from, at, length) -> {
          List<Run> there = List.of(new Run(array, from, length));
          for (Range range : left) {
            Run gap = Run.of(array, range.first, range.length);
            there = there.stream().flatMap(run -> run.without(gap)).toList();
          }
          rest.addAll(there);
        });
    return new AveragedNumbers(rest);
  }

  /** Where the numbers of a place are, in their array. */
  List<Range> ranges(SlicePlace place) {
    List<Range> ranges = new ArrayList<>();
    forEachPart(
        place,
        (array, from, at, length) ->
            ranges.add(new Range((int) (from / Float.BYTES), length / Float.BYTES)));
    return ranges;
  }

  /** A part of a place, in one array. */
  private interface Part {
    /**
     * @param from the part's beginning in the array, in bytes
     * @param at its beginning in the place
     * @param length in bytes
     */
    void take(PackedArray array, long from, int at, int length);
  }

  private void forEachPart(SlicePlace place, Part receiver) {
    long begin = 0;
    for (Run run : runs) {
      long end = begin + run.length;
      long from = Math.max(begin, place.start);
      long to = Math.min(end, place.start + place.length);
      if (from < to) {
        receiver.take(
            run.array, run.start + from - begin, (int) (from - place.start), (int) (to - from));
      }
      begin = end;
    }
  }
}
