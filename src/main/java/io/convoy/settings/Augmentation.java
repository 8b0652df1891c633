package io.convoy.settings;

import java.io.Serializable;
import java.util.Objects;

/**
 * How the photos of the training split are changed anew in every epoch, each by its own draw. All
 * draws are uniform but that of the aspect, whose logarithm is.
 *
 * @param flip whether every other photo is mirrored, left to right
 * @param cropScale share of the photo's area that is cut out and enlarged to the whole, within (0,
 *     1]; {@link Range#ONE} for none
 * @param aspect by how much the cut's width over its height differs from the photo's, as a factor
 *     above 0; as far as the cut stays within the photo
 * @param rotation the most degrees that it is turned to either side, 0 to 180
 * @param brightness the most that is added to or taken from every pixel, as a share of white, 0 to
 *     1
 * @param contrast the most by which the factor of the distances from the photo's mean grey differs
 *     from 1, 0 to 1
 * @param saturation the same of the distances of each pixel from its grey, 0 to 1
 * @param hue the most that colours are turned to either side, in turns of the colour circle, 0 to
 *     0.5
 * @param cutout sides of a rectangle that is blotted out, as a share of the photo's, 0 to 1
 *     (exclusive)
 * @param cutoutProbability share of the photos that have one, 0 to 1
 */
public record Augmentation(
    boolean flip,
    Range cropScale,
    Range aspect,
    double rotation,
    double brightness,
    double contrast,
    double saturation,
    double hue,
    double cutout,
    double cutoutProbability)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Photos stay as they are. */
  public static final Augmentation NONE =
      new Augmentation(false, Range.ONE, Range.ONE, 0, 0, 0, 0, 0, 0, 0);

  /**
   * Where a number lies.
   *
   * @param least above 0
   * @param most at least {@code least}
   */
  public record Range(double least, double most) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** 1 alone. */
    public static final Range ONE = new Range(1, 1);
  }

  /** Refuses nulls. */
  public Augmentation {
    Objects.requireNonNull(cropScale, "cropScale");
    Objects.requireNonNull(aspect, "aspect");
  }
}
