package io.convoy.report;

import io.convoy.evaluate.Contrast;
import io.convoy.evaluate.Predictions;
import io.convoy.table.Columns;
import io.convoy.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code comparisons}: a row a split, metric and pair of architectures. */
public final class ComparisonTable {
  /** Of its files. */
  public static final String NAME = "comparisons";

  private final Columns<Entry> columns = new Columns<>(NAME);

  private record Entry(String split, Contrast contrast) {}

  /** Sets the columns. */
  public ComparisonTable() {
    columns.text("architecture", e -> e.contrast.first());
    columns.text("other", e -> e.contrast.second());
    columns.text("split", Entry::split);
    columns.text("metric", e -> e.contrast.metric());
    columns.number("difference", e -> e.contrast.difference().value());
    columns.number("low", e -> e.contrast.difference().low());
    columns.number("high", e -> e.contrast.difference().high());
    columns.number("p", e -> e.contrast.pValue());
    columns.number("adjusted_p", e -> e.contrast.adjustedP());
  }

  /**
   * The table of some architectures, the validation split first.
   *
   * @param validation the predictions of each, by name, in their order
   * @param test the same of the test split
   */
  public Table of(Map<String, Predictions> validation, Map<String, Predictions> test) {
    List<Entry> entries = new ArrayList<>();
    Contrast.of(validation).forEach(each -> entries.add(new Entry("validation", each)));
    Contrast.of(test).forEach(each -> entries.add(new Entry("test", each)));
    return columns.table(entries);
  }
}
