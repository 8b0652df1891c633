package io.convoy.page;

import io.convoy.evaluate.ConfusionMatrix;
import io.convoy.evaluate.ConfusionMatrix.Cell;
import io.convoy.evaluate.ThresholdRow;
import io.convoy.page.ArchitecturePage.SplitCurves;
import io.convoy.page.TableView.Row;
import io.convoy.report.ArchitectureResult;
import io.convoy.report.SplitResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the photos of a split are called, as the template shows it: of two classes the four counts
 * at the threshold that was chosen, of more the pairs that are confused most often, beside a map
 * that the script draws.
 *
 * @param series whose they are
 * @param split its key
 * @param words what they are of
 * @param counts of two classes
 * @param pairs of more
 * @param missing why there is nothing; empty where there is
 */
record Confusion(
    int series,
    String split,
    String words,
    List<Counts> counts,
    List<Pairs> pairs,
    String missing) {
  private static final int SHOWN_PAIRS = 12;
  private static final String UNDEFINED =
      "Not defined: the network predicted values that are no numbers.";

  /**
   * The four counts.
   *
   * @param negative the class with label 0
   * @param positive the class with label 1
   * @param rows one a true class
   */
  record Counts(String negative, String positive, List<Truth> rows) {}

  /**
   * Mistakes by pair of classes.
   *
   * @param summary how many there are, and what the map shows of them
   * @param worst pairs; none where there is no mistake
   */
  record Pairs(String summary, List<TableView> worst) {}

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
    return series.isBinary() ? ofTwo(series, key, split, result) : ofMore(series, key, split);
  }

  private static Confusion ofTwo(
      Series series, String key, SplitResult split, ArchitectureResult result) {
    double threshold = result.threshold();
    Optional<ThresholdRow> row =
        split.sweep().rows().stream().filter(each -> each.threshold() == threshold).findFirst();
    return new Confusion(
        series.id(),
        key,
        photos(series, key, split) + ", at the threshold " + Figures.decimal(threshold, 1),
        row.stream()
            .map(
                each ->
                    new Counts(series.negativeClass(), series.positiveClass(), rows(series, each)))
            .toList(),
        List.of(),
        row.isPresent() ? "" : UNDEFINED);
  }

  private static Confusion ofMore(Series series, String key, SplitResult split) {
    ConfusionMatrix matrix = split.confusion();
    return new Confusion(
        series.id(),
        key,
        photos(series, key, split),
        List.of(),
        matrix.images() == 0 ? List.of() : List.of(pairs(series, matrix)),
        matrix.images() == 0 ? UNDEFINED : "");
  }

  private static String photos(Series series, String key, SplitResult split) {
    return "%s, %s photos of the %s split"
        .formatted(series.label(), Figures.whole(split.metrics().images()), key);
  }

  private static Pairs pairs(Series series, ConfusionMatrix matrix) {
    List<Cell> mistakes = matrix.mistakes();
    long wrong = mistakes.stream().mapToLong(Cell::images).sum();
    String part =
        matrix.classes() > SplitCurves.MOST_CLASSES
            ? " The map shows the %d of %s classes with the most mistakes; the table confusion has all."
                .formatted(SplitCurves.MOST_CLASSES, Figures.whole(matrix.classes()))
            : "";
    return new Pairs(
        "%s of %s photos are called another class than theirs.%s"
            .formatted(Figures.whole(wrong), Figures.whole(matrix.images()), part),
        mistakes.isEmpty() ? List.of() : List.of(worst(series, matrix.actual(), mistakes)));
  }

  private static TableView worst(Series series, long[] actual, List<Cell> mistakes) {
    return new TableView(
        "pairs",
        List.of(
            TableView.Cell.words("True class"),
            TableView.Cell.words("Called"),
            TableView.Cell.number("Photos"),
            TableView.Cell.number("Of the class")),
        mistakes.stream()
            .limit(SHOWN_PAIRS)
            .map(
                cell ->
                    Row.of(
                        TableView.Cell.words(series.nameOf(cell.actual())),
                        TableView.Cell.words(series.nameOf(cell.predicted())),
                        TableView.Cell.number(Figures.whole(cell.images())),
                        TableView.Cell.number(
                            Figures.percent((double) cell.images() / actual[cell.actual()]))))
            .toList());
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
