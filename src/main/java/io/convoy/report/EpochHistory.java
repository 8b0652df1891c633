package io.convoy.report;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

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
   * @return none where there is no such table; a column that it lacks, as an older one may, is
   *     empty
   */
  public List<Row> read(SparkSession spark, String architecture, int epochs, StructType schema) {
    if (!table.exists()) {
      return List.of();
    }
    Dataset<Row> rows = spark.read().parquet(table.toString());
    List<String> present = Arrays.asList(rows.columns());
    Column[] columns =
        Arrays.stream(schema.fields())
            .map(f -> present.contains(f.name()) ? col(f.name()) : lit(null).cast(f.dataType()))
            .toArray(Column[]::new);
    return rows.where(col("architecture").equalTo(architecture).and(col("epoch").leq(epochs)))
        .orderBy(inOrder(schema))
        .select(columns)
        .collectAsList();
  }

  private static Column[] inOrder(StructType schema) {
    return Stream.of("epoch", "round")
        .filter(List.of(schema.fieldNames())::contains)
        .map(name -> col(name))
        .toArray(Column[]::new);
  }
}
