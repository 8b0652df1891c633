package io.convoy.settings;

import java.util.List;

/** Reads an {@code augment} block. */
final class AugmentationReader {
  private AugmentationReader() {}

  static Augmentation read(Section augment) {
    augment.allow(List.of());
    return Augmentation.NONE;
  }
}
