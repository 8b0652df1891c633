package io.convoy.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.averaging.Applied;
import io.convoy.averaging.Round;
import io.convoy.dataset.DatasetTables;
import io.convoy.dataset.DatasetTables.Example;
import io.convoy.dataset.LabelledPhoto;
import io.convoy.dataset.Split;
import io.convoy.evaluate.Predictions;
import io.convoy.evaluate.SplitMetrics;
import io.convoy.evaluate.TemperatureScaling;
import io.convoy.evaluate.ThresholdSweep;
import io.convoy.failure.UserException;
import io.convoy.report.PredictionTable.Prediction;
import io.convoy.report.PredictionTable.Scores;
import io.convoy.report.SavedTables.RejectedFile;
import io.convoy.report.SavedTables.RejectedFiles;
import io.convoy.report.TableWriter.Marker;
import io.convoy.settings.Architecture;
import io.convoy.settings.Loss;
import io.convoy.settings.Optimizer;
import io.convoy.storage.Storage;
import io.convoy.table.Table;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SavedTablesTest {
  private static final List<String> CLASSES = List.of("dog", "cat");
  private static final Predictions VALIDATION =
      new Predictions(2, new float[] {0.9f, 0.75f, 0.55f, 0.1f}, new int[] {1, 1, 0, 0});
  private static final Predictions NONE = Predictions.none(2);
  private static final Predictions DIVERGED =
      new Predictions(2, new float[] {Float.NaN}, new int[] {1});

  private static final StructType PREDICTIONS =
      new StructType()
          .add("architecture", DataTypes.StringType)
          .add("split", DataTypes.StringType)
          .add("path", DataTypes.StringType)
          .add("label", DataTypes.IntegerType)
          .add("probability", DataTypes.DoubleType);

  @TempDir Path folder;

  private static ArchitectureResult result(String name, Predictions validation, Predictions test) {
    SplitResult validated = SplitResult.ofValidation(validation);
    return new ArchitectureResult(
        architecture(name),
        123,
        456,
        100,
        5,
        3,
        2,
        16,
        4.0,
        0.002,
        validated,
        SplitResult.ofTest(test, validated),
        TemperatureScaling.UNKNOWN,
        Optional.empty());
  }

  private static Architecture architecture(String name) {
    return new Architecture(name, List.of(), Loss.MSE, new Optimizer.Sgd(0.01), 32, 5);
  }

  private Storage place() {
    return Storage.at(folder.toString(), new Configuration());
  }

  private TableWriter writer() {
    return new TableWriter(place());
  }

  private SavedTables saved() {
    return new SavedTables(place(), List.of(architecture("a"), architecture("b")), CLASSES);
  }

  private void write(String table, StructType schema, Row... rows) {
    writer().write(new Table(table, schema, List.of(rows)));
  }

  @Test
  void resultsAreReadAsTheyWereWritten() {
    List<ArchitectureResult> results =
        List.of(result("b", VALIDATION, VALIDATION), result("a", VALIDATION, NONE));
    writer().write(new MetricsTable(CLASSES).of(results));
    writer().write(new ThresholdTable(CLASSES).of(results));
    writer().write(new ConfusionTable(CLASSES).of(results));
    writer().write(new ClassTable(CLASSES).of(results));
    assertEquals(results, saved().results());
  }

  @Test
  void theTablesOfAnOlderConvoyAreAssessedByTheirPredictions() {
    List<ArchitectureResult> results = List.of(result("a", VALIDATION, NONE));
    writer().write(new ThresholdTable(CLASSES).of(results));
    Table metrics = new MetricsTable(CLASSES).of(results);
    int columns = metrics.schema().fieldIndex("inference_seconds_per_image");
    write(
        "metrics",
        new StructType(Arrays.copyOf(metrics.schema().fields(), columns)),
        RowFactory.create(
            IntStream.range(0, columns).mapToObj(metrics.rows().get(0)::get).toArray()));
    write(
        "predictions",
        PREDICTIONS,
        RowFactory.create("a", "validation", "p", 1, (double) 0.9f),
        RowFactory.create("a", "validation", "q", 1, 0.75),
        RowFactory.create("a", "validation", "r", 0, (double) 0.55f),
        RowFactory.create("a", "validation", "s", 0, (double) 0.1f));
    ArchitectureResult read = saved().results().get(0);
    assertEquals(results.get(0).validation(), read.validation());
    assertNull(read.inferenceSecondsPerImage());
  }

  @Test
  void aVerdictThatNobodyKnowsIsDamage() {
    List<ArchitectureResult> results = List.of(result("a", VALIDATION, NONE));
    Table metrics = new MetricsTable(CLASSES).of(results);
    Object[] cells =
        IntStream.range(0, metrics.schema().length())
            .mapToObj(metrics.rows().get(0)::get)
            .toArray();
    cells[metrics.schema().fieldIndex("validation_verdict")] = "superb";
    write("metrics", metrics.schema(), RowFactory.create(cells));
    assertTrue(
        assertThrows(UserException.class, () -> saved().results())
            .getMessage()
            .contains("\"superb\" in the column validation_verdict makes no sense"));
  }

  @Test
  void theFiguresOfADivergedNetworkAreNull() {
    List<ArchitectureResult> results = List.of(result("a", DIVERGED, NONE));
    writer().write(new MetricsTable(CLASSES).of(results));
    writer().write(new ThresholdTable(CLASSES).of(results));
    writer().write(new ConfusionTable(CLASSES).of(results));
    writer().write(new ClassTable(CLASSES).of(results));
    assertEquals(results, saved().results());
  }

  @Test
  void epochsAreReadAsTheyWereWritten() {
    writer()
        .write(
            new EpochTable(CLASSES)
                .of(
                    List.of(
                        new EpochResult(
                            "a",
                            1,
                            Double.NaN,
                            0.25,
                            SplitMetrics.of(VALIDATION),
                            ThresholdSweep.of(VALIDATION.oneVsRest(1)).best(),
                            1,
                            0.5,
                            4.0,
                            25.0,
                            1,
                            8,
                            8,
                            64,
                            Applied.NOTHING))));
    assertEquals(List.of(new EpochSummary("a", 1, null, 0.25, 0.75, 4.0)), saved().epochs());
  }

  @Test
  void roundsAreReadAsTheyWereWritten() {
    Map<String, List<Round>> rounds =
        Map.of(
            "a",
            List.of(
                new Round(2, 3, 8, 4, 1000, 0.5, 1.5, 800, 3200, 0.25, 1.25),
                new Round(2, 4, 1, 1, 7, Double.NaN, 0.5, 800, 800, 0, Double.NaN)));
    assertEquals(Map.of(), saved().rounds());
    writer().write(new RoundTable().of(rounds));
    assertEquals(rounds, saved().rounds());
  }

  @Test
  void pathsAreReadAsTheyWereWrittenWhateverTheyHold() {
    List<String> paths =
        List.of(
            "#cats/1.jpg",
            "cats/a,b.jpg",
            "cats/\"quoted\".jpg",
            "cats/two\nlines.jpg",
            "cats/two\r\nlines.jpg",
            "cats/back\\slash.jpg",
            "cats/<script>.jpg",
            "cats/\u65e5\u672c\u8a9e \ud83d\ude3a.jpg",
            "cats/" + "x".repeat(5000) + ".jpg");
    StructType schema =
        new StructType()
            .add("path", DataTypes.StringType)
            .add("reason", DataTypes.StringType)
            .add("found", DataTypes.StringType);
    writer()
        .write(
            new Table(
                "rejected",
                schema,
                paths.stream().map(path -> RowFactory.create(path, "odd", null)).toList()),
            Marker.NONE);
    RejectedFiles rejected = saved().rejected(100);
    assertEquals(paths, rejected.first().stream().map(RejectedFile::path).toList());
    assertNull(rejected.first().get(0).found());
  }

  @Test
  void rejectedFilesAreAllCountedThoughFewAreNamed() {
    write(
        "rejected",
        DatasetTables.REJECTED,
        RowFactory.create("a", "odd", ""),
        RowFactory.create("b", "odd", ""),
        RowFactory.create("c", "odd", ""));
    RejectedFiles rejected = saved().rejected(2);
    assertEquals(3, rejected.count());
    assertEquals(2, rejected.first().size());
  }

  @Test
  void aProbabilityThatIsEmptyIsNoNumber() {
    write("predictions", PREDICTIONS, RowFactory.create("a", "test", "p", 1, null));
    List<Prediction> predictions = new ArrayList<>();
    saved().predictions(predictions::add);
    assertEquals("p", predictions.get(0).path());
    assertArrayEquals(new float[] {Float.NaN}, predictions.get(0).outputs());
  }

  @Test
  void theTablesOfManyClassesAreReadAsTheyWereWritten() {
    List<String> classes = List.of("ant", "bee", "wasp");
    Predictions validation =
        new Predictions(
            3,
            new float[] {0.5f, 0.25f, 0.25f, 0.125f, 0.75f, 0.125f, 0.25f, 0.5f, 0.25f},
            new int[] {0, 1, 2});
    List<ArchitectureResult> results = List.of(result("a", validation, Predictions.none(3)));
    writer().write(new MetricsTable(classes).of(results));
    writer().write(new ThresholdTable(classes).of(results));
    writer().write(new ConfusionTable(classes).of(results));
    writer().write(new ClassTable(classes).of(results));
    List<Example> examples =
        IntStream.range(0, 3)
            .mapToObj(
                i ->
                    new Example(
                        new LabelledPhoto("p" + i, validation.labels()[i], "", 1, 1),
                        Split.VALIDATION,
                        i,
                        ""))
            .toList();
    new PredictionTable(classes)
        .write(
            writer(),
            List.of(new Scores("a", 0.5, examples, Map.of(Split.VALIDATION, validation))));

    SavedTables saved = new SavedTables(place(), List.of(architecture("a")), classes);

    assertEquals(results, saved.results());
    assertEquals(3, saved.results().get(0).validation().sweeps().size());
    Predictions scores = saved.scores().get("a").get("validation");
    assertArrayEquals(validation.probabilities(), scores.probabilities());
    assertArrayEquals(validation.labels(), scores.labels());
  }

  @Test
  void aTableThatIsNotThereYetIsEmpty() {
    assertEquals(List.of(), saved().results());
    assertEquals(List.of(), saved().epochs());
  }

  @Test
  void aColumnThatIsMissingIsNamed() {
    write(
        "epochs",
        new StructType().add("architecture", DataTypes.StringType),
        RowFactory.create("a"));
    assertMistake("a row has nothing in its column epoch");
  }

  @Test
  void aWordInsteadOfANumberIsRefused() {
    write(
        "epochs",
        new StructType()
            .add("architecture", DataTypes.StringType)
            .add("epoch", DataTypes.StringType),
        RowFactory.create("a", "first"));
    assertMistake("cannot be read as a table of convoy's");
  }

  private void assertMistake(String part) {
    String message = assertThrows(UserException.class, () -> saved().epochs()).getMessage();
    assertTrue(message.contains(part), message);
    assertEquals(1, message.lines().count());
  }
}
