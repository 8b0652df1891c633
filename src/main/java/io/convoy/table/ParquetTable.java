package io.convoy.table;

import io.convoy.failure.UserException;
import io.convoy.storage.Storage;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * A table of Parquet.
 *
 * @param place a file, or a folder of files, as Spark writes them
 */
public record ParquetTable(Storage place) {

  @FunctionalInterface
  private interface Cell {
    Object of(Group row, String column);
  }

  private static final Map<DataType, Cell> CELLS =
      Map.of(
          DataTypes.StringType, (row, column) -> row.getString(column, 0),
          DataTypes.IntegerType, (row, column) -> row.getInteger(column, 0),
          DataTypes.LongType, (row, column) -> row.getLong(column, 0),
          DataTypes.DoubleType, (row, column) -> row.getDouble(column, 0));

  /** Whether there is one. */
  public boolean exists() {
    return place.exists();
  }

  /**
   * Shows each row, those of a folder in the order of its files' names.
   *
   * @param columns of strings, ints, longs and doubles, and maps of strings to floats; one that the
   *     table lacks is null
   * @param visitor is shown rows of these columns
   * @throws UserException if there is none, or of other columns
   */
  public void forEach(StructType columns, Consumer<Row> visitor) {
    for (Storage file : files()) {
      try (ParquetReader<Group> reader =
          ParquetReader.builder(new GroupReadSupport(), file.path())
              .withConf(place.fileSystem().getConf())
              .build()) {
        for (Row row = next(reader, columns, file);
            row != null;
            row = next(reader, columns, file)) {
          visitor.accept(row);
        }
      } catch (FileNotFoundException e) {
        throw new UserException("%s: there is no such table.", file);
      } catch (IOException e) {
        throw new UncheckedIOException(file + ": " + e.getMessage(), e);
      }
    }
  }

  private static Row next(ParquetReader<Group> reader, StructType columns, Storage file)
      throws IOException {
    try {
      Group row = reader.read();
      return row == null ? null : row(row, columns);
    } catch (RuntimeException e) {
      // Parquet's own, of files that are none or have columns of other types.
      throw new UserException(
          "%s cannot be read as a table of convoy's: it is damaged, or another program wrote it; make"
              + " it again.",
          file);
    }
  }

  private List<Storage> files() {
    return place.isFolder()
        ? place.children().stream().filter(file -> file.name().endsWith(".parquet")).toList()
        : List.of(place);
  }

  private static Row row(Group row, StructType columns) {
    StructField[] fields = columns.fields();
    Object[] cells = new Object[fields.length];
    for (int i = 0; i < cells.length; i++) {
      String name = fields[i].name();
      if (row.getType().containsField(name) && row.getFieldRepetitionCount(name) > 0) {
        DataType type = fields[i].dataType();
        cells[i] =
            type instanceof MapType
                ? numbersByName(row.getGroup(name, 0))
                : CELLS.get(type).of(row, name);
      }
    }
    return RowFactory.create(cells);
  }

  private static Map<String, Float> numbersByName(Group map) {
    Map<String, Float> numbers = new LinkedHashMap<>();
    for (int i = 0; i < map.getFieldRepetitionCount(ParquetRows.ENTRIES); i++) {
      Group entry = map.getGroup(ParquetRows.ENTRIES, i);
      numbers.put(entry.getString(ParquetRows.KEY, 0), entry.getFloat(ParquetRows.VALUE, 0));
    }
    return numbers;
  }
}
