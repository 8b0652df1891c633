package io.convoy.augment;

import io.convoy.image.ImageSize;
import io.convoy.settings.Augmentation;
import io.convoy.settings.Mixing;
import java.io.Serializable;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * The augmentation of one epoch, to be carried to the executors. What becomes of an example depends
 * on what is here and on its position alone: not on worker, thread or order.
 *
 * @param settings how much may change
 * @param mixing with what share of other examples
 * @param side of the images that are shown in the end, as a share of the examples', above 0 and up
 *     to 1
 * @param seed of the run
 * @param epoch from 1
 */
public record EpochAugmentation(
    Augmentation settings, Mixing mixing, double side, long seed, int epoch)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Examples stay as they are. */
  public static final EpochAugmentation NONE =
      new EpochAugmentation(Augmentation.NONE, Mixing.NONE, 1, 0, 1);

  /** Refuses nulls. */
  public EpochAugmentation {
    Objects.requireNonNull(settings, "settings");
    Objects.requireNonNull(mixing, "mixing");
  }

  /**
   * The size of the images that are shown in the end.
   *
   * @param examples theirs
   */
  public ImageSize shown(ImageSize examples) {
    return examples.times(side);
  }

  /** Makes what changes images of one size, by one thread at a time. */
  public Augmenter open(int height, int width) {
    return new Augmenter(this, new ImageSize(height, width));
  }

  /**
   * What an example is mixed with.
   *
   * @param position of the example in the training split
   * @param examples of the split
   * @return empty where it stays by itself
   */
  public Optional<Mixture> mixture(int position, int examples) {
    return mixing.equals(Mixing.NONE)
        ? Optional.empty()
        : Mixture.draw(mixing, examples, random(position).split());
  }

  /** The random numbers of the example at a position. */
  SplittableRandom random(int position) {
    // Each number goes through the generator's mixing, so that neighbours have nothing in common.
    long ofSeed = new SplittableRandom(seed).nextLong();
    long ofEpoch = new SplittableRandom(ofSeed + epoch).nextLong();
    return new SplittableRandom(new SplittableRandom(ofEpoch + position).nextLong());
  }
}
