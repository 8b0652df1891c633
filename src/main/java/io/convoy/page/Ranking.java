package io.convoy.page;

import io.convoy.evaluate.ThresholdRow;
import io.convoy.page.TableView.Cell;
import io.convoy.page.TableView.Group;
import io.convoy.page.TableView.Row;
import io.convoy.report.ArchitectureResult;
import io.convoy.report.SplitResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/** The table of all architectures of all runs, the best first. */
final class Ranking {
  private static final String BEST = "best";
  private static final String THRESHOLD = "Threshold";

  private final List<Series> ranked;
  private final List<Column> columns = new ArrayList<>();
  private final List<Group> groups = new ArrayList<>();

  /** Which figure of a column is the best, and stands out. */
  private enum Better {
    LOW,
    HIGH,
    NEITHER
  }

  private record Column(
      String title,
      String hint,
      int decimals,
      Better better,
      Function<ArchitectureResult, Double> value) {

    String text(ArchitectureResult result) {
      return Figures.decimal(value.apply(result), decimals);
    }

    /** As it is shown, so that figures that look the same are equally good. */
    String best(List<ArchitectureResult> results) {
      List<ArchitectureResult> falling =
          results.stream()
              .filter(result -> Objects.nonNull(value.apply(result)))
              .sorted((a, b) -> Double.compare(value.apply(b), value.apply(a)))
              .toList();
      if (falling.size() < 2 || better == Better.NEITHER) {
        return "";
      }
      return text(falling.get(better == Better.HIGH ? 0 : falling.size() - 1));
    }
  }

  Ranking(List<Series> all) {
    this.ranked = all.stream().sorted(Series.RANKING).toList();
    groups.add(new Group("", several() ? 3 : 2));
    add("Size and time", sizes());
    if (results().stream().anyMatch(result -> result.validation().metrics().images() > 0)) {
      add("Validation", split(ArchitectureResult::validation));
    }
    if (results().stream().anyMatch(result -> result.test().metrics().images() > 0)) {
      // The threshold is that of validation.
      add(
          "Test",
          split(ArchitectureResult::test).stream()
              .filter(column -> !column.title.equals(THRESHOLD))
              .toList());
    }
  }

  private void add(String title, List<Column> more) {
    groups.add(new Group(title, more.size()));
    columns.addAll(more);
  }

  private boolean several() {
    return ranked.stream().map(Series::run).distinct().count() > 1;
  }

  private List<ArchitectureResult> results() {
    return ranked.stream().flatMap(series -> series.architecture().result().stream()).toList();
  }

  private static List<Column> sizes() {
    return List.of(
        new Column(
            "Parameters",
            "weights and biases",
            0,
            Better.LOW,
            result -> (double) result.parameters()),
        new Column("Epochs", "that were trained", 0, Better.NEITHER, r -> (double) r.epochs()),
        new Column(
            "Best epoch",
            "the one with the lowest loss on validation, whose model is kept",
            0,
            Better.NEITHER,
            r -> (double) r.bestEpoch()),
        new Column("s/epoch", "seconds of training an epoch", 1, Better.LOW, r -> r.epochSeconds()),
        new Column("Images/s", "trained in a second", 1, Better.HIGH, r -> r.imagesPerSecond()));
  }

  private static List<Column> split(Function<ArchitectureResult, SplitResult> split) {
    return List.of(
        new Column(
            "MSE",
            "mean squared error between probability and truth; the ranking goes by validation's",
            4,
            Better.LOW,
            split.andThen(s -> s.metrics().mse())),
        new Column(
            "r",
            "Pearson's correlation of probability and truth",
            3,
            Better.HIGH,
            split.andThen(s -> s.metrics().pearsonR())),
        new Column(
            "Accuracy",
            "share that is right at the threshold 0.5",
            3,
            Better.HIGH,
            split.andThen(s -> s.metrics().accuracy())),
        new Column(
            THRESHOLD,
            "the one with the highest accuracy on validation",
            1,
            Better.NEITHER,
            split.andThen(s -> s.atBest().map(ThresholdRow::threshold).orElse(null))),
        new Column(
            "Accuracy at it",
            "share that is right at the threshold that is best on validation",
            3,
            Better.HIGH,
            split.andThen(s -> s.atBest().map(ThresholdRow::accuracy).orElse(null))),
        new Column(
            "AUC",
            "area under the ROC curve: 0.5 is guessing, 1 is perfect",
            3,
            Better.HIGH,
            split.andThen(s -> s.metrics().auc())));
  }

  /** The series in their order. */
  List<Series> ranked() {
    return ranked;
  }

  TableView table() {
    List<Cell> headings = new ArrayList<>(List.of(Cell.number("#")));
    if (several()) {
      headings.add(Cell.words("Run"));
    }
    headings.add(Cell.words("Architecture"));
    columns.forEach(column -> headings.add(Cell.number(column.title).hinted(column.hint)));
    List<String> best = columns.stream().map(column -> column.best(results())).toList();
    List<Row> rows = new ArrayList<>();
    for (Series series : ranked) {
      rows.add(row(series, rows.size() + 1, best));
    }
    return new TableView("ranking", groups, headings, rows);
  }

  private Row row(Series series, int rank, List<String> best) {
    List<Cell> cells = new ArrayList<>();
    cells.add(Cell.number(series.architecture().result().isEmpty() ? "" : String.valueOf(rank)));
    if (several()) {
      cells.add(Cell.words(series.run().name()));
    }
    cells.add(Cell.words(series.architecture().name()).with("swatch").with(series.style()));
    for (int i = 0; i < columns.size(); i++) {
      Column column = columns.get(i);
      String text = series.architecture().result().map(column::text).orElse(Figures.NONE);
      Cell cell = Cell.number(text);
      cells.add(!text.equals(Figures.NONE) && text.equals(best.get(i)) ? cell.with(BEST) : cell);
    }
    return new Row(cells);
  }
}
