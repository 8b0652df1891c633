package io.convoy.dataset;

import io.convoy.settings.SplitWay.ByShares;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The split of photos by shares: by the SHA-256 of a photo's bytes alone, so that adding photos
 * moves none.
 *
 * <p>But no split lacks a class for which there are photos: by the hashes alone, a few photos may
 * all fall into one. Of each class a split gets at least half of the photos that its share asks
 * for, rounded down, and at least one where its share is above 0; where a class has fewer photos
 * than there are such splits, training comes first, then validation. What is missing is taken from
 * the neighbouring splits: the photos whose hashes are nearest to the cut. A split that has enough
 * keeps its photos.
 *
 * <p>Photos of a group count as one, whose hash is that of the group.
 */
final class SharesSplit {
  private static final int FRACTION_DIGITS = 13;
  private static final double FRACTION_UNIT = 0x1p-52;

  private final ByShares shares;
  private final Function<LabelledPhoto, String> key;

  /** The split of each hash that is not in the one that {@link #byHash} says. */
  private final Map<String, Split> moved = new TreeMap<>();

  /**
   * @param shares of the splits
   * @param photos all of them
   * @param key what photos of one place have in common, 64 hexadecimal digits: their hash, or one
   *     of their group
   */
  SharesSplit(ByShares shares, List<LabelledPhoto> photos, Function<LabelledPhoto, String> key) {
    this.shares = shares;
    this.key = key;
    Map<Integer, SortedSet<String>> byLabel = new TreeMap<>();
    for (LabelledPhoto photo : photos) {
      byLabel.computeIfAbsent(photo.label(), label -> new TreeSet<>()).add(key.apply(photo));
    }
    // A key that is there under two labels has one place.
    byLabel.values().forEach(keys -> moved(List.copyOf(keys)).forEach(moved::putIfAbsent));
  }

  /** The split of a photo. */
  Split of(LabelledPhoto photo) {
    String hash = key.apply(photo);
    Split split = moved.get(hash);
    return split == null ? byHash(hash) : split;
  }

  /** The first 13 of the 64 hexadecimal digits (52 bits) are read as a fraction in [0, 1). */
  private Split byHash(String hash) {
    double fraction = Long.parseLong(hash.substring(0, FRACTION_DIGITS), 16) * FRACTION_UNIT;
    if (fraction < shares.train()) {
      return Split.TRAIN;
    }
    return fraction < shares.train() + shares.validation() || shares.test() == 0
        ? Split.VALIDATION
        : Split.TEST;
  }

  private Map<String, Split> moved(List<String> hashes) {
    int all = hashes.size();
    int train = Math.min(least(shares.train(), all), all);
    int validation = Math.min(least(shares.validation(), all), all - train);
    int test = Math.min(least(shares.test(), all), all - train - validation);
    int byHash = count(hashes, Split.TRAIN);
    int trainEnd = clamp(byHash, train, all - validation - test);
    int testStart =
        clamp(byHash + count(hashes, Split.VALIDATION), trainEnd + validation, all - test);
    Map<String, Split> others = new TreeMap<>();
    for (int i = 0; i < all; i++) {
      Split split = i < trainEnd ? Split.TRAIN : i < testStart ? Split.VALIDATION : Split.TEST;
      if (split != byHash(hashes.get(i))) {
        others.put(hashes.get(i), split);
      }
    }
    return others;
  }

  private static int least(double share, int photos) {
    return share == 0 ? 0 : Math.max(1, (int) (share * photos / 2));
  }

  private int count(List<String> hashes, Split split) {
    return (int) hashes.stream().filter(hash -> byHash(hash) == split).count();
  }

  private static int clamp(int value, int least, int most) {
    return Math.max(least, Math.min(value, most));
  }
}
