package io.convoy.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.page.RunPage.Experiments;
import io.convoy.page.TrialAxis.Tick;
import io.convoy.report.TrialRow;
import io.convoy.search.SuccessiveHalving.State;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The part of the page that shows a search's trials. */
class TrialsViewTest {
  private static TrialRow trial(int number, int rung, State state, Double auc, String... drawn) {
    TreeMap<String, String> settings = new TreeMap<>();
    for (int i = 0; i < drawn.length; i += 2) {
      settings.put(drawn[i], drawn[i + 1]);
    }
    return new TrialRow(
        number,
        "net-" + number,
        "net",
        settings,
        rung,
        state,
        state == State.FAILED ? "the loss is no number" : null,
        1 + rung,
        1,
        "auc",
        auc,
        0.5,
        0.2,
        0.7,
        auc,
        1.5,
        100,
        3);
  }

  private static final List<TrialRow> ROWS =
      List.of(
          trial(1, 0, State.STOPPED, 0.6, "rate", "1e-4"),
          trial(2, 0, State.PROMOTED, 0.8, "rate", "1e-3"),
          trial(3, 0, State.FAILED, null, "rate", "1e-1"),
          trial(2, 1, State.FINISHED, 0.9, "rate", "1e-3"));

  private static RunPage searched(List<TrialRow> rows) {
    return SampleRuns.of(
        "run",
        new Experiments(rows, List.of()),
        SampleRuns.architecture("net-2", SampleRuns.MANY, SampleRuns.MANY));
  }

  private static String html(List<TrialRow> rows) {
    return new ReportPage("1.2.3").html(List.of(searched(rows)));
  }

  private static long count(String html, String pattern) {
    return Pattern.compile(pattern).matcher(html).results().count();
  }

  @Test
  void thePageSaysHowManyWereTriedAndThatOnlyTheBestSawTheTest() {
    String html = html(ROWS);
    assertTrue(
        html.contains(
            "run has the best 1 of 3 trials of a search, chosen by the validation AUC. The test photos"
                + " were predicted by these alone."));
    assertTrue(
        html.contains(
            "3 trials were tried, of which 1 failed; the best 1, trained in full, are compared"));
  }

  @Test
  void eachTrialThatCameToSomethingIsOneLineAndAPointForEachSetting() {
    String html = html(ROWS);
    assertEquals(1, count(html, "<polyline class=\"first\""));
    assertEquals(1, count(html, "<polyline class=\"best\""));
    assertEquals(2, count(html, "<circle "));
    assertTrue(html.contains("net-2: validation AUC 0.9000 after 2 epochs; rate &#x3D; 1e-3"));
  }

  @Test
  void aRunThatComesFromNoSearchHasNoTrials() {
    String html = html(List.of());
    assertFalse(html.contains("id=\"trials\""));
    assertFalse(html.contains("of a search"));
  }

  @Test
  void aHostileValueIsText() {
    String html =
        html(
            List.of(trial(1, 0, State.STOPPED, 0.6, "<i>", "\"</svg><script>alert(1)</script>\"")));
    assertFalse(html.contains("<script>alert"));
    assertFalse(html.contains("<i>"));
  }

  @Test
  void twoHundredTrialsOfSixSettingsAddLessThanHalfAMegabyte() {
    List<TrialRow> rows = new ArrayList<>();
    IntStream.rangeClosed(1, 200)
        .forEach(
            i ->
                rows.add(
                    trial(
                        i,
                        0,
                        State.STOPPED,
                        1.0 / i,
                        "a",
                        "" + i,
                        "b",
                        "" + i,
                        "c",
                        "x" + i % 3,
                        "d",
                        "true",
                        "e",
                        "" + i,
                        "f",
                        "" + i)));
    assertTrue(html(rows).length() - html(List.of()).length() < 512 * 1024);
  }

  @Test
  void numbersOverOrdersOfMagnitudeLieOnALogarithmicAxis() {
    TrialAxis axis = TrialAxis.ofNumbers("rate", List.of(1e-5, 1e-3, 1e-4));
    assertEquals(
        List.of(new Tick(0, "1e-5"), new Tick(0.5, "1e-4"), new Tick(1, "0.001")), axis.ticks());
    assertEquals(0.5, axis.shares().get(2).orElseThrow(), 1e-12);
  }

  @Test
  void numbersCloseToOneAnotherLieOnALinearAxis() {
    TrialAxis axis = TrialAxis.ofNumbers("width", Arrays.asList(8.0, null, 16.0));
    assertEquals(List.of(new Tick(0, "8"), new Tick(0.5, "12"), new Tick(1, "16")), axis.ticks());
    assertEquals(Optional.empty(), axis.shares().get(1));
  }

  @Test
  void wordsLieSideBySideInTheirOrder() {
    List<TrialRow> trials =
        List.of(
            trial(1, 0, State.STOPPED, 0.5, "s", "step"),
            trial(2, 0, State.STOPPED, 0.5, "s", "cosine"),
            trial(3, 0, State.STOPPED, 0.5));
    TrialAxis axis = TrialAxis.of("s", trials, trial -> trial.drawn().get("s"));
    assertEquals(List.of(new Tick(0, "cosine"), new Tick(1, "step")), axis.ticks());
    assertEquals(
        List.of(Optional.of(1.0), Optional.of(0.0), Optional.<Double>empty()), axis.shares());
  }

  @Test
  void aSettingThatIsTheSameForAllLiesInTheMiddle() {
    TrialAxis axis = TrialAxis.ofNumbers("n", List.of(3.0, 3.0));
    assertEquals(List.of(new Tick(0.5, "3")), axis.ticks());
    assertEquals(Map.of(0.5, 2), Map.of(axis.shares().get(0).orElseThrow(), axis.shares().size()));
  }
}
