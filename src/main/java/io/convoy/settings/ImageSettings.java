package io.convoy.settings;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;

/**
 * Which images are read, and into what.
 *
 * @param height height of the resized image in pixels, 1 to 4096
 * @param width width of the resized image in pixels, 1 to 4096
 * @param classes the two class names; the index is the label, so the last is the positive class
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

  /** Refuses nulls and copies the list. */
  public ImageSettings {
    classes = List.copyOf(classes);
    Objects.requireNonNull(labelRule, "labelRule");
  }
}
