package io.convoy.report;

import io.convoy.evaluate.Estimate;
import io.convoy.table.Columns;
import io.convoy.table.SavedColumn;
import io.convoy.table.SavedRow;
import java.util.function.Function;

/** The two ends of the interval of a figure, which has a column of its own. */
record EndColumns(SavedColumn<Double> low, SavedColumn<Double> high) {

  /**
   * Adds them to a table.
   *
   * @param figure the name of its column
   * @param of the estimate, from a row; may be null
   */
  <R> EndColumns(Columns<R> table, String figure, Function<R, Estimate> of) {
    this(
        table.number(figure + "_low", of.andThen(e -> e == null ? null : e.low())),
        table.number(figure + "_high", of.andThen(e -> e == null ? null : e.high())));
  }

  /** The estimate; null where it is not defined. */
  Estimate around(Double value, SavedRow row) {
    Double from = row.valueOrNull(low);
    Double to = row.valueOrNull(high);
    return value == null || from == null || to == null ? null : new Estimate(value, from, to);
  }
}
