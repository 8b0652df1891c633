package io.convoy.table;

import io.convoy.failure.UserException;
import io.convoy.storage.Storage;
import org.apache.spark.sql.Row;

/** A row of a saved table, as it is read. */
public final class SavedRow {
  private final Storage table;
  private final Row row;

  SavedRow(Storage table, Row row) {
    this.table = table;
    this.row = row;
  }

  /**
   * The cell of a column that is never empty.
   *
   * @throws UserException if it is empty, or the table has no such column
   */
  public <V> V value(SavedColumn<V> column) {
    V value = valueOrNull(column);
    if (value == null) {
      throw new UserException(
          "%s is damaged, or another program wrote it: a row has nothing in its column %s; make the"
              + " run again.",
          table, column.name());
    }
    return value;
  }

  /** The cell of a column; null where it is empty, or the table, as an older one, lacks it. */
  public <V> V valueOrNull(SavedColumn<V> column) {
    return column.type().cast(row.get(column.index()));
  }

  /** The number in a column; NaN where the cell is empty, or the table lacks the column. */
  public double number(SavedColumn<Double> column) {
    Double number = valueOrNull(column);
    return number == null ? Double.NaN : number;
  }

  /** What is to be said of a word in a column that is none of those that it may hold. */
  public UserException unknown(SavedColumn<String> column) {
    return new UserException(
        "%s is damaged: \"%s\" in the column %s makes no sense; make the run again.",
        table, valueOrNull(column), column.name());
  }
}
