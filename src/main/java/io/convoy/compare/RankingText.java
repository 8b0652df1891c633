package io.convoy.compare;

import io.convoy.evaluate.SplitMetrics;
import io.convoy.report.ArchitectureResult;
import io.convoy.report.Remark;
import io.convoy.report.TextTable;
import io.convoy.report.TextTable.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A comparison for a terminal: the ranking with the figures that people compare first, what must be
 * said of single networks, the networks that are worth their size, those that cannot be told apart,
 * and the advice.
 *
 * @param comparison of at least one network
 * @param classes in the order of their labels
 */
public record RankingText(Comparison comparison, List<String> classes) {
  private static final double SECONDS_A_MINUTE = 60;
  private static final double MILLI = 1e-3;

  private record Figure(Column column, Function<ArchitectureResult, Object> value) {}

  /** Lines, each ended by a line feed. */
  public String text() {
    Advice advice = new Advice(comparison);
    String groups = advice.groups().stream().map(line -> line + "\n").collect(Collectors.joining());
    return table() + "\n" + remarks() + worth() + groups + advice.sentence() + "\n";
  }

  private String table() {
    List<Figure> figures = figures();
    List<Column> columns = new ArrayList<>();
    columns.add(Column.number("rank", "%d"));
    columns.add(Column.text("architecture"));
    figures.forEach(figure -> columns.add(figure.column));
    TextTable table = new TextTable(columns.toArray(Column[]::new));
    int rank = 0;
    for (Candidate candidate : comparison.ranked()) {
      List<Object> cells = new ArrayList<>();
      cells.add(candidate.isRanked() ? ++rank : null);
      cells.add(candidate.label());
      figures.forEach(figure -> cells.add(figure.value.apply(candidate.result())));
      table.row(cells.toArray());
    }
    return table.render();
  }

  private List<Figure> figures() {
    List<Figure> figures = new ArrayList<>();
    figures.addAll(ofSplits("acc", "%.3f", SplitMetrics::accuracy));
    if (classes.size() == 2) {
      figures.addAll(ofSplits("auc", "%.3f", SplitMetrics::auc));
      figures.addAll(ofSplits("mse", "%.4f", SplitMetrics::mse));
    } else {
      // Of one split alone, for a terminal is no wider.
      if (comparison.ranked().stream().anyMatch(RankingText::hasTopFive)) {
        figures.addAll(ofFirst("top5", "%.3f", SplitMetrics::top5));
      }
      figures.addAll(ofFirst("f1", "%.3f", RankingText::macroF1));
      figures.addAll(ofFirst("auc", "%.3f", SplitMetrics::auc));
      figures.addAll(ofFirst("brier", "%.4f", SplitMetrics::brier));
    }
    figures.add(new Figure(Column.number("parameters", "%,d"), ArchitectureResult::parameters));
    figures.add(new Figure(Column.number("epochs", "%d"), ArchitectureResult::epochs));
    figures.add(
        new Figure(Column.number("minutes", "%.1f"), r -> r.trainSeconds() / SECONDS_A_MINUTE));
    figures.add(new Figure(Column.number("ms/photo", "%.2f"), RankingText::milliseconds));
    return figures;
  }

  private static boolean hasTopFive(Candidate candidate) {
    return candidate.result().judged().metrics().top5() != null;
  }

  private static Double macroF1(SplitMetrics metrics) {
    return metrics.macro() == null ? null : metrics.macro().f1();
  }

  /** Of validation, or of test where validation has no images. */
  private List<Figure> ofFirst(String name, String format, Function<SplitMetrics, Double> metric) {
    return ofSplits(name, format, metric).stream().limit(1).toList();
  }

  /** Of the splits that have images. */
  private List<Figure> ofSplits(String name, String format, Function<SplitMetrics, Double> metric) {
    List<Figure> figures = new ArrayList<>();
    if (isAnyMeasured(r -> r.validation().metrics())) {
      figures.add(
          new Figure(
              Column.number("val_" + name, format), r -> metric.apply(r.validation().metrics())));
    }
    if (isAnyMeasured(r -> r.test().metrics())) {
      figures.add(
          new Figure(Column.number("test_" + name, format), r -> metric.apply(r.test().metrics())));
    }
    return figures;
  }

  private boolean isAnyMeasured(Function<ArchitectureResult, SplitMetrics> split) {
    return comparison.ranked().stream().anyMatch(c -> split.apply(c.result()).images() > 0);
  }

  private static Double milliseconds(ArchitectureResult result) {
    return result.inferenceSecondsPerImage() == null
        ? null
        : result.inferenceSecondsPerImage() / MILLI;
  }

  private String remarks() {
    return comparison.ranked().stream()
        .flatMap(
            candidate ->
                new Remark(candidate.result(), classes)
                    .text().stream().map(remark -> candidate.label() + ": " + remark + ".\n"))
        .collect(Collectors.joining());
  }

  private String worth() {
    List<Candidate> worth = comparison.pareto(Cost.PARAMETERS);
    return worth.isEmpty() || comparison.ranked().size() == 1
        ? ""
        : "No other is as accurate and smaller (Pareto): "
            + worth.stream().map(Candidate::label).collect(Collectors.joining(", "))
            + ".\n";
  }
}
