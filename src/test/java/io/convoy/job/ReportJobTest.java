package io.convoy.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.cli.ReportCommand;
import io.convoy.failure.UserException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages of one tiny run, and of copies of it that lack something. */
class ReportJobTest {
  @TempDir static Path folder;
  private static Workplace made;
  private Workplace place;

  @BeforeAll
  static void runOnce() {
    made = new Workplace(folder).withPhotos().withBadPhoto("photos/cats/cat.bad.jpg");
    new RunJob(made.context())
        .run(made.run("run", Workplace.settings(Map.of("images.max-rejected", "0.5"))));
  }

  @BeforeEach
  void enter() {
    place = new Workplace(folder);
  }

  private static ReportCommand report(Path... runs) {
    return new ReportCommand(Stream.of(runs).map(Path::toString).toList(), Optional.empty());
  }

  /** A copy of the run without its page. */
  private static Path copy(String name) throws IOException {
    Path run = folder.resolve("run");
    Path copy = folder.resolve(name);
    try (Stream<Path> files = Files.walk(run)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(file, copy.resolve(run.relativize(file).toString()));
      }
    }
    Files.delete(copy.resolve("report/index.html"));
    return copy;
  }

  private static void replaceInFile(Path file, String from, String to) throws IOException {
    String text = Files.readString(file);
    assertTrue(text.contains(from), text);
    Files.writeString(file, text.replace(from, to));
  }

  private String pageOf(Path run) {
    new ReportJob(place.context()).run(report(run));
    try {
      return Files.readString(run.resolve("report/index.html"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void assertRefused(ReportCommand command, String part) {
    ReportJob job = new ReportJob(place.contextWithoutSpark());
    String message = assertThrows(UserException.class, () -> job.run(command)).getMessage();
    assertTrue(message.contains(part), message);
    assertEquals(1, message.lines().count(), message);
  }

  @Test
  void aRunEndsWithItsPage() throws IOException {
    String html = Files.readString(folder.resolve("run/report/index.html"));
    assertTrue(made.out().contains("Report: "), made.out());
    assertTrue(html.contains(">wide<") && html.contains(">deep<"));
    assertTrue(html.contains("data:image/jpeg;base64,"));
    assertTrue(html.contains("2 kernels of 3 \u00d7 3"));
    assertTrue(html.contains("cats/cat.bad.jpg"));
    assertTrue(html.contains("40 photos of"));
    assertTrue(html.contains("--images"));
    assertFalse(html.contains("class=\"gone\""));
  }

  /** Of the convolution; the other network is an MLP. */
  @Test
  void thePageShowsWhereANetworkWithFeatureMapsLooks() throws IOException {
    String html = Files.readString(folder.resolve("run/report/index.html"));
    assertEquals(2, html.split("Where the network looks", -1).length, html);
    assertTrue(html.contains("class=\"heat\""));
    assertFalse(made.err().contains("is not shown"), made.err());
    Path again = copy("looked");
    new ReportJob(place.contextWithoutSpark()).run(report(again));
    assertEquals(heat(html), heat(Files.readString(again.resolve("report/index.html"))));
  }

  private static List<String> heat(String html) {
    return Pattern.compile("class=\"heat\"[^>]*>")
        .matcher(html)
        .results()
        .map(MatchResult::group)
        .toList();
  }

  @Test
  void withoutAModelThePageHasThePhotosAlone() throws IOException {
    Path run = copy("unseen");
    Files.delete(run.resolve("models/deep/best.zip"));
    assertEquals(List.of(), heat(pageOf(run)));
  }

  @Test
  void aModelThatCannotBeReadIsToldAndThePageHasThePhotosAlone() throws IOException {
    Path run = copy("unread");
    Files.writeString(run.resolve("models/deep/best.zip"), "no model");
    String html = pageOf(run);
    assertEquals(List.of(), heat(html));
    assertTrue(html.contains("data:image/jpeg;base64,"));
    assertTrue(place.err().contains("where deep looks is not shown"), place.err());
    assertFalse(place.err().contains("Exception"), place.err());
  }

  @Test
  void thePageIsMadeAgain() throws IOException {
    Path run = copy("again");
    assertTrue(pageOf(run).contains("data:image/jpeg;base64,"));
    assertTrue(pageOf(run).contains("data:image/jpeg;base64,"));
  }

  @Test
  void theRankingIsPrintedAgainAsTrainingPrintedIt() throws IOException {
    String ranking =
        made.out().substring(made.out().indexOf("rank  "), made.out().indexOf("Tables: "));
    assertTrue(ranking.contains("  ms/photo\n"), ranking);
    pageOf(copy("ranked"));
    assertTrue(place.out().startsWith(ranking), place.out());
  }

  private String printedOf(Path... runs) {
    new ReportJob(place.context())
        .run(
            new ReportCommand(
                Stream.of(runs).map(Path::toString).toList(),
                Optional.of(folder.resolve("page of " + runs[1].getFileName()).toString())));
    return place.out();
  }

  private static long rankings(String printed) {
    return printed.lines().filter(line -> line.startsWith("rank  ")).count();
  }

  @Test
  void runsOfTheSamePhotosAreRankedTogether() throws IOException {
    String printed = printedOf(folder.resolve("run"), copy("twin"));
    assertEquals(1, rankings(printed), printed);
    assertTrue(printed.contains("  run / wide  ") && printed.contains("  twin / wide  "), printed);
  }

  @Test
  void runsOfOtherPhotosAreRankedApartAndWhatDiffersIsSaid() throws IOException {
    Path other = copy("foreign");
    replaceInFile(other.resolve("provenance.json"), "/photos\"", "/elsewhere\"");
    replaceInFile(
        other.resolve("provenance.json"),
        "\"datasetContentHash\" : \"",
        "\"datasetContentHash\" : \"x");
    String printed = printedOf(folder.resolve("run"), other);
    assertEquals(2, rankings(printed), printed);
    assertTrue(printed.contains("ranked apart: run | foreign.\n"), printed);
    assertTrue(
        printed
            .lines()
            .anyMatch(line -> line.matches("  Folder of the photos: .*/photos \\| .*/elsewhere")),
        printed);
  }

  @Test
  void photosThatAreGoneArePlaceholders() throws IOException {
    Path run = copy("gone");
    replaceInFile(run.resolve("provenance.json"), "/photos\"", "/nowhere\"");
    String html = pageOf(run);
    assertTrue(html.contains("<div class=\"gone\">no longer there</div>"));
    assertFalse(html.contains("data:image/jpeg"));
  }

  @Test
  void withoutTheDataSetSparkIsNotStartedAndTheSurveyIsLeftOut() throws IOException {
    Path run = copy("unprepared");
    replaceInFile(run.resolve("provenance.json"), "/datasets/", "/no-datasets/");
    new ReportJob(place.contextWithoutSpark()).run(report(run));
    String html = Files.readString(run.resolve("report/index.html"));
    assertTrue(html.contains("is no longer there, so the shapes of its photos are not shown"));
  }

  @Test
  void withoutItsProvenanceARunHasAPageWithoutPhotos() throws IOException {
    Path run = copy("unproven");
    Files.delete(run.resolve("provenance.json"));
    String html = pageOf(run);
    assertTrue(html.contains("its folder is not known"));
    assertTrue(html.contains("The run has no provenance.json"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "null", "{}", "{\"images\": null}", "{\"images\": [[[[", "[{\"seed\": 1}]"})
  void damagedProvenanceIsRefused(String text) throws IOException {
    Path run = copy("forged-" + text.hashCode());
    Files.writeString(run.resolve("provenance.json"), text);
    assertRefused(
        report(run), "provenance.json is damaged; put it back as the run wrote it, or delete it");
  }

  /** Of the settings of a run none is the default's. */
  @ParameterizedTest
  @ValueSource(strings = {"", "images { height = 12 }", "images {", "images = ${x}", "{}"})
  void settingsOfARunThatAreCutShortAreRefused(String text) throws IOException {
    Path run = copy("cut-" + text.hashCode());
    Files.writeString(run.resolve("run.conf"), text);
    assertRefused(report(run), "run.conf");
    assertRefused(report(run), ": put the file back as the run wrote it.");
  }

  @Test
  void aFolderInThePlaceOfTheSettingsIsRefused() throws IOException {
    Path run = copy("heaped");
    Files.delete(run.resolve("run.conf"));
    Files.createDirectory(run.resolve("run.conf"));
    assertRefused(report(run), "run.conf is a folder, where a file is wanted");
  }

  @Test
  void aModelThatIsDamagedIsARemark() throws IOException {
    Path run = copy("damaged");
    Files.writeString(run.resolve("models/deep/best.zip"), "no model");
    String html = pageOf(run);
    assertFalse(html.contains("2 kernels of"));
    assertTrue(place.err().contains("models/deep/best.zip"), place.err());
  }

  @Test
  void anUnfinishedRunShowsWhatIsThere() throws IOException {
    Path run = copy("unfinished");
    for (String table : List.of("metrics", "thresholds", "predictions")) {
      Files.delete(run.resolve("tables/" + table + ".parquet/part-00000.snappy.parquet"));
    }
    Files.delete(run.resolve("tables/metrics.parquet/_SUCCESS"));
    String html = pageOf(run);
    assertTrue(html.contains("unfinished is not finished"));
    assertTrue(html.contains("No architecture is trained to its end yet."));
    assertTrue(place.err().contains("is not finished"), place.err());
  }

  @Test
  void severalRunsHaveOnePage() throws IOException {
    Path out = folder.resolve("both");
    ReportCommand command =
        new ReportCommand(
            List.of(folder.resolve("run").toString(), copy("other").toString()),
            Optional.of(out.toString()));
    new ReportJob(place.context()).run(command);
    String html = Files.readString(out.resolve("index.html"));
    assertTrue(html.contains("run / deep") && html.contains("other / deep"));
  }

  @Test
  void severalRunsWithoutAFolderAreRefused() throws IOException {
    assertRefused(report(folder.resolve("run"), copy("second")), "--out");
  }

  @Test
  void theSameRunTwiceIsRefused() {
    assertRefused(report(folder.resolve("run"), folder.resolve("run/")), "given twice");
  }

  @Test
  void aRunThatIsNotThereIsRefused() {
    assertRefused(report(folder.resolve("nowhere")), "there is no such run");
  }

  @Test
  void aFolderThatIsNoRunIsRefused() {
    assertRefused(report(folder.resolve("photos")), "is not a run of convoy's");
  }

  @Test
  void aRunThatHasTrainedNothingIsRefused() throws IOException {
    Path run = copy("begun");
    for (String table : List.of("metrics", "epochs")) {
      Files.delete(run.resolve("tables/" + table + ".parquet/part-00000.snappy.parquet"));
    }
    assertRefused(report(run), "has not finished an epoch yet");
  }

  @Test
  void aPageOfSomebodyElseIsNotOverwritten() throws IOException {
    Path out = Files.createDirectories(folder.resolve("site"));
    Files.writeString(out.resolve("index.html"), "<html>my home</html>");
    assertRefused(
        new ReportCommand(List.of(folder.resolve("run").toString()), Optional.of(out.toString())),
        "no report of convoy's");
  }

  @Test
  void aReportThatFailsLeavesTheRunFinished() throws IOException {
    Path run = copy("blocked");
    Files.delete(run.resolve("report"));
    Files.writeString(run.resolve("report"), "a file in the way");
    Context context = place.context();
    new ReportJob(context)
        .runAtEnd(new RunFiles(context.storage(run.toString())), Optional.empty());
    assertTrue(
        place
            .err()
            .matches(
                "(?s).*The run is finished, but its report could not be written: \\S+/report .*\\."
                    + " To try again: report --run \\S+\n"),
        place.err());
  }
}
