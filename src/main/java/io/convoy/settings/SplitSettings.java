package io.convoy.settings;

import java.io.Serializable;

/** How the images are divided into training, validation and test split. */
public sealed interface SplitSettings extends Serializable {
  /**
   * By shares of all images.
   *
   * @param train 0 (exclusive) to 1
   * @param validation 0 to 1
   * @param test 0 to 1; the three sum to 1
   */
  record ByShares(double train, double validation, double test) implements SplitSettings {}

  /**
   * By numbers of images, of all classes together.
   *
   * @param train at least 1
   * @param validation at least 0
   */
  record ByCounts(int train, int validation) implements SplitSettings {}
}
