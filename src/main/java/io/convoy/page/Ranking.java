package io.convoy.page;

import io.convoy.evaluate.ThresholdRow;
import io.convoy.page.RankingView.Better;
import io.convoy.page.RankingView.Cell;
import io.convoy.page.RankingView.Details;
import io.convoy.page.RankingView.Entry;
import io.convoy.page.RankingView.Heading;
import io.convoy.page.RunPage.Origin.Fact;
import io.convoy.report.ArchitectureResult;
import io.convoy.report.SplitResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/** The table of all architectures of runs that can be compared, the best first. */
final class Ranking {
  private static final String BEST = "best";

  private final List<Series> ranked;
  private final List<Column> columns = new ArrayList<>();

  /**
   * A column.
   *
   * @param meaning a line that explains it
   * @param better which figure is the best, and comes first when the rows are sorted by it
   * @param value of an architecture; null where it is not defined
   * @param text of a value
   */
  private record Column(
      String title,
      String meaning,
      Better better,
      Function<ArchitectureResult, Double> value,
      Function<Double, String> text) {

    String text(ArchitectureResult result) {
      Double figure = value.apply(result);
      return figure == null || !Double.isFinite(figure) ? Figures.NONE : text.apply(figure);
    }

    /** As it is shown, so that figures that look the same are equally good. */
    String best(List<ArchitectureResult> results) {
      List<ArchitectureResult> falling =
          results.stream()
              .filter(result -> Objects.nonNull(value.apply(result)))
              .sorted((a, b) -> Double.compare(value.apply(b), value.apply(a)))
              .toList();
      return falling.size() < 2
          ? ""
          : text(falling.get(better == Better.HIGH ? 0 : falling.size() - 1));
    }
  }

  Ranking(List<Series> all) {
    this.ranked = all.stream().sorted(Series.RANKING).toList();
    boolean validated =
        results().stream().anyMatch(result -> result.validation().metrics().images() > 0);
    boolean tested = results().stream().anyMatch(result -> result.test().metrics().images() > 0);
    if (validated) {
      columns.add(accuracy("Accuracy", "validation", ArchitectureResult::validation));
    }
    if (tested) {
      columns.add(accuracy("Test accuracy", "test", ArchitectureResult::test));
    }
    if (validated) {
      columns.addAll(probabilities("", "validation", ArchitectureResult::validation));
    }
    if (tested) {
      columns.addAll(probabilities("Test ", "test", ArchitectureResult::test));
    }
    columns.addAll(costs());
  }

  private List<ArchitectureResult> results() {
    return ranked.stream().flatMap(series -> series.architecture().result().stream()).toList();
  }

  private static Column accuracy(
      String title, String split, Function<ArchitectureResult, SplitResult> of) {
    return new Column(
        title,
        "share of the %s photos that are classified correctly at the threshold 0.5"
            .formatted(split),
        Better.HIGH,
        of.andThen(s -> s.metrics().accuracy()),
        value -> Figures.decimal(value, 3));
  }

  private static List<Column> probabilities(
      String prefix, String split, Function<ArchitectureResult, SplitResult> of) {
    return List.of(
        new Column(
            prefix + "AUC",
            "area under the ROC curve on %s: 0.5 is guessing, 1 is perfect".formatted(split),
            Better.HIGH,
            of.andThen(s -> s.metrics().auc()),
            value -> Figures.decimal(value, 3)),
        new Column(
            prefix + "MSE",
            ("mean squared error between probability and label on %s (Brier score): 0 is perfect"
                    + (prefix.isEmpty() ? "; the ranking goes by it" : ""))
                .formatted(split),
            Better.LOW,
            of.andThen(s -> s.metrics().mse()),
            value -> Figures.decimal(value, 4)));
  }

  private static List<Column> costs() {
    return List.of(
        new Column(
            "Parameters",
            "weights and biases (k thousand, M million, B billion)",
            Better.LOW,
            result -> (double) result.parameters(),
            value -> Figures.compact(value.longValue())),
        new Column(
            "Model",
            "size of the model's file",
            Better.LOW,
            result -> (double) result.modelBytes(),
            value -> Figures.megabytes(value.longValue()) + "\u00a0MB"),
        new Column(
            "Training",
            "time of all epochs, without validation and reading the photos anew",
            Better.LOW,
            ArchitectureResult::trainSeconds,
            Figures::duration));
  }

  /** The series in their order. */
  List<Series> ranked() {
    return ranked;
  }

  RankingView view() {
    List<Heading> headings = new ArrayList<>();
    headings.add(new Heading("#", "number rank", Better.LOW.key()));
    headings.add(new Heading("Architecture", "words name", Better.LOW.key()));
    columns.forEach(
        column -> headings.add(new Heading(column.title, "number", column.better.key())));
    List<String> best = columns.stream().map(column -> column.best(results())).toList();
    return new RankingView(
        headings,
        IntStream.range(0, ranked.size()).mapToObj(i -> entry(ranked.get(i), i + 1, best)).toList(),
        columns.stream().map(column -> new Fact(column.title, column.meaning)).toList());
  }

  private Entry entry(Series series, int rank, List<String> best) {
    Optional<ArchitectureResult> result = series.architecture().result();
    List<Cell> cells = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      Column column = columns.get(i);
      String text = result.map(column::text).orElse(Figures.NONE);
      boolean isBest = !text.equals(Figures.NONE) && text.equals(best.get(i));
      cells.add(
          new Cell(
              text,
              isBest ? "number " + BEST : "number",
              sortKey(result.map(column.value).orElse(null)),
              List.of()));
    }
    return new Entry(
        series.id(),
        result.isEmpty() ? "" : String.valueOf(rank),
        rank,
        series.architecture().name(),
        series.style(),
        series.runName(),
        List.of(),
        cells,
        result.stream().map(Ranking::details).toList());
  }

  private static Details details(ArchitectureResult result) {
    return new Details(
        LayerWords.of(result.architecture()), RecipeWords.of(result.architecture()), more(result));
  }

  private static String sortKey(Double value) {
    return value == null || !Double.isFinite(value) ? "" : value.toString();
  }

  /** The figures that have no column. */
  private static List<Fact> more(ArchitectureResult result) {
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("Parameters", Figures.whole(result.parameters())));
    facts.add(new Fact("Epochs trained", Figures.whole(result.epochs())));
    facts.add(new Fact("Best epoch, which is kept", Figures.whole(result.bestEpoch())));
    facts.add(new Fact("Training time an epoch", Figures.duration(result.epochSeconds())));
    facts.add(
        new Fact(
            "Training throughput", Figures.decimal(result.imagesPerSecond(), 1) + " photos/s"));
    facts.add(new Fact("Workers", Figures.whole(result.workers())));
    result
        .validation()
        .atBest()
        .ifPresent(
            row ->
                facts.add(
                    new Fact(
                        "Best threshold, chosen on validation",
                        Figures.decimal(row.threshold(), 1))));
    split("Validation", result.validation(), facts);
    split("Test", result.test(), facts);
    return facts;
  }

  private static void split(String name, SplitResult split, List<Fact> facts) {
    if (split.metrics().images() == 0) {
      return;
    }
    facts.add(
        new Fact(
            name + " accuracy at it",
            Figures.decimal(split.atBest().map(ThresholdRow::accuracy).orElse(null), 3)));
    facts.add(new Fact(name + " Pearson's r", Figures.decimal(split.metrics().pearsonR(), 3)));
    facts.add(
        new Fact(name + " cross-entropy", Figures.decimal(split.metrics().crossEntropy(), 4)));
  }
}
