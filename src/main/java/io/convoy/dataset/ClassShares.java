package io.convoy.dataset;

import io.convoy.settings.SplitSettings.ByShares;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Sees to it that no split lacks a class for which there are photos: by the hashes alone, a few
 * photos may all fall into one.
 *
 * <p>Of each class a split gets at least half of the photos that its share asks for, rounded down,
 * and at least one where its share is above 0; where a class has fewer photos than there are such
 * splits, training comes first, then validation. What is missing is taken from the neighbouring
 * splits: the photos whose hashes are nearest to the cut. A split that has enough keeps its photos.
 */
final class ClassShares {
  private final ByShares shares;

  ClassShares(ByShares shares) {
    this.shares = shares;
  }

  /**
   * Moves what must be moved.
   *
   * @param photos all of them, in the order of their hashes
   * @param classes how many classes there are
   * @return the split of each hash that is not in the one that {@link SplitRule#byShares} says
   */
  Map<String, Split> moved(List<IndexedPhoto> photos, int classes) {
    Map<String, Split> moved = new TreeMap<>();
    for (int label = 0; label < classes; label++) {
      int of = label;
      List<String> hashes =
          photos.stream()
              .filter(photo -> photo.label() == of)
              .map(IndexedPhoto::hash)
              .distinct()
              .toList();
      // A photo that is there under two labels has one place.
      movedOf(hashes).forEach(moved::putIfAbsent);
    }
    return moved;
  }

  private Map<String, Split> movedOf(List<String> hashes) {
    int all = hashes.size();
    int train = Math.min(least(shares.train(), all), all);
    int validation = Math.min(least(shares.validation(), all), all - train);
    int test = Math.min(least(shares.test(), all), all - train - validation);
    int byHash = count(hashes, Split.TRAIN);
    int trainEnd = clamp(byHash, train, all - validation - test);
    int testStart =
        clamp(byHash + count(hashes, Split.VALIDATION), trainEnd + validation, all - test);
    Map<String, Split> moved = new TreeMap<>();
    for (int i = 0; i < all; i++) {
      Split split = i < trainEnd ? Split.TRAIN : i < testStart ? Split.VALIDATION : Split.TEST;
      if (split != SplitRule.byShares(hashes.get(i), shares)) {
        moved.put(hashes.get(i), split);
      }
    }
    return moved;
  }

  private static int least(double share, int photos) {
    return share == 0 ? 0 : Math.max(1, (int) (share * photos / 2));
  }

  private int count(List<String> hashes, Split split) {
    return (int) hashes.stream().filter(hash -> SplitRule.byShares(hash, shares) == split).count();
  }

  private static int clamp(int value, int least, int most) {
    return Math.max(least, Math.min(value, most));
  }
}
