package io.convoy.settings;

import io.convoy.failure.UserException;
import java.io.Serializable;
import java.util.List;
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
 * @param shift the most that the photo is moved along either side, by whole pixels, as a share of
 *     that side, 0 to 0.5; what it leaves free is its own mirror image
 * @param trivialAugment how strong the one operation is at most that is drawn for the photo from
 *     those of TrivialAugment, 0 for none to 1
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
    double cutoutProbability,
    double shift,
    double trivialAugment)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final String FLIP = "flip";
  private static final String CROP_SCALE = "crop-scale";
  private static final String ASPECT = "aspect";
  private static final String ROTATION = "rotation";
  private static final String BRIGHTNESS = "brightness";
  private static final String CONTRAST = "contrast";
  private static final String SATURATION = "saturation";
  private static final String HUE = "hue";
  private static final String CUTOUT = "cutout";
  private static final String CUTOUT_PROBABILITY = "cutout-probability";
  private static final String SHIFT = "shift";
  private static final String TRIVIAL_AUGMENT = "trivial-augment";

  private static final List<String> KEYS =
      List.of(
          FLIP,
          CROP_SCALE,
          ASPECT,
          ROTATION,
          BRIGHTNESS,
          CONTRAST,
          SATURATION,
          HUE,
          CUTOUT,
          CUTOUT_PROBABILITY,
          SHIFT,
          TRIVIAL_AUGMENT);

  private static final double HALF_TURN = 180;
  private static final double MOST_HUE = 0.5;
  private static final double MOST_ASPECT = 10;
  private static final double MOST_SHIFT = 0.5;
  private static final double USUAL_PROBABILITY = 0.5;

  /** Photos stay as they are. */
  public static final Augmentation NONE =
      new Augmentation(false, Range.ONE, Range.ONE, 0, 0, 0, 0, 0, 0, 0, 0, 0);

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

    private String hocon() {
      return "[" + least + ", " + most + "]";
    }
  }

  /** Refuses nulls. */
  public Augmentation {
    Objects.requireNonNull(cropScale, "cropScale");
    Objects.requireNonNull(aspect, "aspect");
  }

  /** Its block, without the braces. */
  String hocon() {
    return ("flip = %s, crop-scale = %s, aspect = %s, rotation = %s, brightness = %s, contrast = %s,"
            + " saturation = %s, hue = %s, cutout = %s, cutout-probability = %s, shift = %s,"
            + " trivial-augment = %s")
        .formatted(
            flip,
            cropScale.hocon(),
            aspect.hocon(),
            rotation,
            brightness,
            contrast,
            saturation,
            hue,
            cutout,
            cutoutProbability,
            shift,
            trivialAugment);
  }

  /** Reads its block, such as {@code { flip = true, rotation = 10 }}; every key is optional. */
  static Augmentation read(Section augment) {
    augment.allow(KEYS);
    requireWith(augment, ASPECT, CROP_SCALE);
    requireWith(augment, CUTOUT_PROBABILITY, CUTOUT);
    return new Augmentation(
        augment.present(FLIP).map(Entry::truth).orElse(false),
        range(augment, CROP_SCALE, "two shares above 0 and up to 1, the smaller first", 0, 1),
        range(
            augment,
            ASPECT,
            "two numbers from 0.1 to 10, the smaller first",
            Math.nextDown(1 / MOST_ASPECT),
            MOST_ASPECT),
        upTo(augment, ROTATION, "degrees from 0 to 180", HALF_TURN),
        share(augment, BRIGHTNESS),
        share(augment, CONTRAST),
        share(augment, SATURATION),
        upTo(augment, HUE, "a share of the colour circle from 0 to 0.5", MOST_HUE),
        upTo(augment, CUTOUT, "a share of at least 0 and below 1", Math.nextDown(1.0)),
        probability(augment),
        upTo(augment, SHIFT, "a share of a side from 0 to 0.5", MOST_SHIFT),
        share(augment, TRIVIAL_AUGMENT));
  }

  private static void requireWith(Section augment, String key, String needed) {
    if (augment.present(needed).isEmpty()) {
      augment
          .present(key)
          .ifPresent(
              alone -> {
                throw new UserException(
                    "%s%s does nothing without %s: add that, or leave this out.",
                    Place.of(alone.value().origin()), alone.name(), needed);
              });
    }
  }

  private static double probability(Section augment) {
    if (augment.present(CUTOUT).isEmpty()) {
      return 0;
    }
    return augment.present(CUTOUT_PROBABILITY).isPresent()
        ? share(augment, CUTOUT_PROBABILITY)
        : USUAL_PROBABILITY;
  }

  private static double share(Section augment, String key) {
    return upTo(augment, key, "a share from 0 to 1", 1);
  }

  private static double upTo(Section augment, String key, String requirement, double most) {
    return augment
        .present(key)
        .map(entry -> entry.number(requirement, number -> number >= 0 && number <= most))
        .orElse(0.0);
  }

  private static Range range(
      Section augment, String key, String requirement, double above, double most) {
    return augment
        .present(key)
        .map(entry -> range(entry, requirement, above, most))
        .orElse(Range.ONE);
  }

  private static Range range(Entry entry, String requirement, double above, double most) {
    List<Double> ends =
        entry.list(requirement).stream()
            .map(end -> end.number(requirement, number -> number > above && number <= most))
            .toList();
    if (ends.size() != 2 || ends.get(0) > ends.get(1)) {
      throw entry.mustBe(requirement);
    }
    return new Range(ends.get(0), ends.get(1));
  }
}
