package io.convoy.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.convoy.cli.Command.Existing;
import io.convoy.cli.Command.SettingsSource;
import io.convoy.cli.Command.Show;
import io.convoy.cli.RunCommand;
import io.convoy.cli.TrainCommand;
import io.convoy.failure.UserException;
import io.convoy.modelfile.ModelFile;
import io.convoy.spark.SharedSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Three epochs, then two more of the saved model, against five in a row. */
class FromModelTest {
  private static final int FIRST = 3;
  private static final int MORE = 2;

  @TempDir static Path folder;
  private static Workplace place;
  private static int changes;

  @BeforeAll
  static void train() {
    Configuration hadoop = SharedSpark.context().hadoopConfiguration();
    DyingFileSystem.register(hadoop);
    place = new Workplace(folder, hadoop).withPhotos();
    for (String name : List.of("deep", "plain")) {
      run("row-" + name, name, FIRST + MORE, Optional.empty());
      run("first-" + name, name, FIRST, Optional.empty());
      DyingFileSystem.diesAfter(1_000_000);
      run("more-" + name, name, MORE, Optional.of(model("first-" + name, name, "last.zip")));
      changes = 1_000_000 - DyingFileSystem.changesLeft();
    }
  }

  @AfterEach
  void nobodyDies() {
    DyingFileSystem.diesAfter(Integer.MAX_VALUE);
  }

  /** One with Adam and dropout, and one whose optimizer has no state; both train by one worker. */
  private static SettingsSource settings(String name, int epochs, Map<String, String> more) {
    Map<String, String> settings = new LinkedHashMap<>(Workplace.TINY);
    settings.put(
        "architectures.deep",
        "{layers=[{conv=2,kernel=3},{dense=6},{dropout=0.3}], loss=cross-entropy,"
            + " optimizer{name=adam, learning-rate=1e-3}, batch=8, epochs=1}");
    settings.put(
        "architectures.plain",
        "{layers=[{dense=6},{dropout=0.3}], loss=mse,"
            + " optimizer{name=sgd, learning-rate=1e-2}, batch=8, epochs=1}");
    settings.put("train.workers", "1");
    settings.putAll(more);
    return new SettingsSource(
        List.of(), settings, List.of(name), OptionalInt.of(epochs), Show.NOTHING);
  }

  private static String model(String run, String name, String file) {
    return place.at(run + "/models/" + name + "/" + file);
  }

  private static String run(String out, String name, int epochs, Optional<String> from) {
    return run(out, settings(name, epochs, Map.of()), from);
  }

  /** What the user was told. */
  private static String run(String out, SettingsSource settings, Optional<String> from) {
    return place.runOnDyingDisk(out, settings, from);
  }

  private static byte[] bytes(String file) throws IOException {
    return Files.readAllBytes(place.path(file));
  }

  /** Cells by column, without the timings. */
  private static List<Map<String, String>> rows(String csv) throws IOException {
    List<String> lines = Files.readAllLines(place.path(csv));
    String[] header = lines.get(0).split(",");
    List<Map<String, String>> rows = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split(",", -1);
      Map<String, String> row = new LinkedHashMap<>();
      for (int i = 0; i < header.length; i++) {
        if (!header[i].contains("seconds") && !header[i].contains("per_second")) {
          row.put(header[i], cells[i]);
        }
      }
      rows.add(row);
    }
    return rows;
  }

  @Test
  void thePageSaysHowToBeginWithTheModelAgain() throws IOException {
    String page = Files.readString(place.path("more-deep/report/index.html"));
    assertTrue(page.contains(" --from file:" + place.at("first-deep/models/deep/last.zip")), page);
  }

  @ParameterizedTest
  @ValueSource(strings = {"deep", "plain"})
  void theLastModelIsThatOfAllEpochsInARowToTheLastByte(String name) throws IOException {
    String last = "/models/" + name + "/last.zip";
    assertArrayEquals(bytes("row-" + name + last), bytes("more-" + name + last));
  }

  @ParameterizedTest
  @ValueSource(strings = {"deep", "plain"})
  void theEpochsAreThoseOfAllInARow(String name) throws IOException {
    List<Map<String, String>> epochs = rows("more-" + name + "/tables/epochs.csv");

    assertEquals(FIRST + MORE, epochs.size());
    assertEquals(rows("row-" + name + "/tables/epochs.csv"), epochs);
    assertEquals(
        rows("row-" + name + "/tables/rounds.csv"), rows("more-" + name + "/tables/rounds.csv"));
  }

  @Test
  void theMetricsCountAllEpochs() throws IOException {
    Map<String, String> metrics = rows("more-deep/tables/metrics.csv").get(0);

    assertEquals(Integer.toString(FIRST + MORE), metrics.get("epochs"));
    assertTrue(Integer.parseInt(metrics.get("best_epoch")) > FIRST, metrics::toString);
  }

  @Test
  void provenanceNamesTheModelAndItsHash() throws IOException {
    JsonNode from =
        new ObjectMapper().readTree(place.path("more-deep/provenance.json").toFile()).path("from");

    assertTrue(from.path("model").asText().endsWith("first-deep/models/deep/last.zip"));
    assertEquals(
        DigestUtils.sha256Hex(bytes("first-deep/models/deep/last.zip")),
        from.path("sha256").asText());
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.2, 0.45, 0.7, 0.9})
  void aRunThatIsStoppedAndGoesOnEndsAsOneWithoutAStop(double share) throws IOException {
    String out = "stopped-" + share;
    Optional<String> from = Optional.of(model("first-plain", "plain", "last.zip"));
    DyingFileSystem.diesAfter((int) (share * changes));
    assertThrows(Exception.class, () -> run(out, "plain", MORE, from));
    DyingFileSystem.diesAfter(Integer.MAX_VALUE);
    // The process that held it is this one, which lives on.
    Files.deleteIfExists(place.path(out + "/_lock"));

    run(out, "plain", MORE, from);

    for (String model : List.of("best.zip", "last.zip")) {
      assertArrayEquals(
          bytes("more-plain/models/plain/" + model), bytes(out + "/models/plain/" + model), model);
    }
    for (String table : List.of("epochs", "rounds", "metrics", "predictions", "thresholds")) {
      String csv = "/tables/" + table + ".csv";
      assertEquals(rows("more-plain" + csv), rows(out + csv), table);
    }
  }

  @Test
  void aStoppedRunDoesNotGoOnFromAnotherModel() throws IOException {
    String out = "another";
    DyingFileSystem.diesAfter(changes / 2);
    assertThrows(
        Exception.class,
        () -> run(out, "plain", MORE, Optional.of(model("first-plain", "plain", "last.zip"))));
    DyingFileSystem.diesAfter(Integer.MAX_VALUE);
    Files.deleteIfExists(place.path(out + "/_lock"));

    for (Optional<String> from :
        List.of(Optional.<String>empty(), Optional.of(model("row-plain", "plain", "last.zip")))) {
      UserException e = assertThrows(UserException.class, () -> run(out, "plain", MORE, from));
      assertTrue(e.getMessage().contains("first-plain/models/plain/last.zip"), e.getMessage());
      assertTrue(e.getMessage().contains("--from"), e.getMessage());
    }
  }

  @Test
  void aFolderStandsForItsLastModel() throws IOException {
    run("of-folder", "deep", MORE, Optional.of(place.at("first-deep/models/deep")));

    assertArrayEquals(
        bytes("more-deep/models/deep/last.zip"), bytes("of-folder/models/deep/last.zip"));
  }

  @Test
  void theBestModelGoesOnWithAFreshOptimizerWhichIsTold() throws IOException {
    int best = Integer.parseInt(rows("first-deep/tables/metrics.csv").get(0).get("best_epoch"));

    String told =
        run("of-best", "deep", MORE, Optional.of(model("first-deep", "deep", "best.zip")));

    assertTrue(told.contains("the optimizer begins afresh: the file has no state"), told);
    List<Map<String, String>> epochs = rows("of-best/tables/epochs.csv");
    assertEquals(best + MORE, epochs.size());
    assertEquals(rows("first-deep/tables/epochs.csv").subList(0, best), epochs.subList(0, best));
    assertEquals(Integer.toString(best + MORE), epochs.get(best + MORE - 1).get("epoch"));
  }

  @Test
  void anotherOptimizerBeginsAfreshWhichIsTold() {
    String told =
        run(
            "other-optimizer",
            settings(
                "deep",
                1,
                Map.of(
                    "architectures.deep.optimizer",
                    "{name=nesterov, learning-rate=0.01, momentum=0.9}")),
            Optional.of(model("first-deep", "deep", "last.zip")));

    assertTrue(told.contains("the optimizer begins afresh: its optimizer was Adam"), told);
  }

  @Test
  void aModelWithoutTheTablesOfItsRunIsNumberedOnWhichIsTold() throws IOException {
    Files.copy(place.path("first-deep/models/deep/last.zip"), place.path("alone.zip"));

    String told = run("alone", "deep", MORE, Optional.of(place.at("alone.zip")));

    assertTrue(told.contains("tables/epochs begins with epoch " + (FIRST + 1)), told);
    assertEquals(
        rows("more-deep/tables/epochs.csv").subList(FIRST, FIRST + MORE),
        rows("alone/tables/epochs.csv"));
  }

  @Test
  void trainGoesOnToo() throws IOException {
    trainOn("trained", settings("deep", MORE, Map.of()));

    assertArrayEquals(
        bytes("more-deep/models/deep/last.zip"), bytes("trained/models/deep/last.zip"));
  }

  @Test
  void withoutAConfTheModelsOwnRecipeGoesOn() throws IOException {
    Workplace fresh = trainOn("own-recipe", bare(Map.of()));

    String conf = Files.readString(place.path("own-recipe/run.conf"));
    assertTrue(conf.contains("name = adam, learning-rate = 0.001,"), conf);
    assertTrue(conf.contains("batch = 8"), conf);
    assertTrue(conf.contains("epochs = " + FIRST), conf);
    assertTrue(fresh.err().contains("going on with deep by the model's recipe\n"), fresh.err());
  }

  @Test
  void whatIsSetAnewIsToldBesideTheModels() throws IOException {
    Workplace fresh =
        trainOn(
            "other-rate",
            bare(
                Map.of(
                    "architectures.deep.optimizer", "{ name = sgd, learning-rate = 0.5 }",
                    "architectures.deep.weight-decay", "0.25",
                    "architectures.deep.gradient-clipping", "2.5")));

    assertTrue(
        fresh.err().contains("optimizer.learning-rate = 0.5 (the model's: 0.001)"), fresh.err());
    assertTrue(fresh.err().contains("optimizer.name = sgd (the model's: adam)"), fresh.err());
    assertTrue(fresh.err().contains("weight-decay = 0.25 (the model's: not set)"), fresh.err());
    assertTrue(fresh.err().contains("gradient-clipping = 2.5 (the model's: not set)"), fresh.err());
    assertTrue(
        Files.readString(place.path("other-rate/run.conf"))
            .contains("optimizer { name = sgd, learning-rate = 0.5 }"));
  }

  @Test
  void oneTrainingGoesOnAndNoRepeatsOfIt() {
    UserException e =
        assertThrows(
            UserException.class, () -> trainOn("repeated", bare(Map.of("train.repeats", "2"))));

    assertTrue(e.getMessage().contains("train.repeats"), e.getMessage());
  }

  /** The settings of a command line that says nothing but this. */
  private static SettingsSource bare(Map<String, String> overrides) {
    return new SettingsSource(List.of(), overrides, List.of(), OptionalInt.empty(), Show.NOTHING);
  }

  /** Goes on with the deep model on the data set of the runs. */
  private static Workplace trainOn(String out, SettingsSource settings) throws IOException {
    String dataset;
    try (Stream<Path> sets = Files.list(place.path("datasets"))) {
      dataset = sets.findFirst().orElseThrow().toString();
    }
    Workplace fresh = new Workplace(folder, SharedSpark.context().hadoopConfiguration());
    new TrainJob(fresh.context())
        .run(
            new TrainCommand(
                dataset,
                fresh.at(out),
                settings,
                Existing.KEEP,
                Optional.of(model("first-deep", "deep", "last.zip"))));
    return fresh;
  }

  private static void refused(SettingsSource settings, String from, String... told) {
    String message = place.refusal(settings, Optional.of(from));
    for (String part : told) {
      assertTrue(message.contains(part), message);
    }
  }

  private static String lastDeep() {
    return model("first-deep", "deep", "last.zip");
  }

  @Test
  void anotherArchitectureThanTheModelsIsRefused() {
    refused(settings("plain", 1, Map.of()), lastDeep(), "--architectures plain", "deep");
  }

  @Test
  void imagesOfAnotherSizeAreRefused() {
    refused(settings("deep", 1, Map.of("images.height", "18")), lastDeep(), "16 x 20", "18 x 20");
  }

  @Test
  void imagesWhoseSizeNobodySaysAreOfTheModels() throws IOException {
    Map<String, String> overrides = new LinkedHashMap<>(settings("deep", 1, Map.of()).overrides());
    overrides.remove("images.height");
    overrides.remove("images.width");
    run(
        "sized",
        new SettingsSource(List.of(), overrides, List.of("deep"), OptionalInt.of(1), Show.NOTHING),
        Optional.of(lastDeep()));

    String conf = Files.readString(place.path("sized/run.conf"));
    assertTrue(conf.contains("height = 16\n  width = 20\n"), conf);
  }

  @Test
  void otherClassesAreRefused() {
    refused(
        settings("deep", 1, Map.of("images.classes", "[cat, dog]")),
        lastDeep(),
        "dog, cat",
        "cat, dog");
  }

  @Test
  void classesThatWouldBeFoundUnderOtherNamesAreTheModels() throws IOException {
    run("found", settings("deep", 1, Map.of("images.classes", "auto")), Optional.of(lastDeep()));

    String conf = Files.readString(place.path("found/run.conf"));
    assertTrue(conf.contains("classes = [\"dog\", \"cat\"]"), conf);
  }

  @Test
  void aModelOfTwoClassesIsRefusedForThree() throws IOException {
    for (String name :
        List.of("cat.1.png", "cat.2.png", "dog.1.png", "dog.2.png", "owl.1.png", "owl.2.png")) {
      Files.createDirectories(place.path("three"));
      Files.write(place.path("three/" + name), new byte[1]);
    }
    String message =
        place.refusal(
            "three",
            settings("deep", 1, Map.of("images.classes", "auto")),
            Optional.of(lastDeep()));
    assertTrue(
        message.contains("a model of 2 classes (dog, cat), and there are 3 here (cat, dog, owl)"),
        message);
    assertTrue(message.contains("conf/fine-tune.conf"), message);
  }

  @Test
  void otherLayersAreRefused() {
    refused(
        settings("deep", 1, Map.of("architectures.deep.layers", "[{conv=2,kernel=3},{dense=7}]")),
        lastDeep(),
        "layer 2");
  }

  @Test
  void aBrokenRecipeIsToldWithTheFileThatHoldsIt() throws IOException {
    Path broken = place.path("broken.zip");
    try (ZipFile whole = new ZipFile(lastDeep());
        ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(broken))) {
      for (ZipEntry entry : Collections.list(whole.entries())) {
        byte[] content = whole.getInputStream(entry).readAllBytes();
        if (entry.getName().equals(ModelFile.CARD)) {
          ObjectNode card = (ObjectNode) new ObjectMapper().readTree(content);
          content = card.put("recipe", "architectures { deep {").toString().getBytes(UTF_8);
        }
        zip.putNextEntry(new ZipEntry(entry.getName()));
        zip.write(content);
      }
    }

    refused(
        settings("deep", 1, Map.of()), broken.toString(), broken + ", the recipe in convoy.json");
  }

  @Test
  void aModelThatIsNotThereIsRefused() {
    refused(settings("deep", 1, Map.of()), place.at("nowhere.zip"), "no such model");
  }

  @Test
  void theModelsOwnRunIsNotOverwritten() {
    Workplace fresh = new Workplace(folder);
    RunCommand command =
        new RunCommand(
            fresh.at("photos"),
            fresh.at("first-deep"),
            Optional.of(fresh.at("datasets")),
            settings("deep", 1, Map.of()),
            Existing.OVERWRITE,
            Optional.of(lastDeep()),
            Optional.empty());

    String message =
        assertThrows(
                UserException.class, () -> new RunJob(fresh.contextWithoutSpark()).run(command))
            .getMessage();

    assertTrue(message.contains("the input"), message);
    assertTrue(Files.exists(Path.of(lastDeep())));
  }
}
