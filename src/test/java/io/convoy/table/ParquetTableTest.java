package io.convoy.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.failure.UserException;
import io.convoy.spark.SharedSpark;
import io.convoy.storage.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParquetTableTest {
  private static final StructType COLUMNS =
      new StructType()
          .add("path", DataTypes.StringType)
          .add("label", DataTypes.IntegerType)
          .add("bytes", DataTypes.LongType)
          .add("probability", DataTypes.DoubleType);

  private static final List<Row> ROWS =
      List.of(
          RowFactory.create("cats/é\n猫.jpg", 1, 1L << 40, 0.1),
          RowFactory.create("", 0, -1L, null),
          RowFactory.create(null, null, null, Double.MIN_VALUE));

  @TempDir Path folder;

  private Storage place() {
    return Storage.at(folder.resolve("table.parquet").toString(), new Configuration());
  }

  private List<Row> read(StructType columns) {
    List<Row> rows = new ArrayList<>();
    new ParquetTable(place()).forEach(columns, rows::add);
    return rows;
  }

  private void write() {
    write(COLUMNS, ROWS);
  }

  private void write(StructType columns, List<Row> rows) {
    place()
        .write(
            out -> {
              try (ParquetRows written = new ParquetRows(columns, out, new Configuration())) {
                for (Row row : rows) {
                  written.write(row);
                }
              }
            });
  }

  @Test
  void whatIsWrittenIsReadAgain() {
    write();

    assertEquals(ROWS, read(COLUMNS));
  }

  @Test
  void sparkReadsWhatIsWrittenWithTheSameTypes() {
    write();

    var read = SharedSpark.session().read().parquet(place().toString());

    assertEquals(COLUMNS, read.schema());
    assertEquals(ROWS, read.collectAsList());
  }

  private static final StructType MAPS =
      new StructType()
          .add("probabilities", DataTypes.createMapType(DataTypes.StringType, DataTypes.FloatType));

  @Test
  void numbersByNamesAreReadAgainAndBySpark() {
    Map<String, Float> numbers = new LinkedHashMap<>();
    numbers.put("猫", 0.1f);
    numbers.put("dog", Float.MIN_VALUE);
    List<Row> rows = List.of(RowFactory.create(numbers), RowFactory.create(Map.of()), nothing());
    write(MAPS, rows);

    List<Row> read = read(MAPS);

    assertEquals(rows, read);
    assertEquals("[猫, dog]", ((Map<?, ?>) read.get(0).get(0)).keySet().toString());
    var bySpark = SharedSpark.session().read().parquet(place().toString());
    assertEquals(MAPS, bySpark.schema());
    assertEquals(numbers, bySpark.collectAsList().get(0).getJavaMap(0));
    assertEquals(0.1f, bySpark.selectExpr("probabilities['猫']").first().getFloat(0));
  }

  private static Row nothing() {
    return RowFactory.create(new Object[] {null});
  }

  @Test
  void numbersByNamesThatSparkHasWrittenAreRead() {
    Map<String, Float> numbers = Map.of("cat", 0.25f, "dog", 0.75f);
    SharedSpark.session()
        .sql("SELECT map('cat', float(0.25), 'dog', float(0.75)) AS probabilities")
        .coalesce(1)
        .write()
        .parquet(place().toString());

    assertEquals(List.of(RowFactory.create(numbers)), read(MAPS));
  }

  @Test
  void aFolderThatSparkHasWrittenIsReadInTheOrderOfItsFiles() {
    SharedSpark.session()
        .createDataFrame(ROWS, COLUMNS)
        .repartitionByRange(3, org.apache.spark.sql.functions.col("bytes"))
        .write()
        .parquet(place().toString());

    assertEquals(List.of(ROWS.get(2), ROWS.get(1), ROWS.get(0)), read(COLUMNS));
  }

  @Test
  void aColumnThatIsLackingIsEmptyAndOthersAreLeftOut() {
    write();

    List<Row> rows =
        read(
            new StructType().add("label", DataTypes.IntegerType).add("hash", DataTypes.StringType));

    assertEquals(RowFactory.create(1, null), rows.get(0));
  }

  @Test
  void aFileThatIsNoTableIsRefusedByName() throws IOException {
    Files.writeString(folder.resolve("table.parquet"), "path,label\n");

    String message = assertThrows(UserException.class, () -> read(COLUMNS)).getMessage();

    assertTrue(message.contains("table.parquet cannot be read as a table of convoy's"), message);
    assertEquals(1, message.lines().count());
  }

  @Test
  void aTableThatIsNotThereIsRefusedByName() {
    String message = assertThrows(UserException.class, () -> read(COLUMNS)).getMessage();

    assertTrue(message.endsWith("table.parquet: there is no such table."), message);
  }

  @Test
  void aColumnOfAnotherTypeIsRefused() {
    write();

    assertThrows(
        UserException.class, () -> read(new StructType().add("path", DataTypes.IntegerType)));
  }
}
