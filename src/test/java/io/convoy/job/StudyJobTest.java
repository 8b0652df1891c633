package io.convoy.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.cli.Command.Existing;
import io.convoy.cli.Command.SettingsSource;
import io.convoy.cli.Command.Show;
import io.convoy.cli.StudyCommand;
import io.convoy.spark.SharedSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StudyJobTest {
  private static final SettingsSource SETTINGS =
      new SettingsSource(
          List.of(),
          Workplace.settings(Map.of("train.outer", "{ momentum = 0.5, learning-rate = 0.75 }"))
              .overrides(),
          List.of("deep"),
          OptionalInt.empty(),
          Show.NOTHING);

  @TempDir static Path folder;

  private static Workplace place;

  @BeforeAll
  static void study() {
    place = new Workplace(folder, SharedSpark.context().hadoopConfiguration()).withPhotos();
    run();
  }

  private static void run() {
    new StudyJob(place.context())
        .run(
            new StudyCommand(
                place.at("photos"),
                place.at("study"),
                List.of(1, 2),
                List.of(1),
                SETTINGS,
                Existing.KEEP));
  }

  private static List<String> column(String name) throws IOException {
    List<String> lines = Files.readAllLines(place.path("study/study.csv"));
    int index = Arrays.asList(lines.get(0).split(",")).indexOf(name);
    assertTrue(index >= 0, name + " in " + lines.get(0));
    return lines.stream().skip(1).map(line -> line.split(",", -1)[index]).toList();
  }

  @Test
  void thereIsARowATraining() throws IOException {
    assertEquals(List.of("1", "2", "2"), column("workers"));
    assertEquals(List.of("", "1", "1"), column("averaging_frequency"));
    assertEquals(List.of("", "", "0.5"), column("outer_momentum"));
    assertEquals(List.of("", "", "0.75"), column("outer_learning_rate"));
    assertEquals("1.0", column("averaging_rounds").get(0));
    assertTrue(column("validation_accuracy").stream().noneMatch(String::isEmpty));
  }

  @Test
  void theTableIsPrintedAndNothingElse() {
    List<String> lines = place.out().lines().toList();
    assertTrue(lines.get(0).startsWith("architecture"), place.out());
    assertEquals(3, lines.stream().filter(line -> line.startsWith("deep ")).count(), place.out());
    assertTrue(lines.get(lines.size() - 1).endsWith("study.csv"), place.out());
  }

  @Test
  void theTrainingsShareOneDataSet() throws IOException {
    try (Stream<Path> sets = Files.list(place.path("study/datasets"))) {
      assertEquals(1, sets.filter(Files::isDirectory).count());
    }
  }

  @Test
  void whatThePreparationTellsIsToldOnce() {
    List<String> told = place.err().lines().filter(line -> line.startsWith("prepare: ")).toList();
    List<String> remarks = told.stream().filter(line -> !line.contains(" images in ")).toList();
    assertTrue(remarks.stream().anyMatch(line -> line.contains("mean little")), place.err());
    assertEquals(Set.copyOf(remarks).size(), remarks.size(), place.err());
  }

  @Test
  void whatIsDoneAlreadyIsNotDoneAgain() throws IOException {
    Path model = place.path("study/runs/workers-2-frequency-1-outer/models/deep/last.zip");
    FileTime before = Files.getLastModifiedTime(model);
    String table = Files.readString(place.path("study/study.csv"));

    run();

    assertEquals(before, Files.getLastModifiedTime(model));
    assertEquals(table, Files.readString(place.path("study/study.csv")));
  }
}
