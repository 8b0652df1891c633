package io.convoy.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.cli.Command.Existing;
import io.convoy.cli.PrepareCommand;
import io.convoy.cli.RunCommand;
import io.convoy.cli.SurveyCommand;
import io.convoy.failure.UserException;
import io.convoy.spark.SharedSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** 40 photos that a file labels red, green and blue, whatever their folders are called. */
class LabelFileRunTest {
  private static final List<String> COLOURS = List.of("red", "green", "blue");
  private static final Map<String, String> ALLOWED =
      Map.of("images.classes", "auto", "images.max-rejected", "0.1");

  @TempDir static Path folder;
  private static Workplace place;
  private static String elsewhere;

  @BeforeAll
  static void label() throws IOException {
    place = new Workplace(folder).withPhotos();
    List<String> photos;
    try (Stream<Path> files = Files.walk(place.path("photos"))) {
      photos =
          files
              .filter(file -> file.toString().endsWith(".jpg"))
              .map(file -> place.path("photos").relativize(file).toString())
              .sorted()
              .toList();
    }
    Files.createDirectories(place.path("elsewhere"));
    Files.move(
        place.path("photos").resolve(photos.get(0)), place.path("elsewhere/moved photo.jpg"));
    elsewhere = "file:" + place.at("elsewhere/moved photo.jpg");
    List<String> lines = new ArrayList<>(List.of("path,label"));
    lines.add(place.at("elsewhere/moved photo.jpg") + ",red");
    for (int i = 1; i < photos.size() - 1; i++) {
      lines.add(photos.get(i) + "," + COLOURS.get(i % 3));
    }
    lines.add("gone.jpg,red");
    Files.write(place.path("labels.csv"), lines);
  }

  private static RunCommand run(String out, Map<String, String> settings, Existing existing) {
    return new RunCommand(
        place.at("photos"),
        place.at(out),
        Optional.of(place.at("datasets")),
        Workplace.settings(settings),
        existing,
        Optional.empty(),
        Optional.of(place.at("labels.csv")));
  }

  private static List<Row> examples(String dataset) {
    return SharedSpark.session()
        .read()
        .parquet(place.at(dataset + "/examples.parquet"))
        .collectAsList();
  }

  @Test
  void aRunLearnsTheLabelsOfTheFile() throws IOException {
    Workplace first = new Workplace(folder);

    new RunJob(first.context()).run(run("run", ALLOWED, Existing.KEEP));

    List<String> rejected = Files.readAllLines(place.path("run/tables/rejected.csv"));
    assertEquals(3, rejected.size(), rejected.toString());
    assertTrue(rejected.get(2).startsWith("gone.jpg,"), rejected.get(2));
    assertTrue(first.err().contains("1 photo, such as gone.jpg: labels.csv names it"), first.err());
    assertTrue(
        Files.readString(place.path("run/run.conf")).contains("[\"blue\", \"green\", \"red\"]"));
    String predictions = Files.readString(place.path("run/tables/predictions.csv"));
    assertFalse(predictions.contains("cat\""), predictions);
    String page = Files.readString(place.path("run/report/index.html"));
    assertTrue(page.contains(" --labels file:" + place.at("labels.csv") + " --out "), page);

    Workplace again = new Workplace(folder);
    new RunJob(again.context()).run(run("run", ALLOWED, Existing.RESUME));
    assertTrue(again.out().contains("finished already"), again.out());
  }

  @Test
  void photosElsewhereAreExamplesUnderTheirAddresses() {
    prepare("set", "labels.csv", ALLOWED);

    assertTrue(
        examples("set").stream()
            .anyMatch(
                row ->
                    row.getAs("path").equals(elsewhere) && row.<Integer>getAs("label").equals(2)));
  }

  @Test
  void splitsAndGroupsOfTheFileAreTaken() throws IOException {
    List<String> words = List.of("train", "train", "Val", "test", "no split");
    List<String> rows = Files.readAllLines(place.path("labels.csv"));
    List<String> lines = new ArrayList<>(List.of("path,label,split"));
    List<String> groups = new ArrayList<>(List.of("path;label;group"));
    for (int i = 1; i < rows.size() - 1; i++) {
      lines.add(rows.get(i) + "," + (i == 9 ? words.get(4) : words.get(i % 4)));
      groups.add(rows.get(i).replace(',', ';') + ";animal " + i % 4);
    }
    Files.write(place.path("splits.csv"), lines);
    Files.write(place.path("groups.csv"), groups);
    Map<String, String> settings = new HashMap<>(ALLOWED);

    prepare("grouped", "groups.csv", settings);
    settings.put("split.by", "labels");
    Workplace told = prepare("split", "splits.csv", settings);

    assertEquals(
        Map.of("train", 18L, "validation", 10L, "test", 10L),
        examples("split").stream()
            .collect(
                Collectors.groupingBy(row -> row.<String>getAs("split"), Collectors.counting())));
    assertTrue(told.err().contains("1 photo with no split"), told.err());
    Map<Integer, Set<String>> splitsOfGroups = new HashMap<>();
    for (Row row : examples("grouped")) {
      String path = row.getAs("path");
      int at =
          rows.indexOf(
              rows.stream()
                  .filter(line -> line.startsWith(path.replaceFirst("^file:", "") + ","))
                  .findFirst()
                  .orElseThrow());
      splitsOfGroups
          .computeIfAbsent(at % 4, any -> new HashSet<>())
          .add(row.<String>getAs("split"));
    }
    assertTrue(
        splitsOfGroups.values().stream().allMatch(splits -> splits.size() == 1),
        splitsOfGroups.toString());
  }

  private static Workplace prepare(String out, String labels, Map<String, String> settings) {
    Workplace told = new Workplace(folder);
    new PrepareJob(told.context())
        .run(
            new PrepareCommand(
                place.at("photos"),
                place.at(out),
                Workplace.settings(settings),
                Existing.KEEP,
                Optional.of(place.at(labels))));
    return told;
  }

  @Test
  void moreFaultsThanMayBeRejectedStopTheRun() {
    String message =
        assertThrows(
                UserException.class,
                () ->
                    new RunJob(place.context())
                        .run(run("stopped", Map.of("images.classes", "auto"), Existing.KEEP)))
            .getMessage();

    assertTrue(message.contains("labels.csv does not fit the photos of"), message);
    assertFalse(Files.exists(place.path("stopped")));
  }

  @Test
  void aRunThatWouldDeleteTheFileIsRefused() {
    String message =
        assertThrows(
                UserException.class,
                () -> new RunJob(place.context()).run(run(".", ALLOWED, Existing.OVERWRITE)))
            .getMessage();

    assertTrue(message.contains("is or holds the input"), message);
  }

  @Test
  void aLabelThatNoListNamesIsRefused() {
    String message =
        assertThrows(
                UserException.class,
                () ->
                    new RunJob(place.context())
                        .run(
                            run(
                                "refused",
                                Map.of("images.classes", "[red, green]"),
                                Existing.KEEP)))
            .getMessage();

    assertTrue(message.contains("photos blue, such as cats/"), message);
  }

  @Test
  void surveyCountsTheLabelsOfTheFile() {
    Workplace looked = new Workplace(folder);

    new SurveyJob(looked.context())
        .run(
            new SurveyCommand(
                place.at("photos"),
                0,
                Workplace.settings(ALLOWED),
                Optional.of(place.at("labels.csv"))));

    assertTrue(looked.out().contains("blue (label 0): "), looked.out());
    assertTrue(looked.out().contains("red (label 2): "), looked.out());
    assertTrue(looked.out().contains("without a label: 2"), looked.out());
    assertTrue(looked.out().contains("no row of labels.csv names it"), looked.out());
  }
}
