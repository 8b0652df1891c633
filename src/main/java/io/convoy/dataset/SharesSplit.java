package io.convoy.dataset;

import io.convoy.settings.SplitWay.ByShares;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

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

  /**
   * The split of each key that is not in the one that {@link #byHash} says, and of those that are
   * there under several labels.
   */
  private final Map<String, Split> places = new TreeMap<>();

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
    Set<String> ofSeveral = ofSeveral(byLabel.values());
    // The fewer there are of a label, the less it can do without those that it shares.
    byLabel.values().stream()
        .sorted(Comparator.comparingInt(Set::size))
        .forEach(keys -> place(keys, ofSeveral));
  }

  /** The split of a photo. */
  Split of(LabelledPhoto photo) {
    String hash = key.apply(photo);
    Split split = places.get(hash);
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

  /** Such as groups of photos of several classes. */
  private static Set<String> ofSeveral(Collection<SortedSet<String>> labels) {
    Set<String> all = new HashSet<>();
    return labels.stream()
        .flatMap(Set::stream)
        .filter(key -> !all.add(key))
        .collect(Collectors.toSet());
  }

  /** Places the keys of a label, of which those that a label before it has placed stay there. */
  private void place(SortedSet<String> keys, Set<String> ofSeveral) {
    List<String> free = keys.stream().filter(key -> !isPlaced(key, ofSeveral)).toList();
    List<Split> taken =
        keys.stream().filter(key -> isPlaced(key, ofSeveral)).map(places::get).toList();
    int all = free.size();
    int train = left(shares.train(), Split.TRAIN, keys.size(), taken, all);
    int validation = left(shares.validation(), Split.VALIDATION, keys.size(), taken, all - train);
    int test = left(shares.test(), Split.TEST, keys.size(), taken, all - train - validation);
    int byHash = count(free, Split.TRAIN);
    int trainEnd = clamp(byHash, train, all - validation - test);
    int testStart =
        clamp(byHash + count(free, Split.VALIDATION), trainEnd + validation, all - test);
    for (int i = 0; i < all; i++) {
      String key = free.get(i);
      Split split = i < trainEnd ? Split.TRAIN : i < testStart ? Split.VALIDATION : Split.TEST;
      if (split != byHash(key) || ofSeveral.contains(key)) {
        places.put(key, split);
      }
    }
  }

  private boolean isPlaced(String key, Set<String> ofSeveral) {
    return ofSeveral.contains(key) && places.containsKey(key);
  }

  /** How many of the free keys a split has to have, as far as there are any. */
  private static int left(double share, Split split, int all, List<Split> taken, int free) {
    int there = (int) taken.stream().filter(split::equals).count();
    return clamp(least(share, all) - there, 0, free);
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
