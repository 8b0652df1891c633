package io.convoy.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.convoy.evaluate.HardExamples.Example;
import io.convoy.page.ArchitecturePage.Picture;
import io.convoy.page.ArchitecturePage.Shown;
import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
    assertEquals(0, series.path("splits").path("validation").path("roc").size());
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
}
