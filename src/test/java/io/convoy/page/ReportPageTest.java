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
  void theBestComesFirstAndItsAccuracyIsTold() {
    String shown =
        shown(
            html(
                SampleRuns.of(
                    "run",
                    SampleRuns.architecture("diverged", SampleRuns.DIVERGED, SampleRuns.NONE),
                    SampleRuns.architecture("good", SampleRuns.GOOD, SampleRuns.NONE))));
    assertTrue(
        shown.contains(
            "good has the lowest error of 2 architectures. Of 4 validation photos it calls"
                + " 75.0\u00a0% right."),
        shown);
    assertTrue(
        shown.indexOf("<option value=\"1\">good") < shown.indexOf("<option value=\"0\">diverged"));
  }

  @Test
  void aFigureThatIsNotDefinedIsADash() throws IOException {
    String html =
        html(
            SampleRuns.of(
                "run", SampleRuns.architecture("a", SampleRuns.DIVERGED, SampleRuns.NONE)));
    assertTrue(shown(html).contains("data-key=\"\">\u2013</td>"));
    JsonNode series = data(html).path("series").path(0);
    assertTrue(series.path("cost").path("accuracy").isNull());
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
            .contains("No architecture could be measured."));
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
