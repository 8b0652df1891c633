package io.convoy.dataset;

import io.convoy.failure.Amount;
import io.convoy.settings.SplitWay;
import io.convoy.storage.Storage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

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
   * @param way what decided the splits
   */
  public static List<String> of(Storage dataset, Manifest manifest, SplitWay way) {
    List<String> remarks = new ArrayList<>(empty(manifest, way));
    remarks.addAll(few(manifest));
    DatasetTables tables = new DatasetTables(dataset);
    if (tables.hasExamples()) {
      Copies copies = new Copies();
      tables.forEachExample(
          each ->
              copies.add(
                  each.photo().hash(),
                  new Copies.Photo(
                      each.photo().path(),
                      manifest.classes().get(each.photo().label()),
                      Optional.of(each.split()))));
      remarks.addAll(copies.remarks());
    }
    return remarks;
  }

  private static List<String> empty(Manifest manifest, SplitWay way) {
    return asked(way).stream()
        .filter(split -> manifest.counts(split).examples() == 0)
        .map(
            split ->
                split.key()
                    + " has no photo: no class has enough photos, or groups of photos, for all splits")
        .toList();
  }

  /** The splits beside training that the settings ask for. */
  private static List<Split> asked(SplitWay way) {
    Predicate<Split> isAsked =
        way.match(
            shares -> split -> (split == Split.TEST ? shares.test() : shares.validation()) > 0,
            counts -> split -> split == Split.VALIDATION && counts.validation() > 0,
            given -> split -> split == Split.VALIDATION && given.validationFromTrain() > 0);
    return Stream.of(Split.VALIDATION, Split.TEST).filter(isAsked).toList();
  }

  private static List<String> few(Manifest manifest) {
    List<String> remarks = new ArrayList<>();
    for (Split split : List.of(Split.VALIDATION, Split.TEST)) {
      SplitCounts counts = manifest.counts(split);
      if (counts.examples() > 0) {
        of(split, "has no photo of", named(manifest, counts, 0, 0)).ifPresent(remarks::add);
        of(split, "has few photos of", named(manifest, counts, 1, FEW - 1)).ifPresent(remarks::add);
      }
    }
    return remarks;
  }

  /** The classes that have so many photos in a split, with their numbers. */
  private static List<String> named(Manifest manifest, SplitCounts counts, int least, int most) {
    return IntStream.range(0, manifest.classes().size())
        .filter(label -> counts.perClass().get(label) >= least)
        .filter(label -> counts.perClass().get(label) <= most)
        .mapToObj(
            label ->
                manifest.classes().get(label)
                    + (most == 0 ? "" : " (" + counts.perClass().get(label) + ")"))
        .toList();
  }

  private static Optional<String> of(Split split, String what, List<String> classes) {
    return classes.isEmpty()
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "%s %s %s: metrics on so few mean little",
                split.key(),
                what,
                Amount.ofNames(classes)));
  }
}
