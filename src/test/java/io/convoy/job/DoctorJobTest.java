package io.convoy.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.cli.Command.SettingsSource;
import io.convoy.cli.DoctorCommand;
import io.convoy.failure.UserException;
import io.convoy.tracking.ProtocolServer;
import io.convoy.tracking.ProtocolServer.Mood;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DoctorJobTest {
  @TempDir Path folder;
  private Workplace place;

  @BeforeEach
  void onePhoto() throws IOException {
    place = new Workplace(folder);
    Files.createDirectory(place.path("photos"));
    Files.writeString(place.path("photos/cat.1.jpg"), "not decoded here");
  }

  private static DoctorCommand doctor(String images, String out) {
    return new DoctorCommand(Optional.of(images), Optional.of(out), Workplace.tinySettings());
  }

  /** The machine of the tests may be too small for some check; each row is looked at by itself. */
  private List<String> rows(DoctorCommand command) {
    try {
      new DoctorJob(place.context()).run(command);
    } catch (UserException e) {
      assertTrue(e.getMessage().matches("\\d+ of \\d+ checks failed\\."), e.getMessage());
    }
    return place.out().lines().toList();
  }

  private String row(List<String> rows, String check) {
    return rows.stream()
        .filter(row -> row.matches("driver \\(\\S+\\)  " + check + "  .*"))
        .findFirst()
        .orElseThrow(() -> new AssertionError(check + " is missing: " + place.out()));
  }

  @Test
  void aFolderThatCanBeWrittenIsOkAndNotMade() {
    List<String> rows = rows(doctor(place.at("photos"), place.at("new/run")));
    for (String check : List.of("convoy", "ND4J", "OpenCV", "images", "out", "serialiser")) {
      assertTrue(row(rows, check).endsWith("  ok"), row(rows, check));
    }
    assertFalse(Files.exists(place.path("new")));
  }

  @Test
  void aFailingCheckEndsInAMistakeThatCountsThem() {
    DoctorJob job = new DoctorJob(place.context());
    DoctorCommand command = doctor(place.at("nowhere"), "/proc/convoy");
    String message = assertThrows(UserException.class, () -> job.run(command)).getMessage();
    assertTrue(message.matches("[1-9]\\d* of \\d+ checks failed\\."), message);
    assertTrue(place.out().contains("Remedy: check --images"), place.out());
    assertTrue(place.out().contains("Remedy: check --out"), place.out());
  }

  @Test
  void aTrackingServerIsAskedWhetherItAnswers() {
    try (ProtocolServer server = new ProtocolServer()) {
      assertTrue(tracking(server.uri()).matches("run  tracking  " + server.uri() + " answers  ok"));
      server.is(Mood.BROKEN);
      assertTrue(tracking(server.uri()).endsWith(" answers with status 500  FAILED"));
      assertEquals(List.of(), server.refusals());
      assertEquals(List.of(), server.runs());
    }
  }

  private String tracking(String uri) {
    place = new Workplace(folder);
    SettingsSource settings = Workplace.settings(Map.of("tracking.uri", uri));
    rows(new DoctorCommand(Optional.empty(), Optional.empty(), settings));
    return place
        .out()
        .lines()
        .filter(row -> row.matches("run +tracking .*"))
        .findFirst()
        .orElseThrow()
        .replaceAll(" {2,}", "  ");
  }

  @Test
  void aFileSystemThatIsNotThereIsARow() {
    List<String> rows = rows(doctor("far://lab/photos", place.at("run")));
    assertTrue(row(rows, "images").endsWith("  FAILED"), place.out());
    assertTrue(row(rows, "out").endsWith("  ok"), place.out());
  }

  @Test
  void whereSparkDoesNotStartTheDriverIsCheckedAllTheSame() {
    UserException reason = new UserException("Spark does not start: no such master.");
    DoctorJob job =
        new DoctorJob(
            place.context(
                () -> {
                  throw reason;
                }));
    DoctorCommand command = doctor(place.at("photos"), place.at("run"));
    String message = assertThrows(UserException.class, () -> job.run(command)).getMessage();
    assertTrue(message.matches("[1-9]\\d* of \\d+ checks failed\\."), message);
    List<String> rows = place.out().lines().toList();
    assertTrue(row(rows, "Spark").contains("no such master"), place.out());
    assertTrue(row(rows, "images").endsWith("  ok"), place.out());
  }

  @Test
  void withoutFoldersNoFileSystemIsChecked() {
    List<String> rows =
        rows(new DoctorCommand(Optional.empty(), Optional.empty(), Workplace.tinySettings()));
    assertFalse(rows.stream().anyMatch(row -> row.contains("  images  ")), place.out());
    assertFalse(rows.stream().anyMatch(row -> row.contains("  out  ")), place.out());
  }

  private List<String> trainings(Map<String, String> settings) {
    return rows(
        new DoctorCommand(Optional.empty(), Optional.empty(), Workplace.settings(settings)));
  }

  @Test
  void theTrainingsOfTheSettingsAndTheTrialsOfASearchAreCounted() {
    List<String> rows =
        trainings(
            Map.of(
                "train.repeats",
                "3",
                "search.trials",
                "7",
                "search.space.optimizer.learning-rate",
                "{log-uniform=[1e-4, 1e-2]}"));
    String rest = ", one after the other, each by 1 worker of \\d+ threads? +ok";
    assertTrue(rows.stream().anyMatch(row -> row.matches("run +trainings +6" + rest)), place.out());
    assertTrue(rows.stream().anyMatch(row -> row.matches("search +trials +7" + rest)), place.out());
    assertTrue(
        row(rows, "memory of trainings").matches(".* less than 0.1 GiB of .* for one, by .*"),
        place.out());
  }

  @Test
  void theTrialsOfASearchAreOfTheArchitecturesThatItHasSomethingFor() {
    List<String> rows =
        trainings(
            Map.of(
                "search.trials",
                "1",
                "search.space.architectures.deep.optimizer.learning-rate",
                "{log-uniform=[1e-4, 1e-2]}"));
    assertTrue(rows.stream().anyMatch(row -> row.matches("search +trials +1,.* ok")), place.out());
  }

  @Test
  void aNetworkThatDoesNotFitIntoTheMemoryFails() {
    List<String> rows = trainings(Map.of("architectures.wide.batch", "1000000000"));
    assertTrue(row(rows, "memory of trainings").endsWith("  FAILED"), place.out());
    assertTrue(place.out().contains("the batch of wide"), place.out());
  }

  @Test
  void aNetworkThatBeginsWithAModelThatIsNotThereIsARow() {
    List<String> rows =
        trainings(Map.of("architectures.wide.base", "{model=\"/nowhere/model.zip\"}"));
    assertTrue(
        rows.stream().anyMatch(row -> row.matches("run  +networks  .*/nowhere.*FAILED")),
        place.out());
  }

  @ParameterizedTest
  @ValueSource(strings = {"photos", "photos/run", ""})
  void anOutputThatWouldBeWrittenIntoTheInputIsRefused(String out) throws IOException {
    DoctorJob job = new DoctorJob(place.contextWithoutSpark());
    DoctorCommand command = doctor(place.at("photos"), place.at(out));
    String message = assertThrows(UserException.class, () -> job.run(command)).getMessage();
    assertTrue(message.contains("the input"), message);
    try (var files = Files.list(place.path("photos"))) {
      assertEquals(1, files.count());
    }
  }

  @Test
  void aMistakeInTheSettingsIsToldBeforeSparkStarts() {
    DoctorJob job = new DoctorJob(place.contextWithoutSpark());
    DoctorCommand command =
        new DoctorCommand(
            Optional.empty(),
            Optional.empty(),
            Workplace.settings(List.of(place.at("none.conf")), List.of()));
    String message = assertThrows(UserException.class, () -> job.run(command)).getMessage();
    assertTrue(message.contains("none.conf"), message);
  }
}
