package io.convoy.ingest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.failure.UserException;
import io.convoy.labels.LabelRow;
import io.convoy.settings.LabelColumns;
import io.convoy.spark.SharedSpark;
import io.convoy.storage.Storage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LabelFileTest {
  private static final List<LabelRow> TWO = List.of(row("a.jpg", "cat"), row("b c.jpg", "dog"));
  private static final LabelColumns KAGGLE = new LabelColumns("id", "breed", "split", "group");

  @TempDir Path folder;

  private static LabelRow row(String path, String label) {
    return new LabelRow(path, label, "", "");
  }

  private Path write(String name, String text, Charset charset) {
    try {
      return Files.write(folder.resolve(name), text.getBytes(charset));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static List<LabelRow> rows(Path file) {
    return rows(file, LabelColumns.USUAL);
  }

  private static List<LabelRow> rows(Path file, LabelColumns columns) {
    Storage place = Storage.at(file.toString(), new Configuration());
    return new LabelFile(place, SharedSpark.session(), columns)
        .rows().stream().sorted(Comparator.comparing(LabelRow::path)).toList();
  }

  private static String refusal(Path file) {
    return refusal(file, LabelColumns.USUAL);
  }

  private static String refusal(Path file, LabelColumns columns) {
    String message = assertThrows(UserException.class, () -> rows(file, columns)).getMessage();
    assertEquals(1, message.lines().count(), message);
    assertTrue(message.contains(file.getFileName().toString()), message);
    return message;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "path,label\na.jpg,cat\nb c.jpg,dog\n",
        "path,label\r\na.jpg,cat\r\nb c.jpg,dog\r\n",
        "\uFEFFpath,label\r\na.jpg,cat\r\nb c.jpg,dog",
        "Label, PATH\ncat, a.jpg\ndog, b c.jpg\n",
        "path;label\na.jpg;cat\nb c.jpg;dog\n",
        "path\tlabel\na.jpg\tcat\nb c.jpg\tdog\n",
        "path|label\na.jpg|cat\nb c.jpg|dog\n",
        "\"path\",\"label\"\n\"a.jpg\",\"cat\"\n\"b c.jpg\",\"dog\"\n",
        "path,photographer,label\na.jpg,\"Doe, John\",cat\nb c.jpg,,dog\n",
        "\n\npath,label\na.jpg,cat\n\nb c.jpg,dog\n\n",
        "path,label\n a.jpg , cat \n b c.jpg , dog \n"
      })
  void aCsvIsReadHoweverItIsWritten(String text) {
    assertEquals(TWO, rows(write("labels.csv", text, UTF_8)));
  }

  @Test
  void quotedCommasQuotesAndPercentSignsBelongToTheValue() {
    Path file =
        write(
            "labels.csv", "path,label\n\"a, \"\"b\"\".jpg\",\"cat, big\"\n100%25.jpg,dog\n", UTF_8);

    assertEquals(List.of(row("100%25.jpg", "dog"), row("a, \"b\".jpg", "cat, big")), rows(file));
  }

  @ParameterizedTest
  @ValueSource(strings = {"50% of labels.CSV", "labels, café 1 + 1 = 2.csv", "labels.txt"})
  void theFileMayBeCalledWhatFilesAreCalled(String name) {
    assertEquals(TWO, rows(write(name, "path,label\na.jpg,cat\nb c.jpg,dog\n", UTF_8)));
  }

  @Test
  void aNameThatIsAPatternIsRefused() {
    String message = refusal(write("labels [1].csv", "path,label\na.jpg,cat\n", UTF_8));

    assertTrue(message.contains("a name without them"), message);
  }

  @Test
  void aCompressedFileIsRead() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write("path;label\na.jpg;cat\nb c.jpg;dog\n".getBytes(UTF_8));
    }

    assertEquals(TWO, rows(Files.write(folder.resolve("labels.csv.gz"), bytes.toByteArray())));
  }

  @Test
  void columnsOfOtherNamesAreTakenWhereTheSettingsNameThem() {
    Path file = write("labels.csv", "id,breed\na,pug\nb,beagle\n", UTF_8);

    assertEquals(List.of(row("a", "pug"), row("b", "beagle")), rows(file, KAGGLE));
  }

  @Test
  void splitAndGroupAreTakenWhereTheyAreThere() {
    Path file = write("labels.csv", "path,label,split,group\na.jpg,cat,train,tom\n", UTF_8);

    assertEquals(List.of(new LabelRow("a.jpg", "cat", "train", "tom")), rows(file));
  }

  @ParameterizedTest
  @CsvSource({"split,patient_id,labels.group", "patient_id,group,labels.split"})
  void aColumnThatASettingNamesAndTheFileHasNotIsRefused(String split, String group, String key) {
    Path file = write("labels.csv", "path,label,patientid\na.jpg,cat,7\n", UTF_8);

    String message = refusal(file, new LabelColumns("path", "label", split, group));

    assertTrue(
        message.contains(
            "no column patient_id, which " + key + " names, but: path, label, patientid."),
        message);
  }

  @Test
  void aUsualColumnMayBeMissingInWhateverCapitalsASettingNamesIt() {
    Path file = write("labels.csv", "path,label\na.jpg,cat\n", UTF_8);

    assertEquals(
        List.of(row("a.jpg", "cat")),
        rows(file, new LabelColumns("path", "label", "Split", "Group")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      value = {
        "labels.jsonl # {'path':'a.jpg','label':'cat'}~{'label':'dog','path':'b c.jpg'}~",
        "labels.ndjson # {'path':'a.jpg','label':'cat','n':[1]}~{'label':'dog','path':'b c.jpg'}",
        "labels.json # {'path':'a.jpg','label':'cat'}~{'label':'dog','path':'b c.jpg'}",
        "labels.json # [{'path':'a.jpg',~'label':'cat'},~{'label':'dog','path':'b c.jpg'}]"
      })
  void jsonIsReadByLinesOrAsOneList(String name, String text) {
    String json = text.replace('\'', '"').replace('~', '\n');

    assertEquals(TWO, rows(write(name, json, UTF_8)));
  }

  @Test
  void numbersAreLabelsToo() {
    Path file = write("labels.jsonl", "{\"path\":\"a.jpg\",\"label\":7}\n", UTF_8);

    assertEquals(List.of(row("a.jpg", "7")), rows(file));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cast(7 as double) | 7",
        "cast(2.5 as double) | 2.5",
        "cast(12345678 as double) | 12345678",
        "cast(10000000 as float) | 10000000",
        "cast('NaN' as double) | ''",
        "7 | 7",
        "cast(7 as decimal(9,2)) | 7",
        "'7' | 7"
      })
  void parquetIsReadFromAFolderWhateverTypeALabelHas(String label, String text) {
    Path file = folder.resolve("labels");
    SparkSession spark = SharedSpark.session();
    spark
        .sql("select 'a.jpg' as path, " + label + " as label union all select 'b.jpg', null")
        .repartition(2)
        .write()
        .parquet(file.toString());

    assertEquals(List.of(row("a.jpg", text), row("b.jpg", "")), rows(file));
  }

  @Test
  void photosThatAreCalledByLargeNumbersKeepAllTheirDigits() {
    Path file = folder.resolve("labels");
    SharedSpark.session()
        .sql("select cast(12345678 as double) as path, cast(10000000 as double) as label")
        .write()
        .parquet(file.toString());

    assertEquals(List.of(row("12345678", "10000000")), rows(file));
  }

  @Test
  void oneParquetFileIsRead() throws IOException {
    SharedSpark.session()
        .sql("select 'a.jpg' as path, 'cat' as label")
        .coalesce(1)
        .write()
        .parquet(folder.resolve("labels").toString());
    try (Stream<Path> files = Files.list(folder.resolve("labels"))) {
      Path part =
          files.filter(each -> each.toString().endsWith(".parquet")).findFirst().orElseThrow();
      Path file = Files.copy(part, folder.resolve("labels.parquet"));

      assertEquals(List.of(row("a.jpg", "cat")), rows(file));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      value = {
        "a.jpg,cat~b.jpg,dog # no column path and no column label, but: a.jpg, cat",
        "a.jpg;cat~b.jpg;dog # but: a.jpg, cat. Its first line must name them",
        "path,breed~a.jpg,pug # no column label, but: path, breed",
        "id,label~a,pug # --set labels.path=id"
      })
  void aFileWithoutTheColumnsIsRefused(String text, String said) {
    String message = refusal(write("labels.csv", text.replace('~', '\n'), UTF_8));

    assertTrue(message.contains(said), message);
  }

  @Test
  void jsonWithoutTheColumnsIsRefused() {
    String message = refusal(write("labels.jsonl", "{\"id\":\"a\",\"breed\":\"pug\"}", UTF_8));

    assertTrue(message.contains("no column path and no column label, but: breed, id"), message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n \n", "\uFEFF"})
  void anEmptyFileIsRefused(String text) {
    String message = refusal(write("labels.csv", text, UTF_8));

    assertTrue(message.contains("is empty"), message);
  }

  @Test
  void aHeaderAloneIsRefused() {
    String message = refusal(write("labels.csv", "path,label\n", UTF_8));

    assertTrue(message.contains("it has no row"), message);
  }

  @Test
  void utf16IsRefusedWithWhatToDo() {
    String message = refusal(write("labels.csv", "\uFEFFpath,label\na,b\n", UTF_16LE));

    assertTrue(message.contains("save it as UTF-8"), message);
  }

  @Test
  void lettersOfAnOtherCharacterSetAreRefusedWithWhatToDo() {
    String message = refusal(write("labels.csv", "path,label\na.jpg,B\u00e4r\n", ISO_8859_1));

    assertTrue(message.contains("B\uFFFDr: save it as UTF-8"), message);
  }

  @Test
  void aNameThatSparkPassesOverIsTold() {
    String message = refusal(write("_classes.csv", "path,label\na.jpg,b\n", UTF_8));

    assertTrue(message.contains("give it another name"), message);
  }

  @Test
  void aSpreadsheetIsRefused() {
    String message = refusal(write("labels.xlsx", "PK", UTF_8));

    assertTrue(message.contains("no label file by its name"), message);
  }

  @Test
  void whatIsNotParquetIsRefused() {
    String message = refusal(write("labels.parquet", "path,label\na,b\n", UTF_8));

    assertTrue(message.contains("cannot be read"), message);
  }

  @Test
  void aMissingFileIsRefused() {
    String message = refusal(folder.resolve("nowhere.csv"));

    assertTrue(message.contains("check --labels"), message);
  }

  @Test
  void anEmptyFolderIsRefused() throws IOException {
    String message = refusal(Files.createDirectory(folder.resolve("nothing")));

    assertTrue(message.contains("empty folder"), message);
  }

  @Test
  void aColumnOfListsIsRefused() {
    String message =
        refusal(write("labels.jsonl", "{\"path\":\"a.jpg\",\"label\":[\"cat\",\"dog\"]}", UTF_8));

    assertTrue(message.contains("array<string>"), message);
  }
}
