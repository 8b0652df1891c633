package io.convoy.averaging;

import io.convoy.averaging.AveragedNumbers.SlicePlace;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;

/**
 * The averaged slices of one round on the driver: measures how far they lead, takes the outer step
 * where there is one, and writes them into the network, which has the numbers from before the round
 * until then. Slices come in any order; what comes out does not depend on it.
 */
final class ArrivingRound {
  /** Numbers that are on their way at a time, in the processor's cache. */
  private static final int PIECE = 1 << 13;

  private final AveragedNumbers network;
  private final List<SlicePlace> places;
  private final Optional<OuterOptimizer> outer;
  private final SliceChange[] changes;

  /**
   * @param network that the round began with
   * @param places of its slices
   * @param outer the step beyond the mean
   */
  ArrivingRound(AveragedNumbers network, List<SlicePlace> places, Optional<OuterOptimizer> outer) {
    this.network = network;
    this.places = places;
    this.outer = outer;
    this.changes = new SliceChange[places.size()];
  }

  /** Takes one slice, and says what became of it. */
  SliceChange take(int slice, Slice.Mean mean) {
    SlicePlace place = places.get(slice);
    FloatBuffer numbers = Slice.floats(mean.numbers());
    float[] before = new float[Math.min(PIECE, place.learned())];
    float[] after = new float[before.length];
    byte[] bytes = new byte[before.length * Float.BYTES];
    double squaredUpdate = 0;
    for (int at = 0; at < place.learned(); at += PIECE) {
      int length = Math.min(PIECE, place.learned() - at);
      Slice.floats(network.read(place.part(at, length), bytes)).get(before, 0, length);
      numbers.get(at, after, 0, length);
      squaredUpdate += squaredDistance(before, after, length);
      if (outer.isPresent()) {
        outer.get().apply(place.start() / Float.BYTES + at, before, after, length);
        numbers.put(at, after, 0, length);
      }
    }
    network.write(place, mean.numbers());
    changes[slice] = new SliceChange(slice, squaredUpdate, mean.squaredDistance());
    return changes[slice];
  }

  /** By sums that do not wait for one another. */
  private static double squaredDistance(float[] before, float[] after, int length) {
    double first = 0;
    double second = 0;
    double third = 0;
    double fourth = 0;
    int i = 0;
    for (; i + 3 < length; i += 4) {
      first += square((double) after[i] - before[i]);
      second += square((double) after[i + 1] - before[i + 1]);
      third += square((double) after[i + 2] - before[i + 2]);
      fourth += square((double) after[i + 3] - before[i + 3]);
    }
    for (; i < length; i++) {
      first += square((double) after[i] - before[i]);
    }
    return first + second + third + fourth;
  }

  private static double square(double number) {
    return number * number;
  }

  /** What the round did to the parameters that are learned, once all slices are taken. */
  Round.Movement movement() {
    return SliceChange.movement(List.of(changes));
  }
}
