package io.convoy.page;

import io.convoy.evaluate.ThresholdRow;
import io.convoy.report.ArchitectureResult;
import io.convoy.report.SplitResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The four counts of a split at the threshold that was chosen, as the template shows them.
 *
 * @param series whose they are
 * @param split its key
 * @param words what they are of
 * @param negative the class with label 0
 * @param positive the class with label 1
 * @param rows one a true class; none where the counts are not defined
 */
record Confusion(
    int series, String split, String words, String negative, String positive, List<Truth> rows) {

  /** The photos of a class, and what they were predicted as. */
  record Truth(String name, Count predictedNegative, Count predictedPositive) {}

  /**
   * A count.
   *
   * @param share of the class
   * @param verdict {@code right} or {@code wrong}
   * @param strength of its shade, 0 to 1
   */
  record Count(String images, String share, String verdict, String strength) {
    static Count of(long images, long all, String verdict) {
      Double share = all == 0 ? null : (double) images / all;
      return new Count(
          Figures.whole(images),
          Figures.percent(share),
          verdict,
          Figures.decimal(share == null ? 0 : share, 2));
    }
  }

  static List<Confusion> of(Series series) {
    List<Confusion> all = new ArrayList<>();
    series
        .architecture()
        .result()
        .ifPresent(
            result ->
                series
                    .architecture()
                    .splits()
                    .forEach(curves -> all.add(of(series, curves.split(), result))));
    return all;
  }

  private static Confusion of(Series series, String key, ArchitectureResult result) {
    SplitResult split = ChartData.split(key, result);
    double threshold = result.threshold();
    Optional<ThresholdRow> counts =
        split.sweep().rows().stream().filter(row -> row.threshold() == threshold).findFirst();
    return new Confusion(
        series.id(),
        key,
        "%s, %s photos of the %s split, at the threshold %s"
            .formatted(
                series.label(),
                Figures.whole(split.metrics().images()),
                key,
                Figures.decimal(threshold, 1)),
        series.negativeClass(),
        series.positiveClass(),
        counts.map(row -> rows(series, row)).orElse(List.of()));
  }

  private static List<Truth> rows(Series series, ThresholdRow row) {
    long negatives = row.trueNegatives() + row.falsePositives();
    long positives = row.truePositives() + row.falseNegatives();
    return List.of(
        new Truth(
            series.negativeClass(),
            Count.of(row.trueNegatives(), negatives, "right"),
            Count.of(row.falsePositives(), negatives, "wrong")),
        new Truth(
            series.positiveClass(),
            Count.of(row.falseNegatives(), positives, "wrong"),
            Count.of(row.truePositives(), positives, "right")));
  }
}
