package io.convoy.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.cli.Command.Existing;
import io.convoy.cli.Command.SettingsSource;
import io.convoy.cli.Command.Show;
import io.convoy.cli.RunCommand;
import io.convoy.cli.SearchCommand;
import io.convoy.failure.UserException;
import io.convoy.spark.SharedSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SearchJobTest {
  private static final String RATE = "search.space.optimizer.learning-rate";

  private static final Map<String, String> SEARCH =
      Map.of(
          "architectures.deep.epochs",
          "4",
          RATE,
          "{ log-uniform = [1e-4, 1e-1] }",
          "search.space.layers.2.dense",
          "{ int = [2, 5] }",
          "search.reduction",
          "2",
          "search.trials",
          "4",
          "search.best",
          "2");

  @TempDir static Path folder;

  private static Workplace place;
  private static int changes;

  @BeforeAll
  static void searchWithoutAStop() {
    Configuration hadoop = SharedSpark.context().hadoopConfiguration();
    DyingFileSystem.register(hadoop);
    place = new Workplace(folder, hadoop).withPhotos();
    DyingFileSystem.diesAfter(1_000_000);
    search("whole", Existing.KEEP, Map.of());
    changes = 1_000_000 - DyingFileSystem.changesLeft();
  }

  @AfterEach
  void nobodyDies() {
    DyingFileSystem.diesAfter(Integer.MAX_VALUE);
  }

  private static SettingsSource settings(Map<String, String> more) {
    Map<String, String> all = new HashMap<>(SEARCH);
    all.putAll(more);
    return new SettingsSource(
        List.of(),
        Workplace.settings(all).overrides(),
        List.of("deep"),
        OptionalInt.empty(),
        Show.NOTHING);
  }

  private static void search(String out, Existing existing, Map<String, String> more) {
    search(place, out, existing, more);
  }

  private static void search(
      Workplace where, String out, Existing existing, Map<String, String> more) {
    new SearchJob(where.context())
        .run(
            new SearchCommand(
                place.at("photos"),
                Optional.empty(),
                "dying://" + place.at(out),
                Optional.of(place.at("datasets")),
                settings(more),
                existing));
  }

  private static List<String> column(String table, String name) throws IOException {
    List<String> lines = Files.readAllLines(place.path(table + ".csv"));
    int index = Arrays.asList(lines.get(0).split(",")).indexOf(name);
    assertTrue(index >= 0, name + " in " + lines.get(0));
    return lines.stream()
        .skip(1)
        .map(line -> line.split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", -1)[index])
        .toList();
  }

  private static List<String> trials(String out, String name) throws IOException {
    return column(out + "/trials/tables/trials", name);
  }

  /** What each trial came to on each rung, as {@code trial/rung state epochs value}. */
  private static List<String> order(String out) throws IOException {
    List<List<String>> columns =
        Stream.of("trial", "rung", "state", "epochs", "metric_value", "images_passed")
            .map(
                name -> {
                  try {
                    return trials(out, name);
                  } catch (IOException e) {
                    throw new AssertionError(e);
                  }
                })
            .toList();
    return IntStream.range(0, columns.get(0).size())
        .mapToObj(i -> String.join(" ", columns.stream().map(each -> each.get(i)).toList()))
        .toList();
  }

  private static String message(String out, Map<String, String> more) {
    String message =
        assertThrows(UserException.class, () -> search(out, Existing.KEEP, more)).getMessage();
    assertEquals(1, message.lines().count(), message);
    return message;
  }

  @Test
  void eachRungHasTwiceTheEpochsAndHalfTheTrialsOfTheOneBefore() throws IOException {
    List<String> rungs = trials("whole", "rung");
    List<String> epochs = trials("whole", "epochs");
    for (int i = 0; i < rungs.size(); i++) {
      assertEquals(1 << Integer.parseInt(rungs.get(i)), Integer.parseInt(epochs.get(i)));
    }
    assertEquals(4, rungs.stream().filter("0"::equals).count());
    assertTrue(rungs.contains("2"), rungs.toString());
  }

  @Test
  void theTableSaysWhatWasDrawnAndWhatWasTrained() throws IOException {
    assertEquals(
        "\"\"\"layers.2.dense\"\" = %s, \"\"optimizer.learning-rate\"\" = %s\""
            .formatted(
                trials("whole", "setting_layers_2_dense").get(0),
                trials("whole", "setting_optimizer_learning_rate").get(0)),
        trials("whole", "drawn").get(0));
    assertEquals("deep-1", trials("whole", "architecture").get(0));
    assertEquals("deep", trials("whole", "base").get(0));
    assertTrue(trials("whole", "validation_auc").stream().noneMatch(String::isEmpty));
  }

  @Test
  void theBestAreARunOfTheirOwnThatSaysTheSameAsTheirSettingsTrainedAlone() throws IOException {
    new RunJob(place.context())
        .run(
            new RunCommand(
                place.at("photos"),
                place.at("again"),
                Optional.of(place.at("datasets")),
                new SettingsSource(
                    List.of(place.at("whole/best/run.conf")),
                    Map.of(),
                    List.of(),
                    OptionalInt.empty(),
                    Show.NOTHING),
                Existing.KEEP));
    for (String table : List.of("predictions", "confusion", "thresholds")) {
      assertEquals(
          Files.readString(place.path("again/tables/" + table + ".csv")),
          Files.readString(place.path("whole/best/tables/" + table + ".csv")),
          table);
    }
    assertEquals(2, column("whole/best/tables/metrics", "architecture").size());
  }

  @Test
  void theTableOfTheTrialsIsBesideThoseOfTheBestAndTheirNetworksAreGone() throws IOException {
    assertEquals(
        Files.readString(place.path("whole/trials/tables/trials.csv")),
        Files.readString(place.path("whole/best/tables/trials.csv")));
    assertFalse(Files.exists(place.path("whole/trials/models")));
    assertFalse(Files.exists(place.path("whole/trials/checkpoints")));
  }

  @Test
  void aFinishedSearchIsLeftAsItIs() {
    assertTrue(
        message("whole", Map.of()).contains("it holds a finished search; choose another folder"));
    search("whole", Existing.RESUME, Map.of());
    assertTrue(place.out().contains("The search is finished already."), place.out());
  }

  @Test
  void aFolderOfAnotherSearchIsRefused() {
    assertTrue(message("whole", Map.of("search.seed", "7")).contains("a run of other settings"));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.25, 0.5, 0.8, 0.95})
  void aSearchThatIsKilledEndsAsOneWithoutAStop(double share) throws IOException {
    String out = "killed-" + share;
    DyingFileSystem.diesAfter((int) (share * changes));
    assertThrows(Exception.class, () -> search(out, Existing.KEEP, Map.of()));
    DyingFileSystem.diesAfter(Integer.MAX_VALUE);
    deleteLocks();

    search(out, Existing.RESUME, Map.of());

    assertEquals(order("whole"), order(out));
    assertEquals(
        Files.readString(place.path("whole/best/tables/predictions.csv")),
        Files.readString(place.path(out + "/best/tables/predictions.csv")));
  }

  /** The process that held them is this one, which lives on. */
  private static void deleteLocks() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path lock :
          all.filter(path -> path.getFileName().toString().startsWith("_lock")).toList()) {
        Files.delete(lock);
      }
    }
  }

  @Test
  void aTrialThatDivergesFailsWithItsReasonAndTheOthersGoOn() throws IOException {
    search(
        "diverging",
        Existing.KEEP,
        Map.of(
            RATE,
            "{ choice = [1e-3, 1e38] }",
            "search.sampler",
            "sobol",
            "architectures.deep.epochs",
            "2"));
    List<String> states = trials("diverging", "state");
    assertTrue(states.contains("failed"), states.toString());
    assertTrue(states.contains("finished"), states.toString());
    assertEquals(
        "the loss is no number after epoch 1",
        trials("diverging", "reason").get(states.indexOf("failed")));
    assertEquals(2, column("diverging/best/tables/metrics", "architecture").size());
  }

  @Test
  void whereAllTrialsFailNothingIsTrainedInFull() {
    assertEquals(
        "All trials failed, the first as the loss is no number after epoch 1; search other settings.",
        message(
            "failing",
            Map.of(
                RATE,
                "{ choice = [1e38] }",
                "architectures.deep.layers",
                "[{conv=2,kernel=3,activation=identity},{dense=3,activation=identity}]")));
    assertFalse(Files.exists(place.path("failing/best")));
  }

  @Test
  void noTrialBeginsOnceTheImagePassesAreSpent() throws IOException {
    Workplace quiet = new Workplace(folder, SharedSpark.context().hadoopConfiguration());
    search(quiet, "short", Existing.KEEP, Map.of("search.image-passes", "30"));
    assertEquals(List.of("1", "2"), trials("short", "trial"));
    assertTrue(
        quiet.err().contains("search: search.image-passes (30) are spent; no trial goes on"),
        quiet.err());
  }

  @Test
  void theArchitectureAsItIsIsComparedWithTheBestWhereThatIsWanted() throws IOException {
    search(
        "baseline",
        Existing.KEEP,
        Map.of("search.baseline", "true", "search.trials", "1", "architectures.deep.epochs", "1"));
    List<String> compared = column("baseline/best/tables/metrics", "architecture");
    assertEquals(List.of("deep", "deep-1"), compared.stream().sorted().toList());
    assertTrue(
        Files.readString(place.path("baseline/best/report/index.html"))
            .contains("has the best 1 of 1 trial of a search"));
  }

  @Test
  void repeatsAreOfTheBestAlone() throws IOException {
    search(
        "repeated",
        Existing.KEEP,
        Map.of("train.repeats", "2", "search.trials", "1", "architectures.deep.epochs", "1"));
    assertEquals(List.of("deep-1"), trials("repeated", "architecture"));
    List<String> compared = column("repeated/best/tables/metrics", "architecture");
    assertEquals(List.of("deep-1-1", "deep-1-2"), compared.stream().sorted().toList());
    assertTrue(
        Files.readString(place.path("repeated/best/report/index.html"))
            .contains("has the best 1 of 1 trial of a search"));
  }

  @Test
  void anEmptySpaceIsToldBeforeSparkStarts() {
    SearchCommand command =
        new SearchCommand(
            place.at("photos"),
            Optional.empty(),
            place.at("refused"),
            Optional.empty(),
            Workplace.tinySettings(),
            Existing.KEEP);
    String message =
        assertThrows(
                UserException.class, () -> new SearchJob(place.contextWithoutSpark()).run(command))
            .getMessage();
    assertTrue(message.startsWith("search.space is empty"), message);
    assertFalse(Files.exists(place.path("refused")));
  }

  @Test
  void aNetworkThatDoesNotFitTheImagesIsToldBeforeAnythingIsTrained() {
    String message = message("unfit", Map.of("search.space.layers.1.kernel", "{ choice = [40] }"));
    assertTrue(message.contains("deep-1"), message);
    assertFalse(Files.exists(place.path("unfit")));
  }

  @Test
  void aDrawOfImagesThatDoNotFitTheNetworkIsToldBeforeAnythingIsTrained() {
    String message =
        message(
            "growing",
            Map.of(
                "architectures.deep.progressive-resizing",
                "{ from = 1, until = 0.5 }",
                "search.space.progressive-resizing.from",
                "{ choice = [0.5, 1] }",
                // With this seed the first trial's images fit.
                "search.seed",
                "4",
                // Of the same layers in all trials.
                "search.space.layers.2.dense",
                "{ choice = [3] }"));
    assertTrue(message.contains("progressive-resizing begins with images of"), message);
    assertFalse(Files.exists(place.path("growing")));
  }

  @Test
  void withoutValidationImagesNothingIsCompared() {
    assertEquals(
        "search compares trials by their validation images, and there are none: give split some.",
        message(
            "unmeasured",
            Map.of(
                "split.shares.train",
                "0.5",
                "split.shares.validation",
                "0",
                "split.shares.test",
                "0.5")));
  }
}
