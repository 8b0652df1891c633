package io.convoy.report;

import io.convoy.evaluate.Estimate;
import io.convoy.evaluate.RepeatedMetric;
import io.convoy.report.TextTable.Column;
import io.convoy.storage.Storage;
import io.convoy.table.Columns;
import io.convoy.table.SavedColumn;
import io.convoy.table.Table;
import java.util.ArrayList;
import java.util.List;

/** {@code repeats}: a row an architecture that is trained several times, split and metric. */
public final class RepeatTable {
  private final Columns<Repeated> columns = new Columns<>("repeats");
  private final SavedColumn<String> architecture =
      columns.text("architecture", Repeated::architecture);
  private final SavedColumn<String> split = columns.text("split", Repeated::split);
  private final SavedColumn<String> metric = columns.text("metric", r -> r.metric.name());
  private final SavedColumn<Integer> repeats = columns.integer("repeats", r -> r.metric.repeats());
  private final SavedColumn<Double> mean = columns.number("mean", r -> r.metric.mean().value());
  private final SavedColumn<Double> spread = columns.number("spread", r -> r.metric.spread());
  private final SavedColumn<Double> low = columns.number("low", r -> r.metric.mean().low());
  private final SavedColumn<Double> high = columns.number("high", r -> r.metric.mean().high());

  /**
   * A row.
   *
   * @param architecture that is repeated
   * @param split its key
   */
  public record Repeated(String architecture, String split, RepeatedMetric metric) {}

  /** The table. */
  public Table of(List<Repeated> rows) {
    return columns.table(rows);
  }

  /** Reads the rows; none of a run without repeats. */
  public List<Repeated> read(Storage folder) {
    List<Repeated> rows = new ArrayList<>();
    columns.read(
        folder,
        row ->
            rows.add(
                new Repeated(
                    row.value(architecture),
                    row.value(split),
                    new RepeatedMetric(
                        row.value(metric),
                        row.value(repeats),
                        row.number(spread),
                        new Estimate(row.number(mean), row.number(low), row.number(high))))));
    return rows;
  }

  /** The same for a terminal; nothing where there are no rows. */
  public static String text(List<Repeated> rows) {
    if (rows.isEmpty()) {
      return "";
    }
    TextTable table =
        new TextTable(
            Column.text("architecture"),
            Column.text("split"),
            Column.text("metric"),
            Column.number("repeats", "%d"),
            Column.number("mean", "%.4f"),
            Column.number("spread", "%.4f"),
            Column.number("low", "%.4f"),
            Column.number("high", "%.4f"));
    for (Repeated row : rows) {
      Estimate of = row.metric.mean();
      table.row(
          row.architecture,
          row.split,
          row.metric.name(),
          row.metric.repeats(),
          of.value(),
          row.metric.spread(),
          of.low(),
          of.high());
    }
    return table.render() + "\n";
  }
}
