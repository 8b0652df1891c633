package io.convoy.settings;

import io.convoy.failure.UserException;
import io.convoy.settings.Augmentation.Range;
import java.util.List;

/** Reads an augmentation, such as {@code { flip = true, rotation = 10 }}; every key is optional. */
final class AugmentationReader {
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
          CUTOUT_PROBABILITY);

  private static final double HALF_TURN = 180;
  private static final double MOST_HUE = 0.5;
  private static final double MOST_ASPECT = 10;
  private static final double USUAL_PROBABILITY = 0.5;

  private AugmentationReader() {}

  static Augmentation read(Section augment) {
    augment.allow(KEYS);
    requireWith(augment, ASPECT, CROP_SCALE);
    requireWith(augment, CUTOUT_PROBABILITY, CUTOUT);
    return new Augmentation(
        RecipeReader.present(augment, FLIP).map(Entry::truth).orElse(false),
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
        probability(augment));
  }

  private static void requireWith(Section augment, String key, String needed) {
    if (RecipeReader.present(augment, needed).isEmpty()) {
      RecipeReader.present(augment, key)
          .ifPresent(
              alone -> {
                throw new UserException(
                    "%s%s does nothing without %s: add that, or leave this out.",
                    Place.of(alone.value().origin()), alone.name(), needed);
              });
    }
  }

  private static double probability(Section augment) {
    if (RecipeReader.present(augment, CUTOUT).isEmpty()) {
      return 0;
    }
    return RecipeReader.present(augment, CUTOUT_PROBABILITY).isPresent()
        ? share(augment, CUTOUT_PROBABILITY)
        : USUAL_PROBABILITY;
  }

  private static double share(Section augment, String key) {
    return upTo(augment, key, "a share from 0 to 1", 1);
  }

  private static double upTo(Section augment, String key, String requirement, double most) {
    return RecipeReader.present(augment, key)
        .map(entry -> entry.number(requirement, number -> number >= 0 && number <= most))
        .orElse(0.0);
  }

  private static Range range(
      Section augment, String key, String requirement, double above, double most) {
    return RecipeReader.present(augment, key)
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
