package io.convoy.averaging;

import io.convoy.averaging.AveragedNumbers.Range;
import io.convoy.averaging.AveragedNumbers.SlicePlace;
import io.convoy.engine.ParameterGroups;
import io.convoy.network.Network;
import io.convoy.network.NetworkState;
import io.convoy.network.PackedArray;
import io.convoy.optimizer.ParameterGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * How workers that stay share what is averaged of a network: each averages the slices that it owns.
 * With a slice of the parameters it owns the optimizer's state of these.
 *
 * @param slices first those of the parameters, with the one of the running statistics, where there
 *     are any, at their end; then those of the state; all in the order of their owners
 */
record Shares(List<Share> slices) {

  /** What a slice holds. */
  enum Kind {
    LEARNED,
    STATISTICS,
    STATE
  }

  /**
   * A slice.
   *
   * @param numbers where it is
   * @param place in them
   * @param owner the worker that averages it, from 0
   */
  record Share(AveragedNumbers numbers, SlicePlace place, Kind kind, int owner) {
    /** Reads into an array that is at least as long, and returns it. */
    byte[] read(byte[] bytes) {
      return numbers.read(place, bytes);
    }

    /** A sample of the numbers. */
    SliceSample sample() {
      return SliceSample.of(
          place.learned(),
          (at, into, offset, count) ->
              Slice.floats(numbers.read(place.part(at, count))).get(into, offset, count));
    }

    void write(byte[] bytes) {
      numbers.write(place, bytes);
    }

    /** The share without the numbers in some ranges of their array. */
    Share without(List<Range> left) {
      AveragedNumbers rest = numbers.without(place, left);
      return new Share(rest, rest.whole(), kind, owner);
    }

    boolean isEmpty() {
      return place.length() == 0;
    }
  }

  /**
   * The shares of the parameters alone.
   *
   * @param parameters [1, n], or as many other numbers that belong to them
   * @param statistics where running statistics lie among them
   */
  static Shares ofParameters(INDArray parameters, List<RunningStatistics> statistics, int workers) {
    AveragedNumbers numbers =
        new AveragedNumbers(NetworkState.arrays(parameters, null), statistics);
    List<Share> shares = new ArrayList<>();
    for (int worker = 0; worker < workers; worker++) {
      for (SlicePlace place : numbers.share(worker, workers)) {
        shares.add(new Share(numbers, place, Kind.LEARNED, worker));
      }
    }
    numbers
        .placeOfStatistics()
        .map(place -> new Share(numbers, place, Kind.STATISTICS, workers - 1))
        .ifPresent(shares::add);
    return new Shares(shares);
  }

  /** The shares of a network. */
  static Shares of(
      Network network, Extent extent, List<RunningStatistics> statistics, int workers) {
    Shares parameters = ofParameters(network.parameters(), statistics, workers);
    return switch (extent) {
      case PARAMETERS, SNAPSHOT -> parameters;
      case STATE, ALL ->
          network
              .updaterState()
              .map(state -> parameters.withState(state, ParameterGroups.of(network)))
              .orElse(parameters);
    };
  }

  /**
   * With the optimizer's state.
   *
   * @param state [1, n]
   * @param groups of the parameters
   */
  Shares withState(INDArray state, List<ParameterGroup> groups) {
    long stepped =
        groups.stream()
            .filter(group -> group.rule() == ParameterGroup.Rule.STEP)
            .mapToLong(ParameterGroup::length)
            .sum();
    int arrays = Math.toIntExact(state.length() / Math.max(1, stepped));
    List<Share> shares = new ArrayList<>(slices);
    for (Share share : slices) {
      if (share.kind == Kind.LEARNED) {
        List<Range> ranges =
            share.numbers.ranges(share.place).stream()
                .flatMap(range -> groups.stream().flatMap(group -> state(range, group, arrays)))
                .toList();
        AveragedNumbers numbers = AveragedNumbers.of(new PackedArray(state), ranges);
        Share own = new Share(numbers, numbers.whole(), Kind.STATE, share.owner);
        if (!own.isEmpty()) {
          shares.add(own);
        }
      }
    }
    return new Shares(shares);
  }

  private static Stream<Range> state(Range range, ParameterGroup group, int arrays) {
    int first = Math.max(range.first(), group.first());
    int end = Math.min(range.first() + range.length(), group.first() + group.length());
    return group.rule() == ParameterGroup.Rule.STEP && first < end
        ? IntStream.range(0, arrays)
            .mapToObj(
                array ->
                    new Range(
                        group.state() + array * group.stride() + first - group.first(),
                        end - first))
        : Stream.empty();
  }
}
