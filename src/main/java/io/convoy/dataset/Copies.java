package io.convoy.dataset;

import io.convoy.failure.Printable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Photos of equal bytes, and what is worth knowing of them. */
public final class Copies {
  private final Map<String, Photo> firsts = new HashMap<>();
  private final Pairs otherLabel = new Pairs();
  private final Pairs otherSplit = new Pairs();
  private final Pairs alike = new Pairs();

  /**
   * A photo.
   *
   * @param path below the images folder
   * @param className its label
   * @param split its split, where that is known
   */
  public record Photo(String path, String className, Optional<Split> split) {}

  /** How many photos are like an earlier one, and the pair that comes first by path. */
  private static final class Pairs {
    private long photos;
    private Photo first;
    private Photo second;

    void add(Photo earlier, Photo later) {
      photos++;
      if (first == null || earlier.path().compareTo(first.path()) < 0) {
        first = earlier;
        second = later;
      }
    }

    /** As in {@code 2 photos are there twice, such as a.jpg and b.jpg}. */
    String remark(String what) {
      return String.format(
          Locale.ROOT,
          "%,d %s there %s, such as %s and %s",
          photos,
          photos == 1 ? "photo is" : "photos are",
          what,
          Printable.of(first.path()),
          Printable.of(second.path()));
    }
  }

  /** Takes note of a photo whose bytes have that hash. */
  public void add(String hash, Photo photo) {
    Photo first = firsts.putIfAbsent(hash, photo);
    if (first == null) {
      return;
    }
    boolean sameLabel = first.className().equals(photo.className());
    boolean sameSplit = first.split().equals(photo.split());
    if (!sameLabel) {
      otherLabel.add(first, photo);
    }
    if (!sameSplit) {
      otherSplit.add(first, photo);
    }
    if (sameLabel && sameSplit) {
      alike.add(first, photo);
    }
  }

  /** The remarks, one a line. */
  public List<String> remarks() {
    List<String> remarks = new ArrayList<>();
    if (otherLabel.photos > 0) {
      remarks.add(
          otherLabel.remark("under two labels")
              + " ("
              + otherLabel.first.className()
              + " and "
              + otherLabel.second.className()
              + "): each teaches both; delete the wrong one of each pair");
    }
    if (otherSplit.photos > 0) {
      remarks.add(
          otherSplit.remark("in two splits")
              + " ("
              + key(otherSplit.first)
              + " and "
              + key(otherSplit.second)
              + "): what is measured on photos that trained flatters the network; --set"
              + " split.duplicates=remove-from-train leaves them out of training");
    }
    if (alike.photos > 0) {
      remarks.add(
          alike.remark("more than once") + ": copies count each time, and are in the same split");
    }
    return remarks;
  }

  private static String key(Photo photo) {
    return photo.split().map(Split::key).orElse("no split");
  }
}
