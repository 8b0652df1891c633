package io.convoy.dataset;

import io.convoy.failure.Printable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Photos of equal bytes, and what is worth knowing of them. */
public final class Copies {
  private final Map<String, Photo> firsts = new HashMap<>();

  /** All photos of the hashes that more than one has, in the order in which they came. */
  private final Map<String, List<Photo>> copies = new LinkedHashMap<>();

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

  /** All pairs, by what is wrong with them. */
  private static final class Faults {
    private final Pairs otherLabel = new Pairs();
    private final Pairs trained = new Pairs();
    private final Pairs bothMeasured = new Pairs();
    private final Pairs alike = new Pairs();

    void add(List<Photo> equal) {
      Photo first = equal.get(0);
      equal.stream()
          .filter(photo -> !photo.className().equals(first.className()))
          .forEach(photo -> otherLabel.add(first, photo));
      first(equal, Split.TRAIN)
          .ifPresent(
              train -> {
                in(equal, Split.VALIDATION).forEach(photo -> trained.add(train, photo));
                in(equal, Split.TEST).forEach(photo -> trained.add(train, photo));
              });
      first(equal, Split.VALIDATION)
          .ifPresent(
              validation ->
                  in(equal, Split.TEST).forEach(photo -> bothMeasured.add(validation, photo)));
      Map<Kind, Photo> kinds = new HashMap<>();
      for (Photo photo : equal) {
        Photo before = kinds.putIfAbsent(new Kind(photo.className(), photo.split()), photo);
        if (before != null) {
          alike.add(before, photo);
        }
      }
    }

    private static Optional<Photo> first(List<Photo> equal, Split split) {
      return in(equal, split).findFirst();
    }

    private static Stream<Photo> in(List<Photo> equal, Split split) {
      return equal.stream().filter(photo -> photo.split().equals(Optional.of(split)));
    }
  }

  /** Copies of one kind do no more than count more than once. */
  private record Kind(String className, Optional<Split> split) {}

  /** Takes note of a photo whose bytes have that hash. */
  public void add(String hash, Photo photo) {
    Photo first = firsts.putIfAbsent(hash, photo);
    if (first != null) {
      copies.computeIfAbsent(hash, any -> new ArrayList<>(List.of(first))).add(photo);
    }
  }

  /** The remarks, one a line. */
  public List<String> remarks() {
    Faults faults = new Faults();
    copies.values().forEach(faults::add);
    List<String> remarks = new ArrayList<>();
    if (faults.otherLabel.photos > 0) {
      remarks.add(
          faults.otherLabel.remark("under two labels")
              + " ("
              + faults.otherLabel.first.className()
              + " and "
              + faults.otherLabel.second.className()
              + "): each teaches both; delete the wrong one of each pair");
    }
    if (faults.trained.photos > 0) {
      remarks.add(
          inTwoSplits(faults.trained)
              + ": what is measured on photos that trained flatters the network; --set"
              + " split.duplicates=remove-from-train leaves them out of training");
    }
    if (faults.bothMeasured.photos > 0) {
      remarks.add(
          inTwoSplits(faults.bothMeasured)
              + ": the test is not independent of what is chosen on validation, and no setting"
              + " removes them: delete one of each pair");
    }
    if (faults.alike.photos > 0) {
      remarks.add(
          faults.alike.remark("more than once")
              + ": copies count each time, and are in the same split");
    }
    return remarks;
  }

  private static String inTwoSplits(Pairs pairs) {
    return pairs.remark("in two splits")
        + " ("
        + key(pairs.first)
        + " and "
        + key(pairs.second)
        + ")";
  }

  private static String key(Photo photo) {
    return photo.split().orElseThrow().key();
  }
}
