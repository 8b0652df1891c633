package io.convoy.ml;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.notebook.NoteRun;
import io.convoy.notebook.NoteRun.Results;
import io.convoy.notebook.Notebook;
import io.convoy.notebook.ScalaShell;
import io.convoy.sample.SampleAction;
import io.convoy.spark.SharedSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The paragraphs of the note that predicts, and the page's examples, by Scala's interpreter and
 * Spark SQL; see {@code NotebookTest}.
 */
class PredictNoteTest {
  private static final Path NOTE = Path.of("notebooks/predict-in-spark.zpln");
  private static final Path PAGE = Path.of("src/site/markdown/spark-ml.md");

  @TempDir static Path folder;
  @AutoClose private static ScalaShell shell;
  private static Trained trained;
  private static Results results;

  @BeforeAll
  static void run() throws IOException {
    trained = new Trained(folder);
    String model = trained.ofTwo();
    Files.writeString(folder.resolve("photos/broken.jpg"), "no photo");
    shell = new ScalaShell(SharedSpark.session());
    results =
        new NoteRun(SharedSpark.session(), shell)
            .run(Notebook.read(NOTE), Map.of("model", model, "photos", trained.at("photos")));
  }

  /** One after the other, as a reader types them. */
  @Test
  void theExamplesOfThePageRun() throws IOException {
    Matcher examples =
        Pattern.compile("```scala\\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(PAGE));
    new SampleAction(SharedSpark.session()).drawAnimals(trained.at("more"), 80, 2);
    String printed = "";
    while (examples.find()) {
      printed +=
          shell.interpret(
              examples
                  .group(1)
                  .replace("/data/photos", trained.at("more"))
                  .replace("/data/runs/first/models/conv24", trained.at("two/models/tiny"))
                  .replace("/data/", folder + "/"));
    }
    assertTrue(printed.contains("predictedLabel"), printed);
    assertTrue(printed.contains(".label"), printed);
    ConvoyModel fitted = ConvoyModel.load(trained.at("models/of-table"));
    assertArrayEquals(new String[] {"cat", "dog"}, fitted.classes());
  }

  private static List<Row> rows(String column) {
    return results.rows().values().stream()
        .filter(rows -> !rows.isEmpty())
        .filter(rows -> List.of(rows.get(0).schema().fieldNames()).contains(column))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void theModelIsTold() {
    assertTrue(
        results.printed().values().stream().anyMatch(text -> text.contains("architecture=tiny")),
        results.printed()::toString);
  }

  @Test
  void everyPhotoIsCountedOnce() {
    assertEquals(41, rows("class").stream().mapToLong(row -> row.<Long>getAs("photos")).sum());
  }

  @Test
  void whatIsNoPhotoIsToldWithTheReason() {
    List<Row> reasons = rows("files");
    assertEquals(1, reasons.size());
    assertTrue(reasons.get(0).<String>getAs("example").endsWith("/broken.jpg"));
  }

  @Test
  void theFunctionSaysWhatTheStageSays() {
    Map<String, String> least = new HashMap<>();
    rows("predictedLabel")
        .forEach(row -> least.put(row.getAs("path"), row.getAs("predictedLabel")));
    assertEquals(20, least.size());
    List<Row> byFunction = rows("label");
    assertEquals(10, byFunction.size());
    byFunction.stream()
        .filter(row -> least.containsKey(row.<String>getAs("path")))
        .forEach(row -> assertEquals(least.get(row.<String>getAs("path")), row.getAs("label")));
  }
}
