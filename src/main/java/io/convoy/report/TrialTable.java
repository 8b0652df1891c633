package io.convoy.report;

import io.convoy.report.TextTable.Column;
import io.convoy.search.SuccessiveHalving.State;
import io.convoy.settings.Distribution;
import io.convoy.settings.SearchSpace;
import io.convoy.storage.Storage;
import io.convoy.table.Columns;
import io.convoy.table.SavedColumn;
import io.convoy.table.SavedRow;
import io.convoy.table.Table;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;

/**
 * {@code trials}: a row a trial and rung of a search, in the order in which they began. Each
 * setting that was drawn has a column of its own, {@code setting_} and its key, behind the others.
 */
public final class TrialTable {
  private final Columns<TrialRow> columns = new Columns<>("trials");
  private final SavedColumn<Integer> trial = columns.integer("trial", TrialRow::trial);
  private final SavedColumn<String> architecture =
      columns.text("architecture", TrialRow::architecture);
  private final SavedColumn<String> base = columns.text("base", TrialRow::base);
  private final SavedColumn<String> drawn =
      columns.text("drawn", row -> SearchSpace.text(row.drawn()));
  private final SavedColumn<Integer> rung = columns.integer("rung", TrialRow::rung);
  private final SavedColumn<String> state =
      columns.text("state", row -> row.state().name().toLowerCase(Locale.ROOT));
  private final SavedColumn<String> reason = columns.text("reason", TrialRow::reason);
  private final SavedColumn<Integer> epochs = columns.integer("epochs", TrialRow::epochs);
  private final SavedColumn<Integer> bestEpoch = columns.integer("best_epoch", TrialRow::bestEpoch);
  private final SavedColumn<String> metric = columns.text("metric", TrialRow::metric);
  private final SavedColumn<Double> value = columns.number("metric_value", TrialRow::value);
  private final SavedColumn<Double> loss = columns.number("validation_loss", TrialRow::loss);
  private final SavedColumn<Double> mse = columns.number("validation_mse", TrialRow::mse);
  private final SavedColumn<Double> accuracy =
      columns.number("validation_accuracy", TrialRow::accuracy);
  private final SavedColumn<Double> auc = columns.number("validation_auc", TrialRow::auc);
  private final SavedColumn<Double> seconds = columns.number("train_seconds", TrialRow::seconds);
  private final SavedColumn<Long> images = columns.longInteger("images_passed", TrialRow::images);
  private final SavedColumn<Double> searchSeconds =
      columns.number("search_seconds", TrialRow::searchSeconds);

  /**
   * @param keys that are drawn, with the kind of their values
   */
  public TrialTable(SortedMap<String, Distribution.Values> keys) {
    keys.forEach(this::add);
  }

  private void add(String key, Distribution.Values values) {
    String name = "setting_" + key.replaceAll("[^A-Za-z0-9]+", "_").toLowerCase(Locale.ROOT);
    switch (values) {
      case NUMBERS -> columns.number(name, row -> number(row.drawn().get(key)));
      case WHOLE_NUMBERS ->
          columns.longInteger(
              name,
              row -> row.drawn().containsKey(key) ? Long.valueOf(row.drawn().get(key)) : null);
      case WORDS -> columns.text(name, row -> row.drawn().get(key));
    }
  }

  private static Double number(String text) {
    return text == null ? null : Double.valueOf(text);
  }

  /** The table of some rows. */
  public Table of(List<TrialRow> rows) {
    return columns.table(rows);
  }

  /** Reads the rows, in their order; none where there is no table. */
  public static List<TrialRow> read(Storage folder) {
    List<TrialRow> rows = new ArrayList<>();
    TrialTable table = new TrialTable(Collections.emptySortedMap());
    table.columns.read(folder, row -> rows.add(table.row(row)));
    return rows;
  }

  /** Rows for a terminal: the figures that people compare first. */
  public static String text(List<TrialRow> rows) {
    TextTable text =
        new TextTable(
            Column.number("rank", "%d"),
            Column.text("trial"),
            Column.number("rung", "%d"),
            Column.number("epochs", "%d"),
            Column.number("val_acc", "%.3f"),
            Column.number("val_auc", "%.3f"),
            Column.number("val_mse", "%.4f"),
            Column.text("settings"));
    for (TrialRow row : rows) {
      text.row(
          rows.indexOf(row) + 1,
          row.architecture(),
          row.rung(),
          row.epochs(),
          row.accuracy(),
          row.auc(),
          row.mse(),
          row.settings());
    }
    return text.render();
  }

  private TrialRow row(SavedRow row) {
    return new TrialRow(
        row.value(trial),
        row.value(architecture),
        row.value(base),
        SearchSpace.drawn(row.value(drawn)),
        row.value(rung),
        state(row),
        row.valueOrNull(reason),
        row.value(epochs),
        row.valueOrNull(bestEpoch),
        row.value(metric),
        row.valueOrNull(value),
        row.valueOrNull(loss),
        row.valueOrNull(mse),
        row.valueOrNull(accuracy),
        row.valueOrNull(auc),
        row.number(seconds),
        row.value(images),
        row.number(searchSeconds));
  }

  private State state(SavedRow row) {
    try {
      return State.valueOf(row.value(state).toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw row.unknown(state);
    }
  }
}
