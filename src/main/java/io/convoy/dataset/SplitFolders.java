package io.convoy.dataset;

import io.convoy.failure.Amount;
import io.convoy.failure.Printable;
import io.convoy.ingest.PhotoListing;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Folders that are called like splits, in any capitals, such as {@code train/}, {@code val/} and
 * {@code test/}.
 */
public final class SplitFolders {
  private static final Map<String, Split> NAMES =
      Map.of(
          "train", Split.TRAIN,
          "training", Split.TRAIN,
          "val", Split.VALIDATION,
          "valid", Split.VALIDATION,
          "validation", Split.VALIDATION,
          "dev", Split.VALIDATION,
          "test", Split.TEST,
          "testing", Split.TEST,
          "holdout", Split.TEST);

  private final Set<String> classes;

  /**
   * @param classes a folder that is called like one of them is no split
   */
  SplitFolders(List<String> classes) {
    this.classes =
        classes.stream()
            .map(name -> name.toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());
  }

  /** The split that goes by that name; empty where none does. */
  static Optional<Split> named(String name) {
    return Optional.ofNullable(NAMES.get(name.strip().toLowerCase(Locale.ROOT)));
  }

  /** Whether a folder of that name is one of a split. */
  public static boolean isCalledSo(String name) {
    return named(name).isPresent();
  }

  /** The split of the topmost folder of the path that is called like one. */
  Optional<Split> of(String path) {
    return folder(path).flatMap(SplitFolders::named);
  }

  private Optional<String> folder(String path) {
    String[] parts = path.split("/");
    return Arrays.stream(parts, 0, parts.length - 1)
        .filter(part -> named(part).isPresent() && !classes.contains(part.toLowerCase(Locale.ROOT)))
        .findFirst();
  }

  /**
   * Says that the folders do not decide the split, and which option lets them; empty where there
   * are fewer than two.
   */
  Optional<String> remark(PhotoListing listing) {
    Map<String, Long> photos = new TreeMap<>();
    listing.photos().stream()
        .flatMap(photo -> folder(photo.path()).stream())
        .forEach(folder -> photos.merge(folder, 1L, Long::sum));
    if (photos.size() < 2) {
      return Optional.empty();
    }
    return Optional.of(
        "the folders "
            + names(photos)
            + " do not decide the split: split.by does; to take the split as it is there, --set"
            + " split.by=folders");
  }

  /** Says which of the classes that were found is called like a split; empty where none is. */
  public static Optional<String> remark(List<String> classes) {
    return classes.stream()
        .filter(SplitFolders::isCalledSo)
        .findFirst()
        .map(Printable::of)
        .map(
            name ->
                name
                    + " is a class, though splits are called so: where it is none, name the classes, as"
                    + " in --set images.classes=[dog,cat], or give the folder "
                    + name
                    + " alone as --images");
  }

  private static String names(Map<String, Long> photos) {
    Stream<String> names =
        photos.entrySet().stream()
            .map(
                each ->
                    Printable.of(each.getKey())
                        + "/ ("
                        + Amount.of(each.getValue(), "photo")
                        + ")");
    return names.collect(Collectors.joining(", "));
  }
}
