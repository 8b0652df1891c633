package io.convoy.ingest;

import io.convoy.failure.Amount;
import io.convoy.failure.Printable;
import io.convoy.failure.UserException;
import io.convoy.labels.LabelRow;
import io.convoy.labels.TableClasses;
import io.convoy.labels.TableLabels;
import io.convoy.labels.TableLabels.Fault;
import io.convoy.storage.Storage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Photos with what a table tells of them.
 *
 * @param table where that is from
 * @param listing the photos of the folder, those that the table names elsewhere, by their whole
 *     addresses, and what it names and is not there; one without a label has a fault
 * @param labels of them
 * @param splits the word for the split of each path that the table gives one
 * @param groups the name of the group of each path that the table gives one
 */
public record LabelledPhotos(
    Storage table,
    PhotoListing listing,
    TableLabels labels,
    Map<String, String> splits,
    Map<String, String> groups) {

  /**
   * Finds the photos of a table.
   *
   * @param table where the rows are from
   * @param rows of the table, one or more
   * @param folder the photos of a folder; may have none
   * @param classes that the labels may be; empty to take all that are there
   * @throws UserException if no row names a photo, a label is none of the classes, or the labels
   *     cannot be classes
   */
  public static LabelledPhotos of(
      Storage table, List<LabelRow> rows, PhotoListing folder, List<String> classes) {
    Join join = new Join(table, folder);
    rows.forEach(join::add);
    return join.labelled(rows, classes);
  }

  /** The same for some of the photos. */
  public LabelledPhotos with(PhotoListing some) {
    Set<String> paths = new HashSet<>(some.paths());
    return new LabelledPhotos(table, some, labels.of(paths), splits, groups);
  }

  /** The word for the split of a path; empty if the table has none for any. */
  public Optional<Function<String, Optional<String>>> split() {
    return column(splits);
  }

  /** The name of the group of a path; empty if the table has none for any. */
  public Optional<Function<String, Optional<String>>> group() {
    return column(groups);
  }

  private static Optional<Function<String, Optional<String>>> column(Map<String, String> values) {
    return values.isEmpty()
        ? Optional.empty()
        : Optional.of(path -> Optional.ofNullable(values.get(path)));
  }

  /** What is wrong with photos and rows, one line a kind, with how many they are. */
  public List<String> faults() {
    Map<String, List<String>> paths = new TreeMap<>();
    labels
        .faults()
        .forEach(
            (path, fault) ->
                paths.computeIfAbsent(fault.kind(), kind -> new ArrayList<>()).add(path));
    return paths.entrySet().stream()
        .map(
            each ->
                Amount.of(each.getValue().size(), "photo")
                    + ", such as "
                    + Printable.of(each.getValue().get(0))
                    + ": "
                    + each.getKey())
        .toList();
  }

  /**
   * Refuses photos and a table that do not fit each other.
   *
   * @param allowed the largest share of photos that may be rejected, 0 to 1
   * @throws UserException if more have no label
   */
  public void requireFewFaults(double allowed) {
    int faults = labels.faults().size();
    int photos = listing.photos().size();
    if (faults > allowed * photos) {
      throw new UserException(
          "%s does not fit the photos of %s: %,d of %,d cannot be used, more than the share of %s that"
              + " --max-rejected allows: %s. Mend the file, name the folder that it is about with"
              + " --images, or raise --max-rejected.",
          table, listing.folder(), faults, photos, allowed, String.join("; ", faults()));
    }
  }

  /** Brings rows and photos together. */
  private static final class Join {
    private final Storage table;
    private final String name;
    private final PhotoListing folder;
    private final PhotoIndex index;
    private final PhotoAddresses addresses;
    private final Map<String, LabelRow> rowOf = new HashMap<>();
    private final Map<String, PhotoFile> elsewhere = new TreeMap<>();
    private final Map<String, Fault> faults = new HashMap<>();
    private int withoutPath;

    Join(Storage table, PhotoListing folder) {
      this.table = table;
      this.name = Printable.of(table.name());
      this.folder = folder;
      this.index = new PhotoIndex(folder.photos());
      this.addresses = new PhotoAddresses(folder.folder(), index);
    }

    void add(LabelRow row) {
      if (row.path().isEmpty()) {
        withoutPath++;
        missing(
            name + ", row without a path " + withoutPath, "a row of " + name + " has no path", "");
        return;
      }
      List<PhotoFile> found =
          Storage.isAddress(row.path()) ? addresses.find(row.path()) : index.find(row.path());
      if (found.isEmpty()) {
        missing(row.path(), name + " names it, and it is not there", "");
      } else if (found.size() > 1) {
        missing(
            row.path(),
            "the name in " + name + " is that of several photos",
            ": " + Amount.ofNames(found.stream().map(PhotoFile::path).toList()));
      } else {
        add(found.get(0), row);
      }
    }

    private void missing(String path, String kind, String detail) {
      faults.put(path, new Fault(kind, detail));
      elsewhere.put(path, new PhotoFile(path, 0, 0));
    }

    private PhotoFile withFault(PhotoFile photo) {
      Fault fault = faults.get(photo.path());
      return fault == null
          ? photo
          : new PhotoFile(photo.path(), photo.bytes(), photo.modified(), fault.toString());
    }

    private void add(PhotoFile photo, LabelRow row) {
      if (Storage.isAddress(photo.path())) {
        elsewhere.put(photo.path(), photo);
      }
      LabelRow first = rowOf.putIfAbsent(photo.path(), row);
      if (row.label().isEmpty()) {
        faults.put(photo.path(), new Fault("it has no label in " + name, ""));
      }
      if (first != null) {
        difference(first, row)
            .ifPresent(
                what ->
                    faults.put(
                        photo.path(), new Fault("rows of " + name + " disagree", ": " + what)));
      }
    }

    private static Optional<String> difference(LabelRow one, LabelRow other) {
      if (!TableClasses.areOne(one.label(), other.label())) {
        return Optional.of(both("labels", one.label(), other.label()));
      }
      if (!one.split().equalsIgnoreCase(other.split())) {
        return Optional.of(both("splits", one.split(), other.split()));
      }
      return one.group().equals(other.group())
          ? Optional.empty()
          : Optional.of(both("groups", one.group(), other.group()));
    }

    private static String both(String what, String one, String other) {
      List<String> sorted =
          Stream.of(one, other).map(word -> word.isEmpty() ? "none" : word).sorted().toList();
      return what + " " + String.join(" and ", sorted);
    }

    LabelledPhotos labelled(List<LabelRow> rows, List<String> given) {
      requirePhotos(rows);
      for (PhotoFile photo : folder.photos()) {
        if (!rowOf.containsKey(photo.path())) {
          faults.put(photo.path(), new Fault("no row of " + name + " names it", ""));
        }
      }
      Map<String, String> labelOf = new TreeMap<>();
      rowOf.forEach((path, row) -> labelOf.put(path, row.label()));
      labelOf.keySet().removeAll(faults.keySet());
      TableClasses classes =
          given.isEmpty()
              ? TableClasses.among(table.toString(), labelOf.values())
              : TableClasses.of(given);
      requireListed(labelOf, classes);
      Map<String, Integer> labels = new TreeMap<>();
      labelOf.forEach((path, label) -> labels.put(path, classes.of(label).orElseThrow()));
      List<PhotoFile> photos =
          Stream.concat(folder.photos().stream(), elsewhere.values().stream())
              .map(this::withFault)
              .sorted(Comparator.comparing(PhotoFile::path))
              .toList();
      return new LabelledPhotos(
          table,
          new PhotoListing(folder.folder(), photos, folder.passedOver()),
          new TableLabels(classes.names(), labels, faults),
          column(LabelRow::split),
          column(LabelRow::group));
    }

    private Map<String, String> column(Function<LabelRow, String> of) {
      Map<String, String> values = new HashMap<>();
      rowOf.forEach(
          (path, row) -> {
            if (!of.apply(row).isEmpty()) {
              values.put(path, of.apply(row));
            }
          });
      return values;
    }

    private void requirePhotos(List<LabelRow> rows) {
      if (rowOf.isEmpty()) {
        throw new UserException(
            "%s names none of the photos of %s: it has names like %s, and the folder %s. Paths are to be"
                + " relative to --images (with or without extension), or whole addresses.",
            table,
            folder.folder(),
            Printable.of(rows.get(0).path()),
            folder.photos().stream()
                    .findFirst()
                    .map(photo -> "photos like " + Printable.of(photo.path()))
                    .orElse("has no photo")
                + (folder.passedOver().isEmpty() ? "" : " (" + folder.passedOver() + ")"));
      }
    }

    private void requireListed(Map<String, String> labelOf, TableClasses classes) {
      Map<String, List<String>> unknown = new LinkedHashMap<>();
      labelOf.forEach(
          (path, label) -> {
            if (classes.of(label).isEmpty()) {
              unknown.computeIfAbsent(label, any -> new ArrayList<>()).add(path);
            }
          });
      unknown.entrySet().stream()
          .max(Comparator.comparingInt(each -> each.getValue().size()))
          .ifPresent(
              each -> {
                throw new UserException(
                    "%s labels %s %s, such as %s, and that is none of images.classes [%s]%s. Add it there,"
                        + " take those rows and photos out, or learn all labels with --set"
                        + " images.classes=auto.",
                    table,
                    Amount.of(each.getValue().size(), "photo"),
                    Printable.of(each.getKey()),
                    Printable.of(each.getValue().get(0)),
                    Amount.ofNames(classes.names()),
                    unknown.size() == 1
                        ? ""
                        : "; nor are " + Amount.of(unknown.size() - 1, "other label"));
              });
    }
  }
}
