package io.convoy.job;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.cli.Command.Existing;
import io.convoy.cli.Command.SettingsSource;
import io.convoy.cli.Command.Show;
import io.convoy.cli.RunCommand;
import io.convoy.cli.SearchCommand;
import io.convoy.spark.SharedSpark;
import io.convoy.tracking.ProtocolServer;
import io.convoy.tracking.ProtocolServer.Mood;
import io.convoy.tracking.ProtocolServer.Point;
import io.convoy.tracking.ProtocolServer.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that are told to a tracking server. */
class TrackedRunTest {
  private static final Map<String, String> EPOCHS =
      Map.of("architectures.deep.epochs", "3", "architectures.wide.epochs", "2");

  @TempDir static Path folder;
  private static Workplace photos;
  private static Configuration hadoop;
  private static int changes;

  /** What it has of the run {@code tracked}; it is closed. */
  private static ProtocolServer tracked;

  private Workplace place;
  private ProtocolServer server;

  @BeforeAll
  static void drawPhotos() {
    hadoop = SharedSpark.context().hadoopConfiguration();
    DyingFileSystem.register(hadoop);
    photos = new Workplace(folder, hadoop).withPhotos();
    DyingFileSystem.diesAfter(1_000_000);
    new RunJob(photos.context()).run(command("untracked", "", Map.of()));
    changes = 1_000_000 - DyingFileSystem.changesLeft();
    try (ProtocolServer server = new ProtocolServer()) {
      new RunJob(photos.context()).run(command("tracked", server.uri(), Map.of("train.seed", "1")));
      tracked = server;
    }
  }

  @BeforeEach
  void startServer() {
    place = new Workplace(folder, hadoop);
    server = new ProtocolServer();
  }

  @AfterEach
  void stopServer() {
    server.close();
    DyingFileSystem.diesAfter(Integer.MAX_VALUE);
  }

  private static RunCommand command(String out, String uri, Map<String, String> more) {
    Map<String, String> settings = new HashMap<>(EPOCHS);
    settings.putAll(more);
    if (!uri.isEmpty()) {
      settings.put("tracking.uri", '"' + uri + '"');
    }
    return new RunCommand(
        photos.at("photos"),
        "dying://" + photos.at(out),
        Optional.of(photos.at("datasets")),
        Workplace.settings(settings),
        Existing.KEEP);
  }

  private void run(String out, Map<String, String> more) {
    new RunJob(place.context()).run(command(out, server.uri(), more));
  }

  private void assertNothingRefused() {
    assertEquals(List.of(), server.refusals());
    assertFalse(place.err().contains("tracking:"), place.err());
  }

  private static List<String> column(String table, String name) throws IOException {
    List<String> lines = Files.readAllLines(photos.path(table));
    int index = Arrays.asList(lines.get(0).split(",")).indexOf(name);
    return lines.stream().skip(1).map(line -> line.split(",", -1)[index]).toList();
  }

  @Test
  void eachTrainingIsARunBelowTheRunWithTheNumbersOfTheTables() throws IOException {
    assertEquals(List.of(), tracked.refusals());
    Run run = tracked.run("tracked");
    List<Run> trainings = tracked.below(run);
    assertEquals(List.of("wide", "deep"), trainings.stream().map(Run::name).toList());
    assertEquals("FINISHED", run.status());
    assertTrue(trainings.stream().allMatch(each -> each.status().equals("FINISHED")));
    Stream<Double> losses = trainings.stream().flatMap(TrackedRunTest::losses);
    assertEquals(
        column("tracked/tables/epochs.csv", "train_loss").stream().map(Double::valueOf).toList(),
        losses.toList());
    assertEquals(
        column("tracked/tables/metrics.csv", "test_mse").stream()
            .map(Double::valueOf)
            .sorted()
            .toList(),
        trainings.stream()
            .map(each -> each.metrics().get("test_mse").get(0).value())
            .sorted()
            .toList());
    assertTrue(photos.out().contains("Tracking: http://127.0.0.1:"), photos.out());
    assertFalse(photos.err().contains("tracking:"), photos.err());
  }

  private static Stream<Double> losses(Run training) {
    return training.metrics().get("train_loss").stream().map(Point::value);
  }

  @Test
  void settingsAndWhatMadeTheRunAreParametersAndTags() {
    Run run = tracked.run("tracked");
    Run deep = tracked.run("deep");
    assertEquals("16", run.parameters().get("images.height"));
    assertEquals("[dog,cat]", run.parameters().get("images.classes"));
    for (Run each : List.of(run, deep)) {
      assertEquals("1", each.parameters().get("seed"));
      assertEquals("0.0.0", each.parameters().get("convoy-version"));
      assertEquals(64, each.parameters().get("dataset-content-hash").length());
      assertEquals("dying:" + photos.at("tracked"), each.tags().get("convoy.run-folder"));
    }
    assertEquals("2", deep.parameters().get("layers.1.conv"));
    assertEquals("0.001", deep.parameters().get("optimizer.learning-rate"));
    assertEquals("0123456789abcdef0123456789abcdef01234567", tag(run, "mlflow.source.git.commit"));
  }

  private static String tag(Run run, String name) {
    return run.tags().get(name);
  }

  @Test
  void tablesPageAndModelsAreFilesOfTheRuns() throws IOException {
    Map<String, byte[]> files = tracked.run("tracked").files();
    assertTrue(
        files
            .keySet()
            .containsAll(
                List.of(
                    "tables/metrics.csv",
                    "tables/epochs.csv",
                    "report/index.html",
                    "run.conf",
                    "provenance.json")),
        files::toString);
    assertArrayEquals(
        Files.readAllBytes(photos.path("tracked/report/index.html")),
        files.get("report/index.html"));
    assertArrayEquals(
        Files.readAllBytes(photos.path("tracked/models/deep/best.zip")),
        tracked.run("deep").files().get("model/best.zip"));
  }

  @Test
  void aTrackedRunTrainsAsOneThatIsNot() throws IOException {
    for (String file : List.of("run.conf", "tables/predictions.csv")) {
      assertEquals(
          Files.readString(photos.path("untracked/" + file)),
          Files.readString(photos.path("tracked/" + file)),
          file);
    }
  }

  @Test
  void aRunThatWasKilledGoesOnWithItsRunsOfTheServerAndSendsNothingTwice() throws IOException {
    killed("killed", server.uri());
    String id = server.run("killed").id();
    List<Long> before = server.below(server.run("killed")).get(0).steps("train_loss");
    assertTrue(before.size() > 0, "nothing was told before the end");
    run("killed", Map.of());

    assertNothingRefused();
    assertEquals(id, server.run("killed").id());
    assertEquals("FINISHED", server.run("killed").status());
    assertEquals(List.of(1L, 2L), server.run("wide").steps("train_loss"));
    assertEquals(List.of(1L, 2L, 3L), server.run("deep").steps("train_loss"));
  }

  /** In the middle of its second network. */
  private void killed(String out, String uri) throws IOException {
    // The data set is there already, and with it a tenth of the changes.
    DyingFileSystem.diesAfter(changes / 2);
    assertThrows(
        Exception.class,
        () -> new RunJob(new Workplace(folder, hadoop).context()).run(command(out, uri, Map.of())));
    DyingFileSystem.diesAfter(Integer.MAX_VALUE);
    Files.deleteIfExists(photos.path(out + "/_lock"));
  }

  @Test
  void aRunThatWasNotTrackedMayGoOnTrackedWithAllItsEpochs() throws IOException {
    killed("later", "");
    run("later", Map.of());

    assertNothingRefused();
    assertEquals(List.of(1L, 2L), server.run("wide").steps("train_loss"));
    assertEquals(List.of(1L, 2L, 3L), server.run("deep").steps("train_loss"));
  }

  @Test
  void aServerThatFailsDoesNotFailTheRun() {
    server.is(Mood.BROKEN);
    run("unlucky", Map.of());

    assertTrue(place.out().contains("Report: "), place.out());
    List<String> told = place.err().lines().filter(line -> line.startsWith("tracking: ")).toList();
    assertEquals(2, told.size(), told::toString);
    assertTrue(told.get(0).contains("answers with status 500; the run goes on"), told.get(0));
    assertTrue(
        told.get(1).matches(".* lacks 3 runs, 7 measurements, 1\\d files; all is in dying:.*"),
        told.get(1));
  }

  @Test
  void repeatsAreRunsOfTheirOwnThatSayOfWhichAndModelsStayWhereTheSettingsSay() {
    run("repeated", Map.of("train.repeats", "2", "tracking.files", "no-models"));

    List<Run> repeats = server.below(server.run("repeated"));
    assertEquals(
        List.of("wide-1", "wide-2", "deep-1", "deep-2"), repeats.stream().map(Run::name).toList());
    assertEquals(
        List.of("1", "2", "1", "2"),
        repeats.stream().map(each -> each.parameters().get("seed")).toList());
    assertEquals("deep", tag(repeats.get(3), "convoy.architecture"));
    assertTrue(repeats.stream().allMatch(each -> each.files().isEmpty()));
    assertTrue(server.run("repeated").files().containsKey("report/index.html"));
  }

  @Test
  void theTrialsOfASearchAreRunsBelowItAndSoIsTheRunOfTheBest() {
    Map<String, String> settings =
        Map.of(
            "architectures.deep.epochs", "2",
            "search.space.optimizer.learning-rate", "{ log-uniform = [1e-4, 1e-1] }",
            "search.reduction", "2",
            "search.trials", "3",
            "search.best", "1",
            "tracking.uri", '"' + server.uri() + '"');
    new SearchJob(place.context())
        .run(
            new SearchCommand(
                photos.at("photos"),
                Optional.empty(),
                photos.at("searched"),
                Optional.of(photos.at("datasets")),
                new SettingsSource(
                    List.of(),
                    Workplace.settings(settings).overrides(),
                    List.of("deep"),
                    OptionalInt.empty(),
                    Show.NOTHING),
                Existing.KEEP));

    assertNothingRefused();
    Run search = server.run("searched");
    List<Run> below = server.below(search);
    assertEquals(4, below.size());
    assertEquals("3", search.parameters().get("search.trials"));
    assertTrue(search.files().containsKey("tables/trials.csv"));
    for (Run trial : below.subList(0, 3)) {
      List<Long> steps = trial.steps("train_loss");
      assertEquals(Stream.iterate(1L, step -> step + 1).limit(steps.size()).toList(), steps);
      assertEquals("FINISHED", trial.status());
      assertEquals("deep", tag(trial, "convoy.architecture"));
    }
    Run best = below.get(3);
    assertEquals("best", best.name());
    Run trained = server.below(best).get(0);
    assertEquals(List.of(1L, 2L), trained.steps("train_loss"));
    assertTrue(trained.metrics().containsKey("test_accuracy"));
  }
}
