package io.convoy.dataset;

import io.convoy.image.ImageSize;
import io.convoy.storage.Storage;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The shapes of the photos that a data set was made of.
 *
 * @param common the most common first
 * @param distinct how many shapes there are
 */
public record ShapeCounts(List<Count> common, long distinct) {
  /** How many photos have a shape, upright. */
  public record Count(ImageSize shape, long photos) {}

  /** Whether the data set is there to be counted. */
  public static boolean canRead(Storage dataset) {
    return Manifest.isIn(dataset) && new DatasetTables(dataset).hasExamples();
  }

  /**
   * Counts them.
   *
   * @param most how many shapes are named
   */
  public static ShapeCounts of(Storage dataset, int most) {
    Map<ImageSize, Long> counts = new HashMap<>();
    new DatasetTables(dataset)
        .forEachExample(
            each ->
                counts.merge(
                    new ImageSize(each.photo().height(), each.photo().width()), 1L, Long::sum));
    List<Count> common =
        counts.entrySet().stream()
            .map(entry -> new Count(entry.getKey(), entry.getValue()))
            .sorted(
                Comparator.comparingLong(Count::photos)
                    .reversed()
                    .thenComparing(count -> count.shape().height())
                    .thenComparing(count -> count.shape().width()))
            .limit(most)
            .toList();
    return new ShapeCounts(common, counts.size());
  }
}
