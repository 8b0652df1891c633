package io.convoy.settings;

import com.typesafe.config.ConfigUtil;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Which images are read, and into what.
 *
 * @param height height of the resized image in pixels, 1 to 4096
 * @param width width of the resized image in pixels, 1 to 4096
 * @param classes the names of the classes; the index is the label. Of two, the last is the positive
 *     class None where they are to be found among the photos
 * @param labelRule where an image's class is read from
 * @param maxPixels the most pixels that an image may have before resizing, at least 1
 * @param maxFileBytes the largest file that is read, in bytes, at least 1
 * @param maxRejected the largest share of images, 0 to 1, that may be rejected before a run fails
 */
public record ImageSettings(
    int height,
    int width,
    List<String> classes,
    LabelRule labelRule,
    long maxPixels,
    long maxFileBytes,
    double maxRejected)
    implements Serializable {
  private static final int MAX_SIDE = 4096;

  /** What smaller photos are enlarged to, so that the networks of the tutorial can take them. */
  private static final int LEAST_OF_AUTO = 16;

  private static final String HEIGHT = "height";
  private static final String WIDTH = "width";
  private static final String MAX_HEIGHT = "max-height";
  private static final String MAX_WIDTH = "max-width";
  private static final String AUTO = "auto";

  /** Refuses nulls and copies the list. */
  public ImageSettings {
    classes = List.copyOf(classes);
    Objects.requireNonNull(labelRule, "labelRule");
  }

  /**
   * Reads its block, which has all keys.
   *
   * @param photos whose size decides what is left to them
   */
  static ImageSettings read(Section images, TrainingPhotos photos) {
    return new ImageSettings(
        side(images.entry(HEIGHT), Math.min(photos.height(), pixels(images.entry(MAX_HEIGHT)))),
        side(images.entry(WIDTH), Math.min(photos.width(), pixels(images.entry(MAX_WIDTH)))),
        classes(images.entry("classes")),
        images.entry("label-rule").word(LabelRule.class),
        images.entry("max-pixels").wholeNumber("a whole number of at least 1", 1, Long.MAX_VALUE),
        images.entry("max-file-bytes").bytes(),
        images.share("max-rejected"));
  }

  private static int side(Entry entry, int ofPhotos) {
    return entry.text().filter(AUTO::equals).isPresent()
        ? Math.max(LEAST_OF_AUTO, ofPhotos)
        : (int)
            entry.wholeNumber(
                "auto or a whole number from 1 to %,d".formatted(MAX_SIDE), 1, MAX_SIDE);
  }

  private static int pixels(Entry entry) {
    return entry.integer(LEAST_OF_AUTO, MAX_SIDE);
  }

  /**
   * The sides that settings say themselves.
   *
   * @param height in pixels; empty where it is left to the photos
   * @param width likewise
   */
  public record GivenSize(Optional<Integer> height, Optional<Integer> width) {
    /** Whether a side is left to the photos. */
    public boolean leavesSide() {
      return height.isEmpty() || width.isEmpty();
    }
  }

  /**
   * What the settings say of the size.
   *
   * @param images the block that was read
   */
  GivenSize given(Section images) {
    return new GivenSize(given(images.entry(HEIGHT), height), given(images.entry(WIDTH), width));
  }

  private static Optional<Integer> given(Entry entry, int side) {
    return entry.text().filter(AUTO::equals).isPresent() ? Optional.empty() : Optional.of(side);
  }

  /**
   * What photos have decided of the size, in words; empty where it is the largest, or given.
   *
   * @param images the block that was read
   */
  Optional<String> choice(Section images, TrainingPhotos photos) {
    GivenSize given = given(images);
    return given.height().isEmpty() && height < pixels(images.entry(MAX_HEIGHT))
            || given.width().isEmpty() && width < pixels(images.entry(MAX_WIDTH))
        ? Optional.of(
            "images.height and images.width: %d x %d, as the photos show no more than %d x %d in the median"
                .formatted(height, width, photos.height(), photos.width()))
        : Optional.empty();
  }

  private static List<String> classes(Entry entry) {
    if (entry.text().filter(AUTO::equals).isPresent()) {
      return List.of();
    }
    String requirement =
        "auto, or a list of 2 to %,d different names (capitals do not count) that folders may have, such as [dog,"
                .formatted(ClassNames.MOST)
            + " cat] or [\"Hot Dog\", cat]";
    List<String> names =
        entry.list(requirement).stream()
            .map(member -> member.text().orElseThrow(() -> entry.mustBe(requirement)))
            .toList();
    if (!ClassNames.areFit(names)) {
      throw entry.mustBe(requirement);
    }
    return names;
  }

  /** Whether the classes are to be found among the photos. */
  public boolean findsClasses() {
    return classes.isEmpty();
  }

  /** How many classes there are; two, for a measurement, where they are yet to be found. */
  public int classCount() {
    return findsClasses() ? 2 : classes.size();
  }

  /** The same with these classes. */
  public ImageSettings with(List<String> names) {
    return new ImageSettings(height, width, names, labelRule, maxPixels, maxFileBytes, maxRejected);
  }

  /** What says which photos are taken, and how they are labelled, by its keys. */
  Map<String, String> ofPhotos() {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("images.label-rule", Entry.word(labelRule));
    texts.put("images.max-pixels", Long.toString(maxPixels));
    texts.put("images.max-file-bytes", Long.toString(maxFileBytes));
    texts.put("images.max-rejected", Double.toString(maxRejected));
    return texts;
  }

  /** Its block, without the braces. */
  String hocon() {
    return """
          height = %s
          width = %s
          classes = %s
          label-rule = %s
          max-pixels = %s
          max-file-bytes = %s
          max-rejected = %s
        """
        .formatted(
            height,
            width,
            findsClasses()
                ? AUTO
                : classes.stream()
                    .map(ConfigUtil::quoteString)
                    .collect(Collectors.joining(", ", "[", "]")),
            Entry.word(labelRule),
            maxPixels,
            maxFileBytes,
            maxRejected);
  }
}
