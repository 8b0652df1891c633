package io.convoy.job;

import static org.apache.spark.sql.functions.lit;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.cli.Command.Existing;
import io.convoy.cli.RunCommand;
import io.convoy.evaluate.Estimate;
import io.convoy.evaluate.PairedComparison;
import io.convoy.evaluate.Predictions;
import io.convoy.notebook.NoteRun;
import io.convoy.notebook.NoteRun.Results;
import io.convoy.notebook.Notebook;
import io.convoy.notebook.Notebook.Paragraph;
import io.convoy.notebook.ScalaShell;
import io.convoy.report.ArchitectureResult;
import io.convoy.sample.SampleAction;
import io.convoy.spark.SharedSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The notebook's paragraphs by Scala's interpreter and by Spark SQL, on the tables of small runs:
 * not in Zeppelin itself, whose interpreter for this Spark cannot be had from Maven Central.
 */
class NotebookTest {
  private static final int RUNS_TABLE = 0;
  private static final int THUMBNAILS = 1;
  private static final int VERDICT = 2;

  @TempDir static Path folder;
  private static Workplace place;
  @AutoClose private static ScalaShell shell;
  private static Results ofOne;
  private static Results ofTwo;
  private static Results ofSixClasses;

  @BeforeAll
  static void runOnOneRunAndOnTwo() throws IOException {
    place = new Workplace(folder).withPhotos();
    new RunJob(place.context()).run(place.run("first", Workplace.tinySettings()));
    otherAnimals();
    new RunJob(place.context())
        .run(
            new RunCommand(
                place.at("others"),
                place.at("second"),
                Optional.empty(),
                Workplace.settings(Map.of("images.classes", "[wolf, sheep]")),
                Existing.KEEP));
    new SampleAction(SharedSpark.session()).drawFigures(place.at("figures"), 72, 6, 1);
    new RunJob(place.context())
        .run(
            new RunCommand(
                place.at("figures"),
                place.at("six"),
                Optional.empty(),
                Workplace.settings(Map.of("images.classes", "auto")),
                Existing.KEEP));
    shell = new ScalaShell(SharedSpark.session());
    ofOne = run(place.at("first"));
    deletePhotosOf("others");
    ofTwo = run(place.at("first") + ", " + place.at("second") + "/");
    ofSixClasses = run(place.at("six"));
  }

  /** The same drawings, called sheep and wolves. */
  private static void otherAnimals() throws IOException {
    Files.createDirectories(place.path("others"));
    for (Path photo : photos("photos")) {
      String name = photo.getFileName().toString();
      Files.copy(
          photo, place.path("others").resolve(name.replace("cat", "sheep").replace("dog", "wolf")));
    }
  }

  private static List<Path> photos(String name) throws IOException {
    try (Stream<Path> files = Files.walk(place.path(name))) {
      return files.filter(file -> file.toString().endsWith(".jpg")).toList();
    }
  }

  private static void deletePhotosOf(String name) throws IOException {
    for (Path photo : photos(name)) {
      Files.delete(photo);
    }
  }

  private static Results run(String runs) throws IOException {
    return run(Notebook.read(Notebook.FILE), runs);
  }

  private static Results runScalaAlone(String runs) throws IOException {
    return run(new Notebook(Notebook.read(Notebook.FILE).of("%spark")), runs);
  }

  private static Results run(Notebook note, String runs) {
    return new NoteRun(SharedSpark.session(), shell).run(note, Map.of("runs", runs));
  }

  private static Results run(String interpreter, String code) throws IOException {
    Path note = folder.resolve("note.zpln");
    Files.writeString(
        note,
        "{\"paragraphs\": [{\"id\": \"1\", \"text\": \"%s\\n%s\"}]}".formatted(interpreter, code));
    return new NoteRun(SharedSpark.session(), shell).run(Notebook.read(note), Map.of());
  }

  private static String printed(Results results, int paragraph) {
    return List.copyOf(results.printed().values()).get(paragraph);
  }

  /** The values of a column, in all results that have it. */
  private static Set<String> values(Results results, String column) {
    return results.rows().values().stream()
        .flatMap(List::stream)
        .filter(row -> List.of(row.schema().fieldNames()).contains(column))
        .map(row -> row.<String>getAs(column))
        .collect(Collectors.toSet());
  }

  @Test
  void everyParagraphRunsOnTheTablesOfOneRun() {
    assertEquals(3, ofOne.printed().size());
    assertTrue(ofOne.rows().size() >= 15, ofOne.rows()::toString);
  }

  /** Zeppelin 0.12's page of a note that has run stays empty where one has none. */
  @Test
  void everyParagraphSaysHowItsResultsAreShown() throws IOException {
    for (Paragraph paragraph : Notebook.read(Notebook.FILE).paragraphs()) {
      assertTrue(paragraph.results().isObject(), paragraph.id());
    }
  }

  /** Zeppelin 0.12's page leaves out the names of some keys on a wide chart. */
  @Test
  void barsAreNotKeyedByNetworks() throws IOException {
    List<Paragraph> bars =
        Notebook.read(Notebook.FILE).paragraphs().stream()
            .filter(one -> one.graph().path("mode").asText().equals("multiBarChart"))
            .toList();
    assertFalse(bars.isEmpty());
    for (Paragraph paragraph : bars) {
      assertFalse(
          paragraph.graph().path("keys").findValuesAsText("name").contains("network"),
          paragraph.id());
    }
  }

  @Test
  void onlyTheTableOfRejectedFilesIsEmpty() {
    List<List<Row>> empty = ofOne.rows().values().stream().filter(List::isEmpty).toList();
    assertEquals(1, empty.size(), ofOne.rows()::toString);
  }

  @Test
  void theClassesAreThoseOfTheRun() {
    assertEquals(Set.of("cat", "dog"), values(ofOne, "class"));
    assertEquals(Set.of("cat", "dog", "sheep", "wolf"), values(ofTwo, "class"));
    assertTrue(
        printed(ofTwo, RUNS_TABLE).contains("second\t" + place.at("second") + "\t2\twolf, sheep\t"),
        printed(ofTwo, RUNS_TABLE));
  }

  /** The rows of a result that has these columns and no others. */
  private static List<Row> rows(Results results, String... columns) {
    return results.rows().values().stream()
        .filter(rows -> !rows.isEmpty())
        .filter(rows -> List.of(rows.get(0).schema().fieldNames()).equals(List.of(columns)))
        .findFirst()
        .orElseThrow();
  }

  private static List<Row> confusion(Results results) {
    return rows(results, "actual", "predicted", "images", "share");
  }

  @Test
  void everyParagraphRunsOnMoreThanTwoClasses() {
    List<List<Row>> empty = ofSixClasses.rows().values().stream().filter(List::isEmpty).toList();
    assertEquals(1, empty.size(), ofSixClasses.rows()::toString);
    assertTrue(
        printed(ofSixClasses, RUNS_TABLE).contains("\t6\tclass-001, class-002, "),
        printed(ofSixClasses, RUNS_TABLE));
  }

  @Test
  void theConfusionHasEachPhotoOnceAndItsMistakesFirst() {
    for (Results results : List.of(ofOne, ofSixClasses)) {
      List<Row> cells = confusion(results);
      List<Boolean> right =
          cells.stream().map(cell -> cell.getString(0).equals(cell.getString(1))).toList();
      assertEquals(right.stream().sorted().toList(), right);
      long photos = cells.stream().mapToLong(cell -> cell.getLong(2)).sum();
      List<Row> splits = rows(results, "split", "run", "images");
      assertEquals(
          splits.stream()
              .filter(row -> row.getString(0).equals("validation"))
              .mapToLong(row -> row.getLong(2))
              .sum(),
          photos);
    }
  }

  /** A mean squared error is Brier's score by the number of classes, which would favour many. */
  @Test
  void runsOfAnyNumberOfClassesAreInTheOrderOfTheScoreThatIsShown() throws IOException {
    Results mixed = run(place.at("six") + "," + place.at("first"));
    List<Row> ranking =
        mixed.rows().values().stream()
            .filter(rows -> !rows.isEmpty())
            .filter(rows -> List.of(rows.get(0).schema().fieldNames()).contains("macro_f1"))
            .findFirst()
            .orElseThrow();
    List<Double> scores = ranking.stream().map(row -> row.<Double>getAs("brier")).toList();
    assertEquals(4, scores.size());
    assertEquals(scores.stream().sorted().toList(), scores);
  }

  @Test
  void eachClassOfEachNetworkHasItsFigures() {
    List<Row> figures =
        rows(
            ofSixClasses,
            "network",
            "class",
            "images",
            "precision",
            "recall",
            "f1",
            "auc",
            "mean_probability");
    assertEquals(2 * 6, figures.size());
    assertEquals(6, figures.stream().map(row -> row.<String>getAs("class")).distinct().count());
  }

  @Test
  void mistakesSayWhatAPhotoIsAndWhatItIsCalled() {
    for (Results results : List.of(ofOne, ofSixClasses)) {
      List<Row> mistakes =
          rows(results, "network", "split", "path", "class", "called", "probability");
      for (Row mistake : mistakes) {
        assertFalse(mistake.getAs("class").equals(mistake.getAs("called")), mistake::toString);
        assertTrue(mistake.<Double>getAs("probability") > 1.0 / 6, mistake::toString);
      }
    }
  }

  @Test
  void networksOfSeveralRunsAreToldApart() {
    assertEquals(Set.of("wide", "deep"), values(ofOne, "network"));
    assertEquals(
        Set.of("first wide", "first deep", "second wide", "second deep"), values(ofTwo, "network"));
  }

  @Test
  void theNoteItselfNamesNoClasses() throws IOException {
    for (Paragraph paragraph : Notebook.read(Notebook.FILE).paragraphs()) {
      assertFalse(
          paragraph.code().matches("(?is).*\\b(cat|dog)s?\\b.*"),
          paragraph.id() + paragraph.code());
    }
  }

  @Test
  void itEndsWithAVerdictThatNamesNoBestNetworkWhereNoneHasLearned() {
    String html = printed(ofOne, VERDICT);
    assertTrue(html.startsWith("%html <p>No network is better than a constant answer"), html);
    assertTrue(html.contains("<b>wide</b>: no better than a constant answer"), html);
    assertFalse(html.contains("is the best"), html);
  }

  @Test
  void theVerdictComparesTheNetworksAsThePageDoes() throws IOException {
    Path learned = learned("first");
    String html = printed(runScalaAlone(learned.toString()), VERDICT);
    SavedRun run = SavedRun.read(place.context().storage(place.at("first")));
    List<ArchitectureResult> ranked =
        run.results().stream().sorted(ArchitectureResult.RANKING).toList();
    String best = ranked.get(0).architecture().name();
    String other = ranked.get(1).architecture().name();
    Estimate difference = difference(run, best, other);
    assertTrue(
        html.startsWith(
            "%%html <p><b>%s</b> is the best of 2 by the mean squared error".formatted(best)),
        html);
    assertTrue(html.contains("<li><b>%s</b>, with ".formatted(other)), html);
    assertTrue(
        html.contains(
            String.format(
                Locale.ROOT,
                "difference of the accuracies %.3f, 95 %% interval %.3f to %.3f",
                difference.value(),
                difference.low(),
                difference.high())),
        html + difference);
    assertFalse(html.contains("or not measured"), html);
  }

  /** A copy of a run, as if its networks were better than a constant answer. */
  private static Path learned(String run) throws IOException {
    Path learned = place.path("learned-" + run);
    copy(place.path(run), learned);
    SharedSpark.session()
        .read()
        .parquet(place.at(run + "/tables/metrics.parquet"))
        .withColumn("remark", lit(null).cast("string"))
        .withColumn("validation_verdict", lit("better"))
        .write()
        .mode(SaveMode.Overwrite)
        .parquet(learned.resolve("tables/metrics.parquet").toString());
    return learned;
  }

  private static Estimate difference(SavedRun run, String best, String other) {
    Map<String, Map<String, Predictions>> scores = run.tables().scores();
    String split = scores.get(best).get("test").hasSeveralClasses() ? "test" : "validation";
    return PairedComparison.of(scores.get(best).get(split), scores.get(other).get(split))
        .orElseThrow()
        .accuracyDifference();
  }

  @Test
  void theFoldsOfACrossValidationAreJudgedTogether() throws IOException {
    new RunJob(place.context())
        .run(place.run("folds", Workplace.settings(Map.of("train.folds", "2"))));
    String poor = printed(runScalaAlone(place.at("folds")), VERDICT);
    assertTrue(poor.contains("No network is better than a constant answer in each fold"), poor);
    assertTrue(poor.contains("<li><b>wide</b></li>"), poor);

    Path learned = learned("folds");
    String verdict = printed(runScalaAlone(learned.toString()), VERDICT);
    assertTrue(verdict.contains(" is right most often of 2 in cross-validation: "), verdict);
    assertFalse(verdict.contains("-fold"), verdict);
    Matcher photos = Pattern.compile("accuracy on (\\d+) photos").matcher(verdict);
    assertTrue(photos.find(), verdict);
    long measured =
        SharedSpark.session()
            .read()
            .parquet(place.at("folds/tables/predictions.parquet"))
            .where("split = 'validation'")
            .select("path")
            .distinct()
            .count();
    assertEquals(measured, Long.parseLong(photos.group(1)));
  }

  @Test
  void runsOfOtherPhotosHaveAVerdictEach() {
    String html = printed(ofTwo, VERDICT);
    assertTrue(html.contains("<h4>first</h4>"), html);
    assertTrue(html.contains("<h4>second</h4>"), html);
  }

  @Test
  void theMistakesOfTheBestNetworkAreShownAsPhotos() {
    String html = printed(ofOne, THUMBNAILS);
    assertTrue(html.startsWith("%html "), html);
    assertTrue(html.contains("src='data:image/jpeg;base64,"), html);
    assertFalse(html.contains("cannot be shown"), html);
    assertTrue(html.length() < 100_000, "Zeppelin cuts it");
  }

  @Test
  void photosThatAreGoneAreNoError() throws IOException {
    String html = printed(runScalaAlone(place.at("second")), THUMBNAILS);
    assertTrue(html.contains("cannot be shown here"), html);
    assertFalse(html.contains("<img"), html);
  }

  @Test
  void twoRunsOfOneNameAreCalledByTheirFolders() throws IOException {
    Path twin = place.path("twin/first");
    copy(place.path("first"), twin);
    String table = printed(runScalaAlone(place.at("first") + "," + twin), RUNS_TABLE);
    assertTrue(table.contains("\n" + place.at("first") + "\t"), table);
    assertTrue(table.contains("\n" + twin + "\t"), table);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    }
  }

  @Test
  void aRunThatIsNotThereIsAnError() {
    AssertionError thrown = assertThrows(AssertionError.class, () -> run(place.at("nowhere")));
    assertTrue(thrown.getMessage().contains("nowhere"), thrown.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"val broken: Int = 7.5", "1 / 0", "def unfinished() = {", "nobody"})
  void scalaThatFailsIsSeen(String code) {
    assertThrows(AssertionError.class, () -> run("%spark", code));
  }

  /** Zeppelin has its fields filled by the interpreter here, which looks at no text. */
  @Test
  void aFieldInTheTextOfScalaIsLeftAsItIs() throws IOException {
    Results results = run("%spark", "println(\\\"${runs=first}\\\")");
    assertEquals("${runs=first}\n", printed(results, 0));
  }

  @Test
  void sqlThatFailsIsSeen() {
    assertThrows(Exception.class, () -> run("%spark.sql", "SELECT nothing FROM nowhere"));
  }

  @Test
  void anUnknownInterpreterIsSeen() {
    assertThrows(AssertionError.class, () -> run("%spork", "1"));
  }

  @Test
  void aNoteWithoutParagraphsIsSeen() throws IOException {
    Path note = Files.writeString(folder.resolve("empty.zpln"), "{\"paragraphs\": []}");
    assertThrows(AssertionError.class, () -> Notebook.read(note));
  }
}
