package io.convoy.ingest;

import io.convoy.failure.Amount;
import io.convoy.failure.Printable;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Folders that are called like splits.
 *
 * @param photos how many are below each
 */
public record SplitFolders(Map<String, Long> photos) {
  private static final Set<String> NAMES =
      Set.of(
          "train", "training", "val", "valid", "validation", "dev", "test", "testing", "holdout");

  /** Whether a folder of that name is called like a split. */
  public static boolean isCalledSo(String name) {
    return NAMES.contains(name.toLowerCase(Locale.ROOT));
  }

  static final class Counter {
    private final Set<String> classes = new HashSet<>();
    private final Map<String, Long> photos = new TreeMap<>();

    /** A class may be called like a split. */
    Counter(List<String> classes) {
      classes.forEach(name -> this.classes.add(name.toLowerCase(Locale.ROOT)));
    }

    void add(String path) {
      String[] parts = path.split("/");
      Arrays.stream(parts, 0, parts.length - 1)
          .filter(part -> isSplit(part.toLowerCase(Locale.ROOT)))
          .findFirst()
          .ifPresent(part -> photos.merge(part, 1L, Long::sum));
    }

    private boolean isSplit(String folder) {
      return NAMES.contains(folder) && !classes.contains(folder);
    }

    SplitFolders counted() {
      return new SplitFolders(Map.copyOf(photos));
    }
  }

  /** Says that the folders do not decide the split; empty where there are fewer than two. */
  public Optional<String> remark() {
    if (photos.size() < 2) {
      return Optional.empty();
    }
    String folders =
        new TreeMap<>(photos)
            .entrySet().stream()
                .map(
                    each ->
                        Printable.of(each.getKey())
                            + "/ ("
                            + Amount.of(each.getValue(), "photo")
                            + ")")
                .collect(Collectors.joining(", "));
    return Optional.of(
        "the folders "
            + folders
            + " do not decide the split: all photos are split anew (split.by); to keep some out, name"
            + " the folder of the others in --images");
  }
}
