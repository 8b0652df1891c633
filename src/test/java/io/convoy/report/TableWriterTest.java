package io.convoy.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.report.TableWriter.Marker;
import io.convoy.spark.SharedSpark;
import io.convoy.storage.Storage;
import io.convoy.table.Columns;
import io.convoy.table.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableWriterTest {
  private record Photo(String path, Double probability, Integer label) {}

  private static final List<Photo> PHOTOS =
      List.of(
          new Photo("cats/cat, \"the\" first.jpg", 1.0 / 3, 1),
          new Photo("dogs/é\nü.jpg", null, 0),
          new Photo("dogs/dog.2.jpg", 1e-9, 0));

  @TempDir Path folder;
  private TableWriter writer;

  @BeforeEach
  void openWriter() {
    writer = new TableWriter(Storage.at(folder.toUri().toString(), new Configuration()));
  }

  private static Table photos(List<Photo> photos) {
    Columns<Photo> columns = new Columns<>("photos");
    columns.text("path", Photo::path);
    columns.number("probability", Photo::probability);
    columns.integer("label", Photo::label);
    return columns.table(photos);
  }

  private List<Row> parquet() {
    return SharedSpark.session()
        .read()
        .parquet(folder.resolve("photos.parquet").toString())
        .collectAsList();
  }

  private String csv() throws IOException {
    return Files.readString(folder.resolve("photos.csv"));
  }

  @Test
  void theCsvHasAHeaderQuotesWhatNeedsItAndKeepsFullPrecision() throws IOException {
    writer.write(photos(PHOTOS));
    assertEquals(
        """
        path,probability,label
        "cats/cat, ""the"" first.jpg",0.3333333333333333,1
        "dogs/é
        ü.jpg",,0
        dogs/dog.2.jpg,1.0E-9,0
        """,
        csv());
  }

  @Test
  void blanksAndQuotesOfNamesAreKept() throws IOException {
    writer.write(
        photos(
            List.of(
                new Photo(" a ", 0.5, 1),
                new Photo("\"b\" c", 0.5, 1),
                new Photo("d\re", 0.5, 1))));
    assertEquals(
        "path,probability,label\n a ,0.5,1\n\"\"\"b\"\" c\",0.5,1\n\"d\re\",0.5,1\n", csv());
  }

  @Test
  void numbersByNamesAreAJsonObjectInTheCsv() throws IOException {
    Columns<Map<String, Float>> columns = new Columns<>("photos");
    columns.numbers("probabilities", Function.identity());
    Map<String, Float> numbers = new LinkedHashMap<>();
    numbers.put("hot \"dog\", big", 0.1f);
    numbers.put("猫", 1e-9f);

    writer.write(columns.table(List.of(numbers, Map.of())));

    assertEquals(
        "probabilities\n\"{\"\"hot \\\"\"dog\\\"\", big\"\":0.1,\"\"猫\"\":1.0E-9}\"\n{}\n", csv());
  }

  @Test
  void theParquetFolderHasTheSameRowsInTheSameOrder() {
    Table table = photos(PHOTOS);
    writer.write(table);
    assertEquals(table.rows(), parquet());
  }

  @Test
  void aTableWithoutRowsStillHasItsColumns() throws IOException {
    writer.write(photos(List.of()));
    assertEquals("path,probability,label\n", csv());
    assertEquals(List.of(), parquet());
  }

  @Test
  void rowsOfTheExecutorsAreWrittenInTheirOrder() throws IOException {
    Table table = photos(PHOTOS);

    writer.write(
        "photos",
        table.schema(),
        SharedSpark.context().parallelize(table.rows(), 3),
        Marker.SUCCESS);

    assertEquals(table.rows(), parquet());
    assertEquals(5, csv().lines().count());
  }

  @Test
  void rowsThatSparkFindsToBeNoneStillHaveTheirColumns() throws IOException {
    writer.write(
        "photos", photos(PHOTOS).schema(), SharedSpark.context().emptyRDD(), Marker.SUCCESS);

    assertEquals("path,probability,label\n", csv());
    assertEquals(List.of(), parquet());
  }

  @Test
  void writingAgainReplacesTheTable() throws IOException {
    writer.write(photos(PHOTOS));
    writer.write(photos(PHOTOS.subList(2, 3)));
    assertEquals(1, parquet().size());
    assertEquals("path,probability,label\ndogs/dog.2.jpg,1.0E-9,0\n", csv());
  }

  @Test
  void aTableThatMayGrowDoesNotLookFinished() {
    writer.write(photos(PHOTOS), Marker.NONE);
    assertFalse(Files.exists(folder.resolve("photos.parquet/_SUCCESS")));
    writer.write(photos(PHOTOS), Marker.SUCCESS);
    assertTrue(Files.exists(folder.resolve("photos.parquet/_SUCCESS")));
  }

  @Test
  void nothingElseIsLeftInTheFolder() throws IOException {
    writer.write(photos(PHOTOS));
    try (var files = Files.list(folder)) {
      assertEquals(
          List.of("photos.csv", "photos.parquet"),
          files.map(file -> file.getFileName().toString()).sorted().toList());
    }
  }
}
