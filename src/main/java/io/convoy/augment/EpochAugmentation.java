package io.convoy.augment;

import io.convoy.image.ImageSize;
import io.convoy.settings.Augmentation;
import java.io.Serializable;
import java.util.Objects;
import java.util.SplittableRandom;

/**
 * The augmentation of one epoch, to be carried to the executors. What becomes of an example depends
 * on what is here and on its position alone: not on worker, thread or order.
 *
 * @param settings how much may change
 * @param seed of the run
 * @param epoch from 1
 */
public record EpochAugmentation(Augmentation settings, long seed, int epoch)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Examples stay as they are. */
  public static final EpochAugmentation NONE = new EpochAugmentation(Augmentation.NONE, 0, 1);

  /** Refuses nulls. */
  public EpochAugmentation {
    Objects.requireNonNull(settings, "settings");
  }

  /** Makes what changes images of one size, by one thread at a time. */
  public Augmenter open(int height, int width) {
    return new Augmenter(this, new ImageSize(height, width));
  }

  /** The random numbers of the example at a position. */
  SplittableRandom random(int position) {
    // Each number goes through the generator's mixing, so that neighbours have nothing in common.
    long ofSeed = new SplittableRandom(seed).nextLong();
    long ofEpoch = new SplittableRandom(ofSeed + epoch).nextLong();
    return new SplittableRandom(new SplittableRandom(ofEpoch + position).nextLong());
  }
}
