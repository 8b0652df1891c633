package io.convoy.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.convoy.cli.Command.Existing;
import io.convoy.cli.Command.SettingsSource;
import io.convoy.cli.Command.Show;
import io.convoy.cli.PrepareCommand;
import io.convoy.cli.RunCommand;
import io.convoy.cli.TrainCommand;
import io.convoy.failure.UserException;
import io.convoy.ingest.PhotoFolder;
import io.convoy.spark.SharedSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One run of two tiny architectures in a German virtual machine, and what is left of it. */
class RunJobTest {
  private static final Locale USUAL = Locale.getDefault();

  @TempDir static Path folder;
  private static Workplace place;

  @BeforeAll
  static void runOnce() throws IOException {
    Locale.setDefault(Locale.GERMANY);
    place = new Workplace(folder).withPhotos();
    Files.writeString(place.path("convoy.log"), "what Spark had to say");
    new RunJob(place.context()).run(place.run("run", Workplace.tinySettings()));
  }

  @AfterAll
  static void restoreTheLocale() {
    Locale.setDefault(USUAL);
  }

  private static List<Path> manifests(String datasets) throws IOException {
    try (Stream<Path> files = Files.walk(place.path(datasets))) {
      return files.filter(file -> file.endsWith("manifest.json")).toList();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "metrics",
        "epochs",
        "rounds",
        "thresholds",
        "comparisons",
        "predictions",
        "rejected"
      })
  void eachTableIsThereAsParquetAndAsCsvOfTheSameColumns(String name) throws IOException {
    String parquet = place.at("run/tables/" + name + ".parquet");
    List<String> csv = Files.readAllLines(place.path("run/tables/" + name + ".csv"));
    String[] columns = SharedSpark.session().read().parquet(parquet).columns();
    assertEquals(String.join(",", columns), csv.get(0));
  }

  @Test
  void theRunSaysBeforehandWhatItTrainsAndAboutHowLongThatTakes() {
    assertTrue(
        place
            .err()
            .matches(
                "(?s).*train: will train wide \\(3,849 parameters, 1 epoch, about \\d+ s\\), deep"
                    + " \\([\\d,]+ parameters, 1 epoch, about \\d+ s\\); about \\d+ s in all\n.*"),
        place.err());
  }

  @Test
  void aDataSetOfPrepareIsFoundWhateverItIsCalled() throws IOException {
    Workplace fresh = new Workplace(folder);
    new PrepareJob(fresh.context())
        .run(
            new PrepareCommand(
                fresh.at("photos"),
                fresh.at("sets/mine"),
                Workplace.tinySettings(),
                Existing.KEEP));

    new RunJob(fresh.context())
        .run(
            new RunCommand(
                fresh.at("photos"),
                fresh.at("of-mine"),
                Optional.of(fresh.at("sets")),
                Workplace.tinySettings(),
                Existing.KEEP));

    assertTrue(
        fresh.err().contains("prepared already: file:" + fresh.at("sets/mine")), fresh.err());
    assertEquals(List.of(fresh.path("sets/mine/manifest.json")), manifests("sets"));
  }

  @Test
  void predictionsHaveTheColumnsThatArePromised() throws IOException {
    assertEquals(
        "architecture,split,path,label,probability,actual,predicted,predicted_probability,"
            + "probabilities",
        Files.readAllLines(place.path("run/tables/predictions.csv")).get(0));
  }

  @Test
  void metricsHaveARowAnArchitectureAndPointsInTheirNumbers() throws IOException {
    List<String> lines = Files.readAllLines(place.path("run/tables/metrics.csv"));
    assertEquals(3, lines.size());
    int columns = lines.get(0).split(",", -1).length;
    assertEquals(columns, lines.get(1).split(",", columns).length, lines.get(1));
    assertTrue(lines.get(1).contains("."));
  }

  @Test
  void theRankingOnTheTerminalHasPointsInItsNumbers() {
    assertTrue(place.out().contains("wide"), place.out());
    assertFalse(place.out().matches("(?s).*\\d,\\d{4}.*"), place.out());
  }

  @Test
  void oneWorkerAloneTellsNothingOfAveraging() {
    assertTrue(place.err().contains("train: 1 worker of "), place.err());
    assertFalse(place.err().contains("averaging round"), place.err());
  }

  @Test
  void theMarkerSaysThatTheRunIsFinished() {
    assertTrue(Files.exists(place.path("run/tables/metrics.parquet/_SUCCESS")));
  }

  @Test
  void runConfGivenBackGivesTheSameSettings() {
    Context context = place.context();
    SettingsSource again = Workplace.settings(List.of(place.at("run/run.conf")), List.of());
    assertEquals(
        SettingsFiles.resolve(Workplace.tinySettings(), context).settings(),
        SettingsFiles.resolve(again, context).settings());
  }

  @Test
  void provenanceSaysWhatMadeTheRun() throws IOException {
    JsonNode provenance = new ObjectMapper().readTree(place.path("run/provenance.json").toFile());
    assertEquals("0.0.0", provenance.path("convoyVersion").asText());
    assertEquals("0123456789abcdef0123456789abcdef01234567", provenance.path("gitCommit").asText());
    assertTrue(provenance.path("datasetContentHash").asText().matches("[0-9a-f]{64}"));
    assertTrue(provenance.path("datasetIdentity").asText().matches("[0-9a-f]{64}"));
    assertEquals(1, provenance.path("seed").asLong());
    assertEquals("1.0.0-M2", provenance.path("dl4jVersion").asText());
    assertEquals(System.getProperty("java.version"), provenance.path("javaVersion").asText());
    assertTrue(provenance.path("sparkVersion").asText().startsWith("3.5"));
    assertTrue(provenance.path("processors").asInt() > 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"wide/best.zip", "wide/last.zip", "deep/best.zip", "deep/last.zip"})
  void plainDl4jLoadsTheModels(String model) throws IOException {
    MultiLayerNetwork network =
        ModelSerializer.restoreMultiLayerNetwork(place.path("run/models/" + model).toFile());
    long[] shape = network.output(org.nd4j.linalg.factory.Nd4j.zeros(2, 3, 16, 20)).shape();
    assertEquals(List.of(2L, 1L), List.of(shape[0], shape[1]));
  }

  @Test
  void theLogIsKeptInTheRun() throws IOException {
    assertEquals("what Spark had to say", Files.readString(place.path("run/logs/convoy.log")));
  }

  @Test
  void aSecondRunUsesThePreparedDataSet() throws IOException {
    Path manifest = manifests("datasets").get(0);
    var before = Files.getLastModifiedTime(manifest);
    Workplace second = new Workplace(folder);
    new RunJob(second.context())
        .run(second.run("again", Workplace.settings(Map.of("train.seed", "2"))));
    assertTrue(
        second.err().contains("prepare: using the data set that is prepared already: "),
        second.err());
    assertEquals(before, Files.getLastModifiedTime(manifest));
  }

  @Test
  void aRunWithOtherImageSettingsPreparesAnotherDataSet() throws IOException {
    RunCommand other =
        new RunCommand(
            place.at("photos"),
            place.at("other"),
            Optional.of(place.at("others")),
            Workplace.settings(Map.of("images.height", "12")),
            Existing.KEEP);
    Workplace second = new Workplace(folder);
    new RunJob(second.context()).run(other);
    assertFalse(second.err().contains("prepared already"), second.err());
    assertNotEquals(
        manifests("datasets").get(0).getParent().getFileName(),
        manifests("others").get(0).getParent().getFileName());
  }

  @Test
  void aRunSaysWhatItsPhotosHaveDecidedAndKeepsThatInItsConf() throws IOException {
    PhotoFolder photos = new PhotoFolder(folder.resolve("small photos"));
    for (int i = 0; i < 40; i++) {
      photos.put("cat." + i + ".png", PhotoFolder.png(18, 20, i));
      photos.put("dog." + i + ".png", PhotoFolder.png(18, 20, 100 + i));
    }
    Map<String, String> left =
        Map.of(
            "images.height", "auto",
            "images.width", "auto",
            "architectures.chosen",
                "{recipe=auto, layers=[{whitening=2},{global-pool=average}], epochs=1}");
    Workplace second = new Workplace(folder);
    RunCommand run =
        new RunCommand(
            photos.storage().toString(),
            second.at("chosen"),
            Optional.empty(),
            Workplace.settings(left).withArchitectures(List.of("chosen")),
            Existing.RESUME);
    new RunJob(second.context()).run(run);
    String told =
        "train: images.height and images.width: 18 x 20, as the photos show no more than 18 x 20 in"
            + " the median\ntrain: chosen: recipe = auto, for 56 training photos of 2 classes, 18 x 20:"
            + " as in conf/flowers.conf, with 1 epoch and minibatches of 16\n";
    assertTrue(second.err().contains(told), second.err());
    String conf = Files.readString(second.path("chosen/run.conf"));
    assertTrue(conf.contains("height = 18\n"), conf);
    assertTrue(conf.contains("ema-decay = 0.8\n"), conf);

    new RunJob(second.context()).run(run);
    assertTrue(second.out().contains("The run is finished already."), second.out());
  }

  @Test
  void tooFewImagesForTheBatchAreRefusedBeforeTheOutputIsEmptied() {
    Workplace second = new Workplace(folder);
    RunCommand command =
        second.run("few", Workplace.settings(Map.of("architectures.wide.batch", "1000")));
    UserException mistake =
        assertThrows(UserException.class, () -> new RunJob(second.context()).run(command));
    assertTrue(mistake.getMessage().contains("architectures.wide.batch"), mistake.getMessage());
    assertFalse(Files.exists(place.path("few/run.conf")));
  }

  @Test
  void trainTakesThePreparedDataSetAndShowsItsConf() throws IOException {
    SettingsSource shown =
        new SettingsSource(
            List.of(place.at("run/run.conf")),
            Map.of(),
            List.of("wide"),
            OptionalInt.of(2),
            Show.CONF);
    Workplace second = new Workplace(folder);
    String dataset = manifests("datasets").get(0).getParent().toString();
    new TrainJob(second.context())
        .run(new TrainCommand(dataset, second.at("trained"), shown, Existing.KEEP));
    String conf = Files.readString(place.path("trained/run.conf"));
    assertTrue(second.out().startsWith(conf), second.out());
    assertTrue(conf.contains("epochs = 2"), conf);
    assertEquals(3, Files.readAllLines(place.path("trained/tables/epochs.csv")).size());
  }
}
