package io.convoy.report;

import io.convoy.storage.Storage;
import io.convoy.table.ParquetTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * The epochs that an earlier run has trained a network.
 *
 * @param table {@code epochs.parquet} or {@code rounds.parquet} of that run
 */
public record EpochHistory(Storage table) {

  /**
   * Reads the rows of the first epochs of one architecture, in their order; rounds of an epoch in
   * that of the table.
   *
   * @param epochs how many at most
   * @param schema of the rows
   * @return none where there is no such table; a column that it lacks, as an older one may, is
   *     empty
   */
  public List<Row> read(String architecture, int epochs, StructType schema) {
    ParquetTable rows = new ParquetTable(table);
    if (!rows.exists()) {
      return List.of();
    }
    int name = schema.fieldIndex("architecture");
    int epoch = schema.fieldIndex("epoch");
    List<Row> found = new ArrayList<>();
    rows.forEach(
        schema,
        row -> {
          if (row.getString(name).equals(architecture) && row.getInt(epoch) <= epochs) {
            found.add(row);
          }
        });
    found.sort(Comparator.comparingInt(row -> row.getInt(epoch)));
    return found;
  }
}
