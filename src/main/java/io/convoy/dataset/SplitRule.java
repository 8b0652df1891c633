package io.convoy.dataset;

import io.convoy.settings.SplitSettings.ByCounts;
import io.convoy.settings.SplitSettings.ByShares;

/**
 * Which split an image falls into, from the SHA-256 of its file alone or from its rank in the order
 * of those hashes within its class.
 *
 * <p>A hash is 64 hexadecimal digits. Its first 13 (52 bits) are read as a fraction in [0, 1).
 */
final class SplitRule {
  private static final int FRACTION_DIGITS = 13;
  private static final double FRACTION_UNIT = 0x1p-52;

  private SplitRule() {}

  /**
   * By shares: an image's split depends on its bytes only, so adding images moves none. Of classes
   * with few images {@link ClassShares} moves some.
   */
  static Split byShares(String hash, ByShares shares) {
    double fraction = Long.parseLong(hash.substring(0, FRACTION_DIGITS), 16) * FRACTION_UNIT;
    if (fraction < shares.train()) {
      return Split.TRAIN;
    }
    return fraction < shares.train() + shares.validation() || shares.test() == 0
        ? Split.VALIDATION
        : Split.TEST;
  }

  /**
   * By counts: the first images of each class in hash order.
   *
   * @param rank from 1, in hash order within the class; of byte-identical images, the first one's
   * @param train how many training images of the class
   * @param validation how many validation images of the class
   */
  static Split byCounts(long rank, long train, long validation) {
    if (rank <= train) {
      return Split.TRAIN;
    }
    return rank <= train + validation ? Split.VALIDATION : Split.TEST;
  }

  /** A class's part of a count over all classes: equal parts, the last classes take the rest. */
  static int perClass(int total, int label, int classes) {
    return total / classes + (label >= classes - total % classes ? 1 : 0);
  }

  /** The least number of images of a class that the counts ask for. */
  static int needed(ByCounts counts, int label, int classes) {
    return perClass(counts.train(), label, classes) + perClass(counts.validation(), label, classes);
  }
}
