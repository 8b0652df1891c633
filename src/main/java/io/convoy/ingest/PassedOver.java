package io.convoy.ingest;

import io.convoy.failure.Amount;
import io.convoy.failure.Printable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a folder holds that was not taken for photos.
 *
 * @param kinds how many there are of each kind, such as {@code .HEIC} or {@code hidden}
 * @param folders how many of them are folders that were not read; all others are files
 */
public record PassedOver(Map<String, Long> kinds, long folders) {
  private static final int SHOWN_KINDS = 10;

  /** Copies the map. */
  public PassedOver {
    kinds = Map.copyOf(kinds);
  }

  static final class Counter {
    private final Map<String, Long> kinds = new TreeMap<>();
    private long folders;

    void addFolder(String kind) {
      add(kind);
      folders++;
    }

    void add(String kind) {
      kinds.merge(kind, 1L, Long::sum);
    }

    PassedOver counted() {
      return new PassedOver(kinds, folders);
    }
  }

  /** Whether everything is a photo. */
  public boolean isEmpty() {
    return kinds.isEmpty();
  }

  /** For people, as in {@code passed over: 15 files (.HEIC 12, hidden 3)}. */
  @Override
  public String toString() {
    List<Map.Entry<String, Long>> sorted = new ArrayList<>(kinds.entrySet());
    sorted.sort(
        Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
            .thenComparing(Map.Entry.comparingByKey()));
    List<String> shown = new ArrayList<>();
    sorted.stream()
        .limit(SHOWN_KINDS)
        .forEach(kind -> shown.add(text(kind.getKey(), kind.getValue())));
    long others = sorted.stream().skip(SHOWN_KINDS).mapToLong(Map.Entry::getValue).sum();
    if (others > 0) {
      shown.add(text("others", others));
    }
    List<String> amounts = new ArrayList<>();
    long files = kinds.values().stream().mapToLong(Long::longValue).sum() - folders;
    if (files > 0) {
      amounts.add(Amount.of(files, "file"));
    }
    if (folders > 0) {
      amounts.add(Amount.of(folders, "folder"));
    }
    return "passed over: %s (%s)"
        .formatted(String.join(" and ", amounts), String.join(", ", shown));
  }

  private static String text(String kind, long number) {
    return String.format(Locale.ROOT, "%s %,d", Printable.of(kind), number);
  }
}
