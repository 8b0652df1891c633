package io.convoy.report;

import io.convoy.spark.JobNames;
import io.convoy.storage.Storage;
import io.convoy.table.Table;
import java.util.Collections;
import java.util.Iterator;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Writes each table twice: {@code NAME.parquet}, a folder, and {@code NAME.csv}, one file with a
 * header (RFC 4180, UTF-8, {@code .} as decimal point, full precision, empty where there is no
 * value). Writing a table again replaces it.
 */
public final class TableWriter {
  /** Always the same name, so that a new table takes the place of the old one. */
  private static final String PART = "part-00000.snappy.parquet";

  private final Storage folder;

  /** Whether Spark's success marker is left in the Parquet folder. */
  public enum Marker {
    SUCCESS,
    NONE
  }

  /**
   * @param folder of the tables
   */
  public TableWriter(Storage folder) {
    this.folder = folder;
  }

  /** Writes a finished table. */
  public void write(Table table) {
    write(table, Marker.SUCCESS);
  }

  /** Writes a table that may still grow. */
  public void write(Table table, Marker marker) {
    write(table.name(), table.schema(), table.rows().iterator(), marker);
  }

  /**
   * Writes rows in their order. A reader sees the old table or the new one, in either form; the
   * marker comes when both are new.
   */
  public void write(String name, StructType schema, Iterator<Row> rows, Marker marker) {
    replace(name, schema, marker, files -> files.write(rows));
  }

  /** Writes rows of the executors in their order: brought into one partition, and from there. */
  public void write(String name, StructType schema, JavaRDD<Row> rows, Marker marker) {
    JobNames names = new JobNames(rows.context());
    names.begin("write table %s", name);
    replace(name, schema, marker, files -> write(rows.coalesce(1), files));
    names.end();
  }

  private static void write(JavaRDD<Row> single, TableFiles files) {
    if (single.getNumPartitions() == 0) {
      files.write(Collections.emptyIterator());
    } else {
      single.foreachPartition(files::write);
    }
  }

  private void replace(String name, StructType schema, Marker marker, Consumer<TableFiles> rows) {
    Storage parquet = folder.child(name + ".parquet");
    Storage success = parquet.child("_SUCCESS");
    if (marker == Marker.NONE) {
      success.delete();
    }
    rows.accept(
        new TableFiles(
            folder.child(name + ".csv").toString(),
            parquet.child(PART).toString(),
            schema,
            new SerializableConfiguration(folder.fileSystem().getConf())));
    if (marker == Marker.SUCCESS) {
      success.write(out -> {});
    }
  }
}
