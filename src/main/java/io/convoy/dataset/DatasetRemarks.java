package io.convoy.dataset;

import io.convoy.failure.Amount;
import io.convoy.failure.Printable;
import io.convoy.storage.Storage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What is worth knowing of a data set before a network is judged by it. */
public final class DatasetRemarks {
  /** On fewer photos of a class, one more mistake moves its share of the right ones by 5 %. */
  private static final int FEW = 20;

  private DatasetRemarks() {}

  /**
   * The remarks, one a line.
   *
   * @param dataset its folder
   * @param manifest its manifest
   */
  public static List<String> of(Storage dataset, Manifest manifest) {
    List<String> remarks = new ArrayList<>(few(manifest));
    DatasetTables tables = new DatasetTables(dataset);
    if (tables.hasExamples()) {
      Copies copies = new Copies();
      tables.forEachExample(each -> copies.add(each.photo()));
      remarks.addAll(copies.remarks(manifest.classes()));
    }
    return remarks;
  }

  private static List<String> few(Manifest manifest) {
    List<String> remarks = new ArrayList<>();
    for (Split split : List.of(Split.VALIDATION, Split.TEST)) {
      SplitCounts counts = manifest.counts(split);
      for (int label = 0; label < manifest.classes().size(); label++) {
        int photos = counts.perClass().get(label);
        if (counts.examples() > 0 && photos < FEW) {
          remarks.add(
              String.format(
                  Locale.ROOT,
                  "%s has %s of %s: metrics on so few mean little",
                  split.key(),
                  photos == 0 ? "no photo" : Amount.of(photos, "photo"),
                  manifest.classes().get(label)));
        }
      }
    }
    return remarks;
  }

  /** Files of equal bytes. */
  private static final class Copies {
    private final Map<String, LabelledPhoto> firsts = new HashMap<>();
    private final Pairs sameLabel = new Pairs();
    private final Pairs otherLabel = new Pairs();

    /** How many photos are like an earlier one, and the pair that comes first by path. */
    private static final class Pairs {
      private long photos;
      private LabelledPhoto first;
      private LabelledPhoto second;

      void add(LabelledPhoto earlier, LabelledPhoto later) {
        photos++;
        if (first == null || earlier.path().compareTo(first.path()) < 0) {
          first = earlier;
          second = later;
        }
      }

      String example() {
        return Printable.of(first.path()) + " and " + Printable.of(second.path());
      }
    }

    void add(LabelledPhoto photo) {
      LabelledPhoto first = firsts.putIfAbsent(photo.hash(), photo);
      if (first != null) {
        (first.label() == photo.label() ? sameLabel : otherLabel).add(first, photo);
      }
    }

    List<String> remarks(List<String> classes) {
      List<String> remarks = new ArrayList<>();
      if (otherLabel.photos > 0) {
        remarks.add(
            String.format(
                Locale.ROOT,
                "%,d %s there under two labels, such as %s (%s and %s): each teaches both; delete the"
                    + " wrong one of each pair",
                otherLabel.photos,
                otherLabel.photos == 1 ? "photo is" : "photos are",
                otherLabel.example(),
                classes.get(otherLabel.first.label()),
                classes.get(otherLabel.second.label())));
      }
      if (sameLabel.photos > 0) {
        remarks.add(
            String.format(
                Locale.ROOT,
                "%,d %s there more than once, such as %s: copies count each time, and are in the same"
                    + " split",
                sameLabel.photos,
                sameLabel.photos == 1 ? "photo is" : "photos are",
                sameLabel.example()));
      }
      return remarks;
    }
  }
}
