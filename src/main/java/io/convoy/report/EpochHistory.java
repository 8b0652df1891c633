package io.convoy.report;

import static org.apache.spark.sql.functions.col;

import io.convoy.storage.Storage;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * The epochs that an earlier run has trained a network.
 *
 * @param table {@code epochs.parquet} or {@code rounds.parquet} of that run
 */
public record EpochHistory(Storage table) {

  /**
   * Reads the rows of the first epochs of one architecture, in their order.
   *
   * @param epochs how many at most
   * @param schema of the rows
   * @return none where there is no such table, or it lacks a column
   */
  public List<Row> read(SparkSession spark, String architecture, int epochs, StructType schema) {
    if (!table.exists()) {
      return List.of();
    }
    Dataset<Row> rows = spark.read().parquet(table.toString());
    if (!Arrays.asList(rows.columns()).containsAll(Arrays.asList(schema.fieldNames()))) {
      return List.of();
    }
    return rows.where(col("architecture").equalTo(architecture).and(col("epoch").leq(epochs)))
        .orderBy(inOrder(schema))
        .select(Arrays.stream(schema.fieldNames()).map(n -> col(n)).toArray(Column[]::new))
        .collectAsList();
  }

  private static Column[] inOrder(StructType schema) {
    return Stream.of("epoch", "round")
        .filter(List.of(schema.fieldNames())::contains)
        .map(name -> col(name))
        .toArray(Column[]::new);
  }
}
