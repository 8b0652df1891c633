package io.convoy.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.cli.ReportCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run with {@code train.folds}, of 40 photos of which 8 are for the test. */
class CrossValidationTest {
  private static final int FOLDS = 3;

  @TempDir static Path folder;
  private static Workplace place;

  @BeforeAll
  static void run() {
    place = new Workplace(folder).withPhotos();
    run("folded");
  }

  private static void run(String name) {
    new RunJob(place.context())
        .run(
            place.run(
                name,
                Workplace.settings(
                    Map.of(
                        "train.folds",
                        "3",
                        "split",
                        "{by = counts, counts {train = 24, validation = 8}}"))));
  }

  private static List<String> table(String name) throws IOException {
    return Files.readAllLines(place.path("folded/tables/" + name + ".csv"));
  }

  private static Set<String> validated(String architecture) throws IOException {
    return table("predictions").stream()
        .map(row -> row.split(","))
        .filter(row -> row[0].equals(architecture) && row[1].equals("validation"))
        .map(row -> row[2])
        .collect(Collectors.toSet());
  }

  @Test
  void eachPhotoThatIsNotForTheTestIsPredictedByTheNetworkThatHasNotSeenIt() throws IOException {
    Set<String> all = new HashSet<>();
    int photos = 0;
    for (int fold = 1; fold <= FOLDS; fold++) {
      Set<String> validated = validated("deep-fold" + fold);
      assertTrue(validated.size() >= 10, validated::toString);
      photos += validated.size();
      all.addAll(validated);
      assertEquals(validated, validated("wide-fold" + fold));
    }
    assertEquals(32, photos);
    assertEquals(32, all.size());
  }

  @Test
  void everyNetworkPredictsTheTestSplit() throws IOException {
    long rows =
        table("predictions").stream().filter(row -> row.startsWith("deep-fold2,test,")).count();

    assertEquals(8, rows);
  }

  @Test
  void aTrainingHasThePhotosOfTheOtherFolds() throws IOException {
    List<String> metrics = table("metrics");
    int column = List.of(metrics.get(0).split(",")).indexOf("train_images");

    assertEquals(
        32 - validated("deep-fold1").size(),
        metrics.stream()
            .map(row -> row.split(","))
            .filter(row -> row[0].equals("deep-fold1"))
            .mapToInt(row -> Integer.parseInt(row[column]))
            .findFirst()
            .orElseThrow());
  }

  @Test
  void theMeansOverTheFoldsHaveATable() throws IOException {
    List<String> repeats = table("repeats");

    assertTrue(
        repeats.stream().anyMatch(row -> row.startsWith("deep,validation,accuracy,3,")),
        repeats::toString);
    assertTrue(
        repeats.stream().anyMatch(row -> row.startsWith("deep,test,accuracy,3,")),
        repeats::toString);
  }

  @Test
  void architecturesAreComparedByAllPhotosThatTheirFoldsValidated() throws IOException {
    Set<String> pairs =
        table("comparisons").stream()
            .skip(1)
            .map(row -> row.split(","))
            .map(row -> row[0] + " " + row[1] + " " + row[2])
            .collect(Collectors.toCollection(TreeSet::new));

    assertEquals(Set.of("wide deep validation"), pairs);
  }

  @Test
  void theRankingAndThePageHaveOneNetworkOfAllFolds() throws IOException {
    String page = Files.readString(place.path("folded/report/index.html"));

    assertTrue(page.contains("<bdi>deep</bdi>"));
    assertFalse(page.contains("<bdi>deep-fold1</bdi>"), "a fold stands for itself");
    assertTrue(page.contains("32 photos"), "the photos of all folds");
  }

  private static Set<String> looked() throws IOException {
    String page = Files.readString(place.path("folded/report/index.html"));
    return Pattern.compile("class=\"heat\".*?<bdi class=\"path\">(.*?)</bdi>", Pattern.DOTALL)
        .matcher(page)
        .results()
        .map(found -> found.group(1))
        .collect(Collectors.toSet());
  }

  @Test
  void whereANetworkLooksIsAskedOfTheFoldThatHasNotSeenThePhoto() throws IOException {
    Path model = place.path("folded/models/deep-fold2/best.zip");
    Path aside = place.path("aside.zip");
    Set<String> all = looked();
    Files.move(model, aside);
    ReportCommand report = new ReportCommand(List.of(place.at("folded")), Optional.empty());
    new ReportJob(place.context()).run(report);
    Set<String> others = looked();
    Files.move(aside, model);
    new ReportJob(place.context()).run(report);

    Set<String> ofTheFold = new HashSet<>(all);
    ofTheFold.removeAll(others);
    assertFalse(ofTheFold.isEmpty());
    assertFalse(others.isEmpty());
    assertTrue(validated("deep-fold2").containsAll(ofTheFold), ofTheFold::toString);
    assertEquals(all, looked());
  }

  @Test
  void aReportMadeLaterRanksTheSameNetworks() {
    new ReportJob(place.context())
        .run(new ReportCommand(List.of(place.at("folded")), Optional.empty()));

    List<String> ranked =
        place.out().lines().filter(line -> line.matches(" *(-|\\d+)  (deep|wide).*")).toList();
    assertTrue(ranked.size() >= 4, "ranked twice by now");
    assertTrue(ranked.stream().noneMatch(line -> line.contains("fold")), ranked::toString);
  }

  @Test
  void aModelThatHasSeenThePhotosIsNotCrossValidated() {
    new RunJob(place.context()).run(place.run("plain", Workplace.tinySettings()));

    String refused =
        place.refusal(
            Workplace.settings(Map.of("train.folds", "3")),
            Optional.of(place.at("plain/models/deep/last.zip")));

    assertTrue(refused.contains("cross-validation is of new networks"), refused);
  }
}
