package io.convoy.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.cli.Command.Existing;
import io.convoy.cli.Command.SettingsSource;
import io.convoy.cli.RunCommand;
import io.convoy.failure.UserException;
import io.convoy.spark.SharedSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A run that was killed goes on, and ends as one that was not. */
class StoppedRunTest {
  private static final SettingsSource SETTINGS =
      Workplace.settings(
          Map.of(
              "architectures.deep.epochs", "3",
              "architectures.deep.schedule", "{name=cosine, warm-up-epochs=1}",
              "architectures.deep.class-weights", "balanced",
              "architectures.wide.epochs", "5",
              "architectures.wide.stop", "{metric=accuracy, patience=1}",
              "train.checkpoint-rounds", "1",
              "train.averaging-frequency", "1",
              "train.outer", "{ momentum = 0.9, learning-rate = 0.7 }",
              "train.workers", "2"));

  @TempDir static Path folder;
  private static Workplace place;
  private static Map<String, String> uninterrupted;
  private static int changes;

  @BeforeAll
  static void runWithoutAStop() throws IOException {
    Configuration hadoop = SharedSpark.context().hadoopConfiguration();
    DyingFileSystem.register(hadoop);
    place = new Workplace(folder, hadoop).withPhotos();
    DyingFileSystem.diesAfter(1_000_000);
    run("whole", Existing.KEEP, SETTINGS);
    changes = 1_000_000 - DyingFileSystem.changesLeft();
    uninterrupted = files("whole");
  }

  @AfterEach
  void nobodyDies() {
    DyingFileSystem.diesAfter(Integer.MAX_VALUE);
  }

  /**
   * In preparing, between a checkpoint and the best model, within an epoch, at the last tables, and
   * after the marker.
   */
  static Stream<Integer> deaths() {
    return Stream.of(0.02, 0.34, 0.58, 0.96, 0.995).map(share -> (int) (share * changes));
  }

  @ParameterizedTest(name = "after {0} changes")
  @MethodSource("deaths")
  void aRunThatIsKilledAtAnyPointEndsAsOneWithoutAStop(int death) throws IOException {
    String out = "killed-" + death;
    DyingFileSystem.diesAfter(death);
    assertThrows(Exception.class, () -> run(out, Existing.KEEP, SETTINGS));
    boolean marked = Files.exists(place.path(out).resolve(RunFiles.MARKER));
    DyingFileSystem.diesAfter(Integer.MAX_VALUE);
    deleteLocks();

    run(out, marked ? Existing.RESUME : Existing.KEEP, SETTINGS);

    Map<String, String> files = files(out);
    assertEquals(uninterrupted.keySet(), files.keySet());
    for (String name : files.keySet()) {
      assertEquals(uninterrupted.get(name), files.get(name), name);
    }
  }

  @Test
  void aRunWhoseAveragingsAreChosenGoesOnWithTheSameOnes() throws IOException {
    SettingsSource settings =
        Workplace.settings(
            Map.of(
                "architectures.deep.batch", "2",
                "architectures.deep.epochs", "4",
                "architectures.deep.schedule", "{name=cosine, warm-up-epochs=1}",
                "train.checkpoint-rounds", "1",
                "train.averaging-frequency", "auto",
                "train.workers", "2"));
    DyingFileSystem.diesAfter(1_000_000);
    run("chosen", Existing.KEEP, settings);
    int all = 1_000_000 - DyingFileSystem.changesLeft();
    DyingFileSystem.diesAfter(all * 7 / 10);
    assertThrows(Exception.class, () -> run("chosen-killed", Existing.KEEP, settings));
    DyingFileSystem.diesAfter(Integer.MAX_VALUE);
    deleteLocks();

    run("chosen-killed", Existing.KEEP, settings);

    assertEquals(files("chosen"), files("chosen-killed"));
    String chosen =
        "epoch 2: the workers are averaged after every 4 minibatches of each, instead of 1";
    assertTrue(place.err().contains(chosen), place.err());
  }

  /** The process that held them is this one, which lives on. */
  private static void deleteLocks() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path lock : all.filter(file -> file.endsWith("_lock")).toList()) {
        Files.delete(lock);
      }
    }
  }

  @Test
  void aFinishedRunIsNotTouchedByTheSameCommand() {
    UserException e =
        assertThrows(UserException.class, () -> run("whole", Existing.KEEP, SETTINGS));

    assertTrue(e.getMessage().contains("holds a finished run"), e.getMessage());
  }

  @Test
  void aFinishedRunHasNothingLeftToResume() throws IOException {
    run("whole", Existing.RESUME, SETTINGS);

    assertTrue(place.out().contains("finished already"), place.out());
    assertEquals(uninterrupted, files("whole"));
  }

  @Test
  void aStoppedRunIsKeptWhereItsProvenanceIsDamaged() throws IOException {
    DyingFileSystem.diesAfter(changes / 2);
    assertThrows(Exception.class, () -> run("forged", Existing.KEEP, SETTINGS));
    DyingFileSystem.diesAfter(Integer.MAX_VALUE);
    deleteLocks();
    Path provenance = place.path("forged/provenance.json");
    Files.writeString(provenance, "null");

    UserException e =
        assertThrows(UserException.class, () -> run("forged", Existing.KEEP, SETTINGS));

    assertTrue(e.getMessage().contains("provenance.json is damaged"), e.getMessage());
    assertEquals("null", Files.readString(provenance));
  }

  @Test
  void aRunOfOtherSettingsDoesNotGoOn() throws IOException {
    Files.createDirectories(place.path("other"));
    Files.writeString(place.path("other/run.conf"), "train.seed = 7");

    UserException e =
        assertThrows(UserException.class, () -> run("other", Existing.RESUME, SETTINGS));

    assertTrue(e.getMessage().contains("a run of other settings"), e.getMessage());
  }

  private static void run(String out, Existing existing, SettingsSource settings) {
    new RunJob(place.context())
        .run(
            new RunCommand(
                place.at("photos"),
                "dying://" + place.at(out),
                Optional.of("dying://" + place.at("sets-" + out)),
                settings,
                existing));
  }

  /** All of the run but logs, provenance and bytes of Parquet and the page, and without timings. */
  private static Map<String, String> files(String out) throws IOException {
    Map<String, String> files = new TreeMap<>();
    Path run = place.path(out);
    try (Stream<Path> all = Files.walk(run)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        String name = run.relativize(file).toString();
        if (!name.startsWith("logs/") && !name.equals("provenance.json")) {
          files.put(name, content(file));
        }
      }
    }
    return files;
  }

  private static String content(Path file) throws IOException {
    if (file.toString().endsWith(".csv")) {
      return withoutTimings(Files.readAllLines(file));
    }
    if (file.toString().endsWith(".html")) {
      return "a page of the tables";
    }
    return file.toString().endsWith(".parquet")
        ? "rows that the CSV file has too"
        : org.apache.commons.codec.digest.DigestUtils.sha256Hex(Files.readAllBytes(file));
  }

  private static String withoutTimings(List<String> lines) {
    String[] header = lines.get(0).split(",");
    StringBuilder text = new StringBuilder();
    for (String line : lines) {
      String[] cells = line.split(",", -1);
      for (int i = 0; i < header.length; i++) {
        boolean timing = header[i].contains("seconds") || header[i].contains("per_second");
        text.append(timing ? "" : cells[i]).append(',');
      }
      text.append('\n');
    }
    return text.toString();
  }
}
