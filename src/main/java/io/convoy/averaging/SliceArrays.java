package io.convoy.averaging;

import io.convoy.averaging.Shares.Share;
import java.util.HashMap;
import java.util.Map;

/**
 * The bytes of a worker's slices, the same arrays in every round. Each is as large as many regions
 * of Java's heap, and made anew in every round they kept its collector marking: for a fifth of the
 * time of an executor of one core.
 *
 * <p>Nobody reads an array any more when it comes to its next use: the workers train a round when
 * all have averaged the one before, and average it when all have trained. Slices that are averaged
 * rarely have new arrays.
 */
final class SliceArrays {
  /** What a slice's array holds, until the same use in the next round. */
  enum Use {
    /** A worker's own numbers for the slice's owner. */
    PART,
    /** The mean of the parameters, for the others. */
    MEAN,
    /** The mean of the gradients, for the owner itself. */
    GRADIENT
  }

  private record FactorsKey(int layer, int worker) {}

  private record Key(Use use, int slice) {}

  private final Map<Key, byte[]> arrays = new HashMap<>();
  private final Map<FactorsKey, byte[]> factors = new HashMap<>();
  private byte[] passing = {};

  /**
   * The array for a slice.
   *
   * @param slice its place among the shares
   */
  byte[] of(Use use, int slice, Share share) {
    int length = share.place().length();
    return switch (share.kind()) {
      case LEARNED -> arrays.compute(new Key(use, slice), (key, there) -> fitting(there, length));
      case STATISTICS, STATE -> new byte[length];
    };
  }

  /**
   * The array for a worker's factors of a layer's gradient, in this round.
   *
   * @param layer its place among those that have factors
   */
  byte[] ofFactors(int layer, int worker, int length) {
    return factors.compute(new FactorsKey(layer, worker), (key, there) -> fitting(there, length));
  }

  private static byte[] fitting(byte[] there, int length) {
    return there != null && there.length == length ? there : new byte[length];
  }

  /** An array for a slice that is done with before the next one comes; it may be longer. */
  byte[] passing(Share share) {
    int length = share.place().length();
    if (passing.length < length) {
      passing = new byte[length];
    }
    return passing;
  }
}
