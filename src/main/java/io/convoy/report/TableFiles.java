package io.convoy.report;

import com.univocity.parsers.csv.CsvWriter;
import com.univocity.parsers.csv.CsvWriterSettings;
import io.convoy.storage.Json;
import io.convoy.storage.Storage;
import io.convoy.table.ParquetRows;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;

/**
 * The two files of a table, written in one pass over its rows, on the driver or on an executor.
 *
 * @param csv where the one goes
 * @param parquet where the other goes
 * @param schema the columns
 * @param configuration Hadoop's
 */
record TableFiles(
    String csv, String parquet, StructType schema, SerializableConfiguration configuration)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Replaces both, in one step each. */
  void write(Iterator<Row> rows) {
    place(csv).write(lines -> place(parquet).write(pages -> write(rows, lines, pages)));
  }

  private Storage place(String file) {
    return Storage.at(file, configuration.value());
  }

  private void write(Iterator<Row> rows, OutputStream lines, OutputStream pages)
      throws IOException {
    CsvWriter csvWriter = csvWriter(lines);
    csvWriter.writeHeaders(schema.fieldNames());
    try (ParquetRows parquetWriter = new ParquetRows(schema, pages, configuration.value())) {
      while (rows.hasNext()) {
        Row row = rows.next();
        csvWriter.writeRow(cells(row));
        parquetWriter.write(row);
      }
    }
    csvWriter.flush();
  }

  private static CsvWriter csvWriter(OutputStream lines) {
    CsvWriterSettings settings = new CsvWriterSettings();
    settings.getFormat().setLineSeparator("\n");
    // Names of files: their blanks count, and their quotes and carriage returns must be quoted.
    settings.setIgnoreLeadingWhitespaces(false);
    settings.setIgnoreTrailingWhitespaces(false);
    settings.setQuotationTriggers('"', '\r');
    return new CsvWriter(lines, StandardCharsets.UTF_8, settings);
  }

  private static Object[] cells(Row row) {
    Object[] cells = new Object[row.length()];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = row.get(i) instanceof Map<?, ?> map ? Json.line(map) : row.get(i);
    }
    return cells;
  }
}
