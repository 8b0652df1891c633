package io.convoy.report;

import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * A small table, as a run leaves it.
 *
 * @param name of its files
 * @param schema its columns, in {@code snake_case}
 * @param rows in the order in which they are written
 */
public record Table(String name, StructType schema, List<Row> rows) {}
