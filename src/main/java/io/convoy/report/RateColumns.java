package io.convoy.report;

import io.convoy.evaluate.Rates;
import io.convoy.table.Columns;
import io.convoy.table.SavedColumn;
import io.convoy.table.SavedRow;
import java.util.function.Function;

/** The three columns of rates; empty where they are not defined. */
record RateColumns(
    SavedColumn<Double> precision, SavedColumn<Double> recall, SavedColumn<Double> f1) {

  /**
   * Adds them to a table.
   *
   * @param prefix of their names
   * @param rates from a row; may be null
   */
  <R> RateColumns(Columns<R> table, String prefix, Function<R, Rates> rates) {
    this(
        table.number(prefix + "precision", rates.andThen(r -> r == null ? null : r.precision())),
        table.number(prefix + "recall", rates.andThen(r -> r == null ? null : r.recall())),
        table.number(prefix + "f1", rates.andThen(r -> r == null ? null : r.f1())));
  }

  Rates read(SavedRow row) {
    return row.valueOrNull(f1) == null
        ? null
        : new Rates(row.value(precision), row.value(recall), row.value(f1));
  }
}
