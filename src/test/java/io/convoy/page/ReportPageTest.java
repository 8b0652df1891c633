package io.convoy.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.convoy.evaluate.HardExamples.Example;
import io.convoy.evaluate.Predictions;
import io.convoy.page.ArchitecturePage.Heat;
import io.convoy.page.ArchitecturePage.Picture;
import io.convoy.page.ArchitecturePage.Shown;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReportPageTest {
  private static final Pattern SCRIPT = Pattern.compile("<script>(.*?)</script>", Pattern.DOTALL);
  private static final Pattern ROW =
      Pattern.compile("<tbody class=\"entry\">.*?</tbody>", Pattern.DOTALL);
  private static final Pattern DATA =
      Pattern.compile("<script type=\"application/json\"[^>]*>(.*?)</script>", Pattern.DOTALL);

  private static String html(RunPage... runs) {
    return new ReportPage("1.2.3").html(List.of(runs));
  }

  /** The page without what is convoy's own: styles and scripts. */
  private static String shown(String html) {
    return html.replaceAll("(?s)<(style|script)\\b.*?</\\1>", "");
  }

  private static JsonNode data(String html) throws IOException {
    Matcher matcher = DATA.matcher(html);
    assertTrue(matcher.find());
    return new ObjectMapper().readTree(matcher.group(1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<img src=x onerror=alert(1)>",
        "\"><script>alert(1)</script>",
        "' onmouseover='alert(1)",
        "</script><svg/onload=alert(1)>",
        "</title><i>",
        "</style><i>",
      })
  void aHostileNameIsTextEverywhere(String name) throws IOException {
    String html = html(SampleRuns.named(name));
    String shown = shown(html);
    assertFalse(shown.contains(name), shown);
    assertFalse(shown.matches("(?s).*<(img src=x|i>|svg/).*"), shown);
    assertEquals(name, data(html).path("series").path(0).path("label").asText());
    assertEquals(2, SCRIPT.matcher(html).results().count());
  }

  @Test
  void aTemplatesTagInANameIsText() {
    assertTrue(shown(html(SampleRuns.named("{{{conf}}}{{version}}"))).contains("{{version}}"));
  }

  @Test
  void onlyTheTwoScriptsOfConvoyMayRun() {
    String html =
        html(SampleRuns.of("run", SampleRuns.architecture("a", SampleRuns.GOOD, SampleRuns.NONE)));
    Matcher policy = Pattern.compile("script-src ([^;]*);").matcher(html);
    assertTrue(policy.find());
    List<String> hashes =
        SCRIPT.matcher(html).results().map(script -> Assets.hash(script.group(1))).toList();
    assertEquals(String.join(" ", hashes), policy.group(1));
    assertTrue(html.contains("default-src 'none'"));
  }

  @Test
  void nothingIsFetchedFromElsewhere() {
    String shown =
        shown(
            html(
                SampleRuns.of(
                    "run", SampleRuns.architecture("a", SampleRuns.GOOD, SampleRuns.NONE))));
    assertFalse(shown.matches("(?s).*\\b(src|href)=\"(?!#|data:).*"), shown);
    assertFalse(Assets.text("page.css").contains("url("));
  }

  @Test
  void theAdviceComesFirst() {
    String shown =
        shown(
            html(
                SampleRuns.of(
                    "run",
                    SampleRuns.architecture("diverged", SampleRuns.DIVERGED, SampleRuns.NONE),
                    SampleRuns.architecture("strong", SampleRuns.MANY, SampleRuns.MANY))));
    assertTrue(shown.contains("strong is the best of 2 on 100 test photos: accuracy 0.940"), shown);
    assertTrue(
        shown.indexOf("<option value=\"1\">strong")
            < shown.indexOf("<option value=\"0\">diverged"));
  }

  @Test
  void ofOneNetworkAloneNothingIsRankedOrPlottedAgainstOthers() {
    RunPage alone =
        SampleRuns.of("run", SampleRuns.architecture("one", SampleRuns.MANY, SampleRuns.MANY));
    String shown = shown(html(alone));
    assertTrue(shown.contains("<h2>Figures</h2>"), shown);
    assertFalse(shown.contains("ranked") || shown.contains("Accuracy against"), shown);
    assertFalse(shown.contains("#cost"), shown);
  }

  @Test
  void theVerdictsSayWhichNetworksAreWorthTheirCost() {
    String shown =
        shown(
            html(
                SampleRuns.of(
                    "run",
                    SampleRuns.architecture("one", SampleRuns.MANY, SampleRuns.MANY),
                    SampleRuns.architecture("other", SampleRuns.MANY, SampleRuns.MANY),
                    SampleRuns.architecture("stuck", SampleRuns.CONSTANT, SampleRuns.CONSTANT))));
    assertTrue(shown.contains("<dt>Lowest error on validation</dt><dd><bdi>one</bdi>"), shown);
    assertTrue(shown.contains("<dt>Cannot be told apart from it</dt><dd><bdi>other</bdi>"), shown);
    assertTrue(
        shown.contains("<dt>Pareto set by inference time</dt><dd><bdi>one, other</bdi>"), shown);
    assertTrue(
        shown.contains("<dt>No better than a constant, or not measured</dt><dd><bdi>stuck</bdi>"),
        shown);
  }

  @Test
  void aNetworkNoBetterThanAConstantHasARemarkAndNoRankThoughItsErrorIsTheLowest() {
    String shown =
        shown(
            html(
                SampleRuns.of(
                    "run",
                    SampleRuns.architecture("stuck", SampleRuns.CONSTANT, SampleRuns.CONSTANT),
                    SampleRuns.architecture("weak", SampleRuns.WEAK, SampleRuns.WEAK))));
    Matcher rows = ROW.matcher(shown);
    assertTrue(rows.find());
    assertTrue(rows.group().contains("rank\" data-key=\"1\">1<"), rows.group());
    assertTrue(rows.group().contains(">weak<"), rows.group());
    assertTrue(rows.find());
    assertTrue(rows.group().contains("rank\" data-key=\"2\"><"), rows.group());
    assertTrue(rows.group().contains("no better than a constant answer"), rows.group());
    assertFalse(rows.group().contains("number best"), rows.group());
  }

  @Test
  void whereNoNetworkLearnedThePageSaysThatNoneIsToBeUsed() {
    String shown =
        shown(
            html(
                SampleRuns.of(
                    "run",
                    SampleRuns.architecture("a", SampleRuns.CONSTANT, SampleRuns.CONSTANT),
                    SampleRuns.architecture("b", SampleRuns.CONSTANT, SampleRuns.CONSTANT))));
    assertTrue(shown.contains("None of the 2 networks is better than a constant answer"), shown);
    assertFalse(shown.contains("Lowest error on validation"), shown);
    assertFalse(shown.contains("number best"), shown);
  }

  @Test
  void figuresStandAboveTheirIntervals() {
    String shown =
        shown(
            html(
                SampleRuns.of(
                    "run", SampleRuns.architecture("a", SampleRuns.MANY, SampleRuns.NONE))));
    assertTrue(
        shown.contains("data-key=\"0.94\">0.940<span class=\"under\">0.875\u20130.972</span>"),
        shown);
  }

  @Test
  void aRowHasTheLayersAndTheRecipeOfItsNetwork() {
    String shown =
        shown(
            html(
                SampleRuns.of(
                    "run", SampleRuns.architecture("a", SampleRuns.GOOD, SampleRuns.NONE))));
    assertTrue(shown.contains("<li><bdi>dense, 1,024 units, relu</bdi></li>"), shown);
    assertTrue(shown.contains("<dt>Loss</dt><dd><bdi>mean squared error</bdi></dd>"), shown);
    assertTrue(shown.contains("<dt>Optimizer</dt><dd><bdi>SGD</bdi></dd>"), shown);
    assertTrue(shown.contains("<dt>Parameters</dt><dd>1,234,567</dd>"), shown);
    assertTrue(shown.contains(">1.23\u00a0M</td>"), shown);
  }

  @Test
  void runsOfOtherPhotosAreRankedApartUnderABannerThatSaysWhatDiffers() throws IOException {
    ArchitecturePage network = SampleRuns.architecture("a", SampleRuns.MANY, SampleRuns.NONE);
    String html =
        html(
            SampleRuns.measuredOn("first", "/photos", 1, network),
            SampleRuns.measuredOn("second", "/flowers", 2, network));
    String shown = shown(html);
    assertEquals(2, shown.split("<table class=\"ranking\">", -1).length - 1, shown);
    assertTrue(shown.contains("their figures cannot be compared"), shown);
    assertTrue(
        shown.contains(
            "<td class=\"words\"><bdi>Folder of the photos</bdi></td>"
                + "<td class=\"words\"><bdi>/photos</bdi></td>"
                + "<td class=\"words\"><bdi>/flowers</bdi></td>"),
        shown);
    assertFalse(shown.contains("<bdi>Photos to train</bdi>"), "they are equal");
    assertFalse(shown.contains("best of 2"), shown);
    assertEquals(0, data(html).path("series").path(0).path("group").asInt());
    assertEquals(1, data(html).path("series").path(1).path("group").asInt());
  }

  @Test
  void runsOfTheSamePhotosShareARankingWhereverTheyLie() {
    ArchitecturePage network = SampleRuns.architecture("a", SampleRuns.MANY, SampleRuns.NONE);
    String shown =
        shown(
            html(
                SampleRuns.measuredOn("first", "/photos", 1, network),
                SampleRuns.measuredOn("second", "/moved", 1, network)));
    assertEquals(1, shown.split("<table class=\"ranking\">", -1).length - 1, shown);
    assertFalse(shown.contains("their figures cannot be compared"), shown);
  }

  @Test
  void onlyTheSettingsThatDifferAreListed() {
    ArchitecturePage network = SampleRuns.architecture("a", SampleRuns.MANY, SampleRuns.NONE);
    String shown =
        shown(
            html(
                SampleRuns.withConf("first", "train { seed = 1, workers = 2 }", network),
                SampleRuns.withConf("second", "train { seed = 7, workers = 2 }", network)));
    assertTrue(
        shown.contains(
            "<td class=\"words path\"><bdi>train.seed</bdi></td>"
                + "<td class=\"words path\"><bdi>1</bdi></td>"
                + "<td class=\"words path\"><bdi>7</bdi></td>"),
        shown);
    assertFalse(shown.contains("<bdi>train.workers</bdi>"), shown);
  }

  @Test
  void anArchitectureOfOneRunAloneIsOneRowOfTheDifference() {
    ArchitecturePage network = SampleRuns.architecture("a", SampleRuns.MANY, SampleRuns.NONE);
    String shown =
        shown(
            html(
                SampleRuns.withConf("first", "architectures { a { batch = 1 } }", network),
                SampleRuns.withConf(
                    "second", "architectures { a { batch = 1 }, b { batch = 2 } }", network)));
    assertTrue(shown.contains("<bdi>architectures.b</bdi>"), shown);
    assertFalse(shown.contains("<bdi>architectures.b.batch</bdi>"), shown);
  }

  @Test
  void aFigureThatIsNotDefinedIsADash() throws IOException {
    String html =
        html(
            SampleRuns.of(
                "run", SampleRuns.architecture("a", SampleRuns.DIVERGED, SampleRuns.NONE)));
    assertTrue(shown(html).contains("data-key=\"\">\u2013</td>"));
    JsonNode series = data(html).path("series").path(0);
    assertTrue(series.path("price").path("accuracy").isNull());
    assertTrue(series.path("epochs").path(1).path("trainLoss").isNull());
    assertEquals(
        0, series.path("splits").path("validation").path("curves").path("1").path("roc").size());
  }

  @Test
  void withoutAnySplitToMeasureOnThePageSaysSo() {
    assertTrue(
        shown(
                html(
                    SampleRuns.of(
                        "run", SampleRuns.architecture("a", SampleRuns.NONE, SampleRuns.NONE))))
            .contains("There are no validation or test photos"));
  }

  @Test
  void aTestSplitHasColumnsOnlyWhereItHasImages() {
    String without =
        html(SampleRuns.of("run", SampleRuns.architecture("a", SampleRuns.GOOD, SampleRuns.NONE)));
    String with =
        html(SampleRuns.of("run", SampleRuns.architecture("a", SampleRuns.GOOD, SampleRuns.GOOD)));
    assertFalse(without.contains(">Test accuracy</th>"));
    assertTrue(with.contains(">Test accuracy</th>"));
  }

  @Test
  void anArchitectureHasOneColourInAllRuns() throws IOException {
    String html =
        html(
            SampleRuns.of(
                "first",
                SampleRuns.architecture("a", SampleRuns.GOOD, SampleRuns.NONE),
                SampleRuns.architecture("b", SampleRuns.GOOD, SampleRuns.NONE)),
            SampleRuns.of(
                "second", SampleRuns.architecture("b", SampleRuns.GOOD, SampleRuns.NONE)));
    JsonNode series = data(html).path("series");
    assertEquals("first / b", series.path(1).path("label").asText());
    assertEquals("second / b", series.path(2).path("label").asText());
    assertEquals(series.path(1).path("colour"), series.path(2).path("colour"));
    assertFalse(series.path(1).path("stroke").equals(series.path(2).path("stroke")));
  }

  @Test
  void anArchitectureInTrainingHasItsCurveAndNoRank() throws IOException {
    String html =
        html(
            SampleRuns.of(
                "run",
                SampleRuns.inTraining("later"),
                SampleRuns.architecture("done", SampleRuns.GOOD, SampleRuns.NONE)));
    assertEquals(
        0.3, data(html).path("series").path(0).path("epochs").path(0).path("trainLoss").asDouble());
    String shown = shown(html);
    assertTrue(shown.indexOf(">done<") < shown.indexOf(">later<"), shown);
  }

  @Test
  void aPhotoThatIsGoneIsAPlaceholder() {
    Shown gone = new Shown(new Example("cats/1.jpg", 0, 0.55), Picture.missing("no longer there"));
    String shown =
        shown(
            html(
                SampleRuns.of(
                    "run", SampleRuns.architecture("a", SampleRuns.GOOD, SampleRuns.NONE, gone))));
    assertTrue(shown.contains("<div class=\"gone\">no longer there</div>"), shown);
  }

  @Test
  void aPhotoIsInThePageItself() {
    Shown photo = new Shown(new Example("cats/1.jpg", 0, 0.55), Picture.of(new byte[] {1, 2, 3}));
    String shown =
        shown(
            html(
                SampleRuns.of(
                    "run", SampleRuns.architecture("a", SampleRuns.GOOD, SampleRuns.NONE, photo))));
    assertTrue(shown.contains("<img src=\"data:image/jpeg;base64,AQID\""), shown);
  }

  private static String shownWith(Optional<Heat> heat) {
    Shown photo =
        new Shown(new Example("cats/1.jpg", 0, 0.55), Picture.of(new byte[] {1, 2, 3}), heat);
    return shown(
        html(
            SampleRuns.of(
                "run", SampleRuns.architecture("a", SampleRuns.GOOD, SampleRuns.NONE, photo))));
  }

  @Test
  void whereTheNetworkLooksLiesOverThePhotoAndCanBeSwitchedOn() {
    String shown = shownWith(Optional.of(new Heat(Optional.of(new byte[] {4, 5, 6}))));
    assertTrue(
        shown.contains("<img class=\"heat\" src=\"data:image/png;base64,BAUG\" alt=\"\">"), shown);
    assertTrue(shown.contains("<label for=\"heat-0\">Where the network looks</label>"), shown);
  }

  @Test
  void aPhotoInWhichNothingSpeaksForItsClassSaysSo() {
    String shown = shownWith(Optional.of(new Heat(Optional.empty())));
    assertTrue(shown.contains("<span class=\"heat\">no place speaks for it</span>"), shown);
    assertTrue(shown.contains("Where the network looks"), shown);
  }

  @Test
  void aNetworkWithoutFeatureMapsHasNothingToSwitchOn() {
    String shown = shownWith(Optional.empty());
    assertFalse(shown.contains("class=\"heat\""), shown);
    assertFalse(shown.contains("Where the network looks"), shown);
  }

  private static String ofClasses(int classes, int photos, String... architectures) {
    return html(
        SampleRuns.ofClasses(
            classes,
            Stream.of(architectures)
                .map(
                    name ->
                        SampleRuns.ofPairs(
                            name,
                            SampleRuns.ofClasses(classes, photos, name.hashCode()),
                            new byte[] {1, 2, 3},
                            new byte[] {4, 5, 6}))
                .toArray(ArchitecturePage[]::new)));
  }

  @Test
  void theOutputOfTwoClassesIsASigmoidAndOfMoreASoftmax() {
    ArchitecturePage two = SampleRuns.architecture("a", SampleRuns.GOOD, SampleRuns.NONE);
    assertTrue(shown(html(SampleRuns.of("run", two))).contains("output: 1 unit, sigmoid"));
    assertTrue(shown(ofClasses(5, 50, "a")).contains("output: 5 units, softmax"));
  }

  @Test
  void ofManyClassesTheTestSplitHasTheColumnsThatDecide() {
    Predictions predictions = SampleRuns.ofClasses(7, 70, 1);
    String shown =
        shown(
            html(SampleRuns.ofClasses(7, SampleRuns.architecture("a", predictions, predictions))));
    assertTrue(shown.contains(">Test accuracy</th>") && shown.contains(">Test Brier</th>"), shown);
    assertFalse(shown.contains(">Test AUC</th>"), shown);
    assertTrue(shown.contains("<dt>Test AUC</dt>"), shown);
  }

  @Test
  void networksOfManyClassesAreRankedByTheFiguresThatAreDefinedForThem() {
    String shown = shown(ofClasses(7, 70, "a", "b"));
    assertEquals(
        List.of(
            "#",
            "Architecture",
            "Accuracy",
            "Top-5",
            "Macro F1",
            "AUC",
            "Brier",
            "Calibration",
            "Parameters",
            "Model",
            "Training",
            "Inference"),
        Pattern.compile("data-first=\"[a-z]*\">([^<]*)<")
            .matcher(shown)
            .results()
            .map(heading -> heading.group(1))
            .toList());
    assertFalse(shown.contains("positive class") || shown.contains("threshold 0.5"), shown);
  }

  @Test
  void theMapOfFiveClassesHasEachInAnOrderAndAllItsCells() throws IOException {
    JsonNode split =
        data(ofClasses(5, 100, "a")).path("series").path(0).path("splits").path("validation");
    JsonNode heat = split.path("heat");
    assertEquals(5, heat.path("order").size());
    long images = 0;
    for (JsonNode cell : heat.path("cells")) {
      images += cell.path(2).asLong();
    }
    assertEquals(100, images);
    assertEquals(5, split.path("perClass").size());
    assertEquals(20, split.path("perClass").path(0).path(0).asInt());
    assertEquals(5, split.path("curves").size());
  }

  @Test
  void thePairsThatAreConfusedMostOftenAreNamed() {
    String shown = shown(html(confused()));
    assertTrue(
        shown.contains(
            "<td class=\"words\"><bdi>class-001</bdi></td>"
                + "<td class=\"words\"><bdi>class-002</bdi></td>"
                + "<td class=\"number\"><bdi>2</bdi></td>"
                + "<td class=\"number\"><bdi>66.7\u00a0%</bdi></td>"),
        shown);
    assertTrue(shown.contains("2 of 5 photos are called another class than theirs."), shown);
  }

  @Test
  void mistakesOfManyClassesAreGroupedByPair() {
    String shown = shown(html(confused()));
    assertTrue(shown.contains("<h3><bdi>class-001 \u2192 class-002</bdi></h3>"), shown);
    assertTrue(shown.contains("P(<bdi>class-002</bdi>) = <b>0.900</b>"), shown);
    assertTrue(shown.contains("true class: <bdi>class-001</bdi>"), shown);
  }

  /** Of three photos of one class two are called another. */
  private static RunPage confused() {
    float[] probabilities = {
      1, 0, 0, //
      0, 1, 0, //
      0, 0, 1, //
      0, 0, 1, //
      0, 0, 1,
    };
    return SampleRuns.ofClasses(
        3,
        SampleRuns.ofPairs(
            "a",
            new Predictions(3, probabilities, new int[] {0, 1, 1, 1, 2}),
            new byte[] {1},
            new byte[] {2}));
  }

  @Test
  void ofAThousandClassesTheMapShowsTheHundredWithTheMostMistakesAndSaysSo() throws IOException {
    String html = ofClasses(1000, 3000, "a");
    assertTrue(shown(html).contains("shows the 100 of 1,000 classes with the most mistakes"));
    JsonNode split = data(html).path("series").path(0).path("splits").path("validation");
    assertEquals(100, split.path("heat").path("order").size());
    assertEquals(100, split.path("curves").size());
    assertEquals(1000, split.path("perClass").size());
  }

  @Test
  void aPageOfAHundredClassesAndFiveNetworksHasAtMostFiveMegabytes() {
    Random random = new Random(1);
    byte[] thumbnail = new byte[3 * 5_000];
    random.nextBytes(thumbnail);
    byte[] heat = new byte[3 * 2_000];
    random.nextBytes(heat);
    String html =
        html(
            SampleRuns.ofClasses(
                100,
                IntStream.range(0, 5)
                    .mapToObj(
                        i ->
                            SampleRuns.ofPairs(
                                "network-" + i,
                                SampleRuns.ofClasses(100, 5_000, i),
                                thumbnail,
                                heat))
                    .toArray(ArchitecturePage[]::new)));
    int bytes = html.getBytes(StandardCharsets.UTF_8).length;
    assertTrue(bytes <= 5_000_000, bytes + " bytes");
  }
}
