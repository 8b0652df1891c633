package io.convoy.tracking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.settings.TrackingSettings;
import io.convoy.settings.TrackingSettings.Files;
import io.convoy.storage.Storage;
import io.convoy.tracking.ProtocolServer.Mood;
import io.convoy.tracking.ProtocolServer.Point;
import io.convoy.tracking.ProtocolServer.Run;
import io.convoy.tracking.TrackedRun.End;
import io.convoy.tracking.Tracker.Patience;
import io.convoy.tracking.Tracker.Source;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mlflow.tracking.MlflowClientVersion;

class TrackerTest {
  private static final Patience PATIENT =
      new Patience(
          Duration.ofSeconds(60),
          Duration.ofMillis(1),
          Duration.ofMillis(10),
          Duration.ofSeconds(60));

  private static final Patience IMPATIENT =
      new Patience(
          Duration.ofMillis(300),
          Duration.ofMillis(1),
          Duration.ofMillis(10),
          Duration.ofMillis(20));

  private static final Patience QUICK_TO_END =
      new Patience(
          Duration.ofSeconds(60),
          Duration.ofMillis(1),
          Duration.ofMillis(10),
          Duration.ofMillis(20));

  @TempDir Path folder;
  private ProtocolServer server;
  private final List<String> remarks = Collections.synchronizedList(new ArrayList<>());

  @BeforeEach
  void startServer() {
    server = new ProtocolServer();
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  private Tracker open(Patience patience, Map<String, String> variables) {
    return open(server.uri(), patience, variables);
  }

  private Tracker open(String uri, Patience patience, Map<String, String> variables) {
    return Tracker.open(
            new TrackingSettings(Optional.of(URI.create(uri)), "cats", Files.ALL),
            new Source("0.1.0", "0123456"),
            Optional.empty(),
            file("tracking.json"),
            remarks::add,
            variables,
            patience)
        .orElseThrow();
  }

  private Tracker open() {
    return open(PATIENT, Map.of());
  }

  private Storage file(String name) {
    return Storage.at(folder.resolve(name).toString(), new Configuration());
  }

  private static TrackedRun root() {
    return new TrackedRun(
        TrackedRun.ROOT, "first", Map.of("images.height", "94"), Map.of("lab", "1"));
  }

  private static TrackedRun training() {
    return new TrackedRun("conv24", "conv24", Map.of("epochs", "3"), Map.of());
  }

  private static Measurements epoch(int number) {
    return new Measurements(
        number,
        1_000L * number,
        new TreeMap<>(Map.of("train_loss", 1.0 / number, "validation_accuracy", 0.5)));
  }

  private void tell(Tracker tracker, int... epochs) {
    tracker.begin(root());
    tracker.begin(training());
    IntStream.of(epochs).forEach(number -> tracker.measure("conv24", epoch(number)));
  }

  @Test
  void aRunAndItsTrainingsGoToTheServer() throws IOException {
    java.nio.file.Files.writeString(folder.resolve("metrics.csv"), "a,b\n");
    java.nio.file.Files.writeString(folder.resolve("empty.csv"), "");
    try (Tracker tracker = open()) {
      tell(tracker, 1, 2);
      tracker.end("conv24", End.FINISHED);
      tracker.send(TrackedRun.ROOT, new TrackedFile("tables/my metrics.csv", file("metrics.csv")));
      tracker.send(TrackedRun.ROOT, new TrackedFile("tables/empty.csv", file("empty.csv")));
      tracker.end(TrackedRun.ROOT, End.FINISHED);
    }

    assertEquals(List.of(), server.refusals());
    assertEquals(List.of(), remarks);
    Run run = server.run("first");
    Run training = server.run("conv24");
    assertEquals(List.of(training), server.below(run));
    assertEquals(Map.of("images.height", "94"), run.parameters());
    assertEquals("1", run.tags().get("lab"));
    assertEquals("0.1.0", run.tags().get("convoy.version"));
    assertEquals(file("x").parent().toString(), run.tags().get("convoy.run-folder"));
    assertEquals(Map.of("epochs", "3"), training.parameters());
    assertEquals(List.of(new Point(1, 1), new Point(0.5, 2)), training.metrics().get("train_loss"));
    assertEquals(List.of("FINISHED", "FINISHED"), List.of(run.status(), training.status()));
    assertEquals("a,b\n", text(run.files().get("tables/my metrics.csv")));
    assertEquals("", text(run.files().get("tables/empty.csv")));
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Test
  void manyParametersAndMeasurementsGoInBatchesThatTheServerTakes() {
    Map<String, String> many =
        IntStream.range(0, 250)
            .boxed()
            .collect(Collectors.toMap(i -> "key." + i, i -> "x".repeat(10 * i * i)));
    TreeMap<String, Double> metrics = new TreeMap<>();
    IntStream.range(0, 300).forEach(i -> metrics.put("metric_" + i, (double) i));
    try (Tracker tracker = open()) {
      tracker.begin(new TrackedRun(TrackedRun.ROOT, "first", many, many));
      for (int step = 1; step <= 10; step++) {
        tracker.measure(TrackedRun.ROOT, new Measurements(step, step, metrics));
      }
    }

    assertEquals(List.of(), server.refusals());
    Run run = server.run("first");
    assertEquals(250, run.parameters().size());
    assertEquals(500, run.parameters().get("key.249").length());
    assertEquals(300, run.metrics().size());
    assertEquals(10, run.steps("metric_7").size());
  }

  @Test
  void aRunThatGoesOnIsTheSameOneAndNothingIsSentTwice() {
    try (Tracker tracker = open()) {
      tell(tracker, 1, 2);
    }
    assertEquals("FAILED", server.run("conv24").status());
    String id = server.run("first").id();
    try (Tracker tracker = open()) {
      tell(tracker, 1, 2, 3);
      tracker.end("conv24", End.FINISHED);
      tracker.end(TrackedRun.ROOT, End.FINISHED);
    }

    assertEquals(List.of(), server.refusals());
    assertEquals(id, server.run("first").id());
    assertEquals(List.of(1L, 2L, 3L), server.run("conv24").steps("train_loss"));
    assertEquals("FINISHED", server.run("conv24").status());
  }

  @Test
  void aTrainingWhoseProcessWasKilledBeforeItNotedItIsFoundOnTheServer() {
    try (Tracker tracker = open()) {
      tracker.begin(root());
    }
    byte[] before = file("tracking.json").readSmall();
    try (Tracker tracker = open()) {
      tell(tracker, 1, 2);
    }
    file("tracking.json").write(out -> out.write(before));
    try (Tracker tracker = open()) {
      tell(tracker, 1, 2, 3);
    }
    try (Tracker tracker = open()) {
      tell(tracker, 3, 4);
    }

    assertEquals(List.of(), server.refusals());
    assertEquals(List.of(1L, 2L, 3L, 4L), server.run("conv24").steps("train_loss"));
  }

  @Test
  void aRunThatSomebodyHasDeletedIsBegunAnew() {
    try (Tracker tracker = open()) {
      tell(tracker, 1);
    }
    server.runs().forEach(Run::delete);
    try (Tracker tracker = open()) {
      tell(tracker, 1, 2);
    }

    assertEquals(List.of(), server.refusals());
    assertEquals(List.of(1L, 2L), server.run("conv24").steps("train_loss"));
  }

  @Test
  void aRunThatGoesOnElsewhereIsAnotherThere() {
    try (Tracker tracker = open()) {
      tell(tracker, 1);
    }
    try (ProtocolServer other = new ProtocolServer()) {
      try (Tracker tracker = open(other.uri(), PATIENT, Map.of())) {
        tell(tracker, 1, 2);
      }
      assertEquals(List.of(), other.refusals());
      assertEquals(List.of(1L, 2L), other.run("conv24").steps("train_loss"));
    }
    assertEquals(List.of(1L), server.run("conv24").steps("train_loss"));
  }

  @Test
  void aDamagedMemoryCostsANewRunAndNoMore() throws IOException {
    java.nio.file.Files.writeString(folder.resolve("tracking.json"), "{\"server\": 1,");
    try (Tracker tracker = open()) {
      tell(tracker, 1);
    }
    assertEquals(List.of(1L), server.run("conv24").steps("train_loss"));
  }

  @Test
  void whatAServerDidNotTakeIsSentOnceItDoes() throws InterruptedException {
    server.is(Mood.BROKEN);
    try (Tracker tracker = open()) {
      tell(tracker, 1, 2);
      while (remarks.isEmpty()) {
        Thread.onSpinWait();
      }
      server.is(Mood.WELL);
    }

    assertEquals(List.of(), server.refusals());
    assertEquals(List.of(1L, 2L), server.run("conv24").steps("train_loss"));
    assertEquals(
        List.of(
            "tracking: "
                + server.uri()
                + " answers with status 500; the run goes on, and what the server lacks is sent when"
                + " it answers",
            "tracking: " + server.uri() + " answered again, and lacks nothing"),
        remarks);
  }

  private void tellAllInVain(String uri, Map<String, String> variables) {
    try (Tracker tracker = open(uri, IMPATIENT, variables)) {
      tell(tracker, 1, 2, 3);
      tracker.send(TrackedRun.ROOT, new TrackedFile("run.conf", file("run.conf")));
      assertEquals(Optional.empty(), tracker.page());
    }
  }

  private void assertToldOnce(String uri, String failure) {
    assertEquals(
        List.of(
            "tracking: "
                + uri
                + " "
                + failure
                + "; the run goes on, and what the server lacks is sent when it answers",
            "tracking: "
                + uri
                + " lacks 2 runs, 3 measurements, 1 file; all is in "
                + file("x").parent()),
        remarks);
  }

  @Test
  void aServerThatIsDownIsToldOfOnceAndCounted() {
    String uri = server.uri();
    server.close();
    tellAllInVain(uri, Map.of());
    assertToldOnce(uri, "cannot be reached: nothing listens there");
  }

  @Test
  void aServerThatNeverAnswersIsNotWaitedFor() {
    server.is(Mood.SILENT);
    tellAllInVain(server.uri(), Map.of());
    assertToldOnce(server.uri(), "does not answer in 0.3 s");
  }

  @Test
  void aServerInTroubleIsToldOfOnceAndCounted() {
    server.is(Mood.BROKEN);
    tellAllInVain(server.uri(), Map.of());
    assertToldOnce(server.uri(), "answers with status 500");
  }

  @Test
  void anExperimentThatIsDeletedIsToldWithWhatToDo() {
    server.deleteExperiment("cats");
    tellAllInVain(server.uri(), Map.of());
    assertToldOnce(
        server.uri(),
        "has deleted its experiment cats: restore it there, or name another with tracking.experiment");
  }

  @Test
  void aServerThatDoesNotKnowTheUserSaysWhichVariablesToSet() {
    server.requires("Bearer secret-of-the-lab");
    tellAllInVain(server.uri(), Map.of("MLFLOW_TRACKING_TOKEN", "another-secret"));
    assertToldOnce(
        server.uri(),
        "answers with status 401: set MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, or"
            + " MLFLOW_TRACKING_TOKEN");
  }

  @Test
  void theEnvironmentSaysWhoAsksForRequestsAndFilesAlike() throws IOException {
    java.nio.file.Files.writeString(folder.resolve("run.conf"), "train { }");
    server.requires("Basic bWU6aHVzaA==");
    Map<String, String> variables =
        Map.of(
            "MLFLOW_TRACKING_USERNAME", "me",
            "MLFLOW_TRACKING_PASSWORD", "hush",
            "MLFLOW_TRACKING_TOKEN", "passed over");
    try (Tracker tracker = open(PATIENT, variables)) {
      tell(tracker, 1);
      tracker.send(TrackedRun.ROOT, new TrackedFile("run.conf", file("run.conf")));
    }
    assertEquals(List.of(), remarks);
    assertEquals("train { }", text(server.run("first").files().get("run.conf")));
    assertFalse(java.nio.file.Files.readString(folder.resolve("tracking.json")).contains("hush"));
  }

  @Test
  void filesThatFailDoNotKeepBackTheRest() throws IOException {
    java.nio.file.Files.writeString(folder.resolve("run.conf"), "train { }");
    server.is(Mood.WITHOUT_DISK);
    try (Tracker tracker = open(QUICK_TO_END, Map.of())) {
      tell(tracker, 1);
      tracker.send(TrackedRun.ROOT, new TrackedFile("run.conf", file("run.conf")));
      tracker.end("conv24", End.FINISHED);
      tracker.end(TrackedRun.ROOT, End.FINISHED);
    }
    assertEquals("FINISHED", server.run("first").status());
    assertEquals(List.of(1L), server.run("conv24").steps("train_loss"));
    assertTrue(remarks.get(1).contains(" lacks 1 file; all is in "), remarks::toString);
  }

  @ParameterizedTest
  @ValueSource(strings = {"s3://lab/mlflow/", "s3://lab/my models/", "C:\\models\\"})
  void aStoreThatTheServerDoesNotServeIsNamedAndTheRestGoesOn(String store) {
    server.keepsFilesAt(store);
    try (Tracker tracker = open()) {
      tell(tracker, 1);
      tracker.send(TrackedRun.ROOT, new TrackedFile("run.conf", file("run.conf")));
      tracker.send("conv24", new TrackedFile("model/best.zip", file("best.zip")));
      tracker.end("conv24", End.FINISHED);
      tracker.end(TrackedRun.ROOT, End.FINISHED);
    }
    assertEquals(1, remarks.size(), remarks::toString);
    assertTrue(remarks.get(0).contains("wants them written to " + store + "1/"), remarks::toString);
    assertEquals("FINISHED", server.run("first").status());
    assertEquals(List.of(1L), server.run("conv24").steps("train_loss"));
  }

  @Test
  void whatTheServerRefusesIsCountedAndTheRestGoesOn() {
    TreeMap<String, Double> odd = new TreeMap<>(Map.of("a$b", 1.0));
    try (Tracker tracker = open()) {
      tell(tracker, 1);
      tracker.measure(TrackedRun.ROOT, new Measurements(1, 1, odd));
      tracker.end("conv24", End.FINISHED);
    }
    assertEquals("FINISHED", server.run("conv24").status());
    assertEquals(
        List.of(
            "tracking: " + server.uri() + " lacks 1 measurement; all is in " + file("x").parent()),
        remarks);
  }

  @Test
  void theVersionThatUsersAreToldIsTheOneOfTheBuild() throws IOException {
    assertEquals(MlflowClientVersion.getClientVersion(), Tracker.CLIENT_VERSION);
    String page = java.nio.file.Files.readString(Path.of("src/site/markdown/tracking.md"));
    assertTrue(page.contains("org.mlflow:mlflow-client:" + Tracker.CLIENT_VERSION));
    assertTrue(page.contains("target/optional/mlflow-client-" + Tracker.CLIENT_VERSION + ".jar"));
  }
}
