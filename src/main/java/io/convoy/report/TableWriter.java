package io.convoy.report;

import com.univocity.parsers.csv.CsvWriter;
import com.univocity.parsers.csv.CsvWriterSettings;
import io.convoy.spark.JobNames;
import io.convoy.storage.Storage;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Writes each table twice: {@code NAME.parquet}, a folder, and {@code NAME.csv}, one file with a
 * header (RFC 4180, UTF-8, {@code .} as decimal point, full precision, empty where there is no
 * value). Writing a table again replaces it.
 */
public final class TableWriter {
  /** Always the same name, so that a new table takes the place of the old one. */
  private static final String PART = "part-00000.snappy.parquet";

  private final SparkSession spark;
  private final Storage folder;

  /** Whether Spark's success marker is left in the Parquet folder. */
  public enum Marker {
    SUCCESS,
    NONE
  }

  /**
   * @param spark the session
   * @param folder of the tables
   */
  public TableWriter(SparkSession spark, Storage folder) {
    this.spark = spark;
    this.folder = folder;
  }

  /** Writes a finished table. */
  public void write(Table table) {
    write(table, Marker.SUCCESS);
  }

  /** Writes a table that may still grow. */
  public void write(Table table, Marker marker) {
    write(table.name(), spark.createDataFrame(table.rows(), table.schema()), marker);
  }

  /**
   * Writes rows in their order; they are brought into one partition. A reader sees the old table or
   * the new one, in either form; the marker comes when both are new.
   */
  public void write(String name, Dataset<Row> rows, Marker marker) {
    Dataset<Row> single = rows.coalesce(1);
    Storage parquet = folder.child(name + ".parquet");
    Storage success = parquet.child("_SUCCESS");
    JobNames names = new JobNames(spark.sparkContext());
    names.begin("write table %s", name);
    if (marker == Marker.NONE) {
      success.delete();
    }
    writeCsv(folder.child(name + ".csv").toString(), single);
    writeParquet(parquet, single);
    if (marker == Marker.SUCCESS) {
      success.write(out -> {});
    }
    names.end();
  }

  /** Spark deletes the old folder before it has written the new one; so it writes elsewhere. */
  private static void writeParquet(Storage parquet, Dataset<Row> single) {
    Storage aside = parquet.aside();
    try {
      single.write().parquet(aside.toString());
      Storage part =
          aside.children().stream()
              .filter(file -> file.name().endsWith(".parquet"))
              .findFirst()
              .orElseThrow();
      parquet
          .child(PART)
          .write(
              out -> {
                try (InputStream in = part.open()) {
                  in.transferTo(out);
                }
              });
    } finally {
      aside.delete();
    }
  }

  private void writeCsv(String csv, Dataset<Row> single) {
    String[] header = single.columns();
    SerializableConfiguration configuration =
        new SerializableConfiguration(spark.sparkContext().hadoopConfiguration());
    JavaRDD<Row> rows = single.javaRDD();
    if (rows.getNumPartitions() == 0) {
      // Spark leaves nothing of rows that it finds to be none.
      Storage.at(csv, configuration.value())
          .write(out -> csv(header, Collections.emptyIterator(), out));
      return;
    }
    rows.mapPartitions(
            partition -> {
              Storage.at(csv, configuration.value()).write(out -> csv(header, partition, out));
              return List.of(csv).iterator();
            })
        .count();
  }

  private static void csv(String[] header, Iterator<Row> rows, OutputStream out) {
    CsvWriterSettings settings = new CsvWriterSettings();
    settings.getFormat().setLineSeparator("\n");
    // Names of files: their blanks count, and their quotes and carriage returns must be quoted.
    settings.setIgnoreLeadingWhitespaces(false);
    settings.setIgnoreTrailingWhitespaces(false);
    settings.setQuotationTriggers('"', '\r');
    CsvWriter writer = new CsvWriter(out, StandardCharsets.UTF_8, settings);
    writer.writeHeaders(header);
    while (rows.hasNext()) {
      Row row = rows.next();
      Object[] cells = new Object[header.length];
      for (int i = 0; i < cells.length; i++) {
        cells[i] = row.get(i);
      }
      writer.writeRow(cells);
    }
    writer.flush();
  }
}
