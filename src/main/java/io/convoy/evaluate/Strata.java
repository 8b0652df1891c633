package io.convoy.evaluate;

import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Draws resamples of a split: of each class as many photos as it has, with replacement. A
 * resample's draw follows from the labels and its index alone, so that all networks are measured on
 * the same resamples.
 */
final class Strata {
  private static final long SEED = 1;
  private static final long LOW_BITS = 0xFFFF_FFFFL;

  private final int[] sizes;

  Strata(Predictions predictions) {
    this.sizes = LongStream.of(predictions.perClass()).mapToInt(Math::toIntExact).toArray();
  }

  /** The photo at each place: those of a class side by side, the classes by label. */
  static int[] photos(Predictions predictions) {
    return IntStream.range(0, predictions.images())
        .boxed()
        .sorted(Comparator.comparingInt(i -> predictions.labels()[i]))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** Sets how often the photo of each place is in a resample. */
  void draw(int resample, int[] counts) {
    Arrays.fill(counts, 0);
    SplittableRandom random = new SplittableRandom(SEED + resample);
    int start = 0;
    for (int size : sizes) {
      int drawn = 0;
      for (; drawn + 1 < size; drawn += 2) {
        // Two draws of 32 bits each, as the bits are most of the work.
        long bits = random.nextLong();
        counts[start + (int) ((bits >>> Integer.SIZE) * size >>> Integer.SIZE)]++;
        counts[start + (int) ((bits & LOW_BITS) * size >>> Integer.SIZE)]++;
      }
      if (drawn < size) {
        counts[start + (int) ((random.nextLong() >>> Integer.SIZE) * size >>> Integer.SIZE)]++;
      }
      start += size;
    }
  }
}
