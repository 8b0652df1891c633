package io.convoy.table;

import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * A small table, as a run leaves it.
 *
 * @param name of its files
 * @param schema its columns, in {@code snake_case}
 * @param rows in the order in which they are written
 */
public record Table(String name, StructType schema, List<Row> rows) {

  /** The same table behind other rows of its schema. */
  public Table after(List<Row> earlier) {
    return new Table(name, schema, Stream.of(earlier, rows).flatMap(List::stream).toList());
  }
}
