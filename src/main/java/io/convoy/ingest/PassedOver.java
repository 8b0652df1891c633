package io.convoy.ingest;

import io.convoy.failure.Printable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The files of a folder that were not taken for photos.
 *
 * @param kinds how many there are of each kind, such as {@code .HEIC} or {@code hidden}
 */
public record PassedOver(Map<String, Long> kinds) {
  private static final int SHOWN_KINDS = 10;

  /** Copies the map. */
  public PassedOver {
    kinds = Map.copyOf(kinds);
  }

  static final class Counter {
    private final Map<String, Long> kinds = new TreeMap<>();

    void add(String kind) {
      kinds.merge(kind, 1L, Long::sum);
    }

    PassedOver counted() {
      return new PassedOver(kinds);
    }
  }

  /** How many files they are. */
  public long files() {
    return kinds.values().stream().mapToLong(Long::longValue).sum();
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
    return String.format(
        Locale.ROOT,
        "passed over: %,d %s (%s)",
        files(),
        files() == 1 ? "file" : "files",
        String.join(", ", shown));
  }

  private static String text(String kind, long files) {
    return String.format(Locale.ROOT, "%s %,d", Printable.of(kind), files);
  }
}
