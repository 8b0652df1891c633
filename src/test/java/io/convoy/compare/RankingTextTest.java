package io.convoy.compare;

import static io.convoy.compare.Candidates.CLASSES;
import static io.convoy.compare.Candidates.NONE;
import static io.convoy.compare.Candidates.constant;
import static io.convoy.compare.Candidates.wrongOn;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RankingTextTest {
  private static final int TERMINAL = 120;

  private static List<String> lines(Candidate... candidates) {
    return new RankingText(new Comparison(List.of(candidates)), CLASSES).text().lines().toList();
  }

  @Test
  void architectureAndAccuracyComeFirstAndTestOnlyWhereThereIsOne() {
    List<String> lines =
        lines(
            Candidates.of("large", 12_345_678, 90, 0.0123, wrongOn(200, 1000), NONE),
            Candidates.of("small", 1_234, 6, null, wrongOn(300, 1000), NONE));
    assertEquals(
        "rank  architecture  val_acc  val_auc  val_mse  parameters  epochs  minutes  ms/photo",
        lines.get(0));
    assertEquals(
        "   1  large           0.800    0.800   0.1600  12,345,678       5      7.5     12.30",
        lines.get(2));
    assertEquals(
        "   2  small           0.700    0.700   0.2200       1,234       5      0.5         -",
        lines.get(3));
  }

  @Test
  void theTableOfBothSplitsFitsATerminal() {
    String header =
        lines(Candidates.of("conv64-128", 42_151_297, wrongOn(20, 100), wrongOn(20, 100))).get(0);
    assertTrue(
        header.startsWith("rank  architecture  val_acc  test_acc  val_auc  test_auc"), header);
    assertTrue(header.length() <= TERMINAL, header.length() + " characters");
  }

  private static List<String> ofClasses(int classes, Candidate... candidates) {
    List<String> names = IntStream.range(0, classes).mapToObj(i -> "class" + i).toList();
    return new RankingText(new Comparison(List.of(candidates)), names).text().lines().toList();
  }

  @Test
  void ofManyClassesTheMetricsThatManyHaveAreShown() {
    List<String> lines =
        ofClasses(7, Candidates.of("a", 1000, wrongOn(140, 700, 7), wrongOn(210, 700, 7)));
    assertTrue(
        lines
            .get(0)
            .startsWith(
                "rank  architecture  val_acc  test_acc  val_top5  val_f1  val_auc  val_brier  "),
        lines.get(0));
    assertTrue(lines.get(2).startsWith("   1  a               0.800     0.700"), lines.get(2));
    assertTrue(lines.get(0).length() <= TERMINAL, lines.get(0).length() + " characters");
  }

  @Test
  void ofThreeClassesThereIsNoTopFive() {
    assertTrue(
        ofClasses(3, Candidates.of("a", 1000, wrongOn(60, 300, 3)))
            .get(0)
            .startsWith("rank  architecture  val_acc  val_f1  val_auc  val_brier  "));
  }

  @Test
  void aNetworkNoBetterThanAConstantHasNoRankAndALineThatSaysWhy() {
    List<String> lines =
        lines(
            Candidates.of("large", 1000, wrongOn(200, 1000)),
            Candidates.of("flat", 100, constant(0.5f, 1000)));
    assertTrue(lines.get(3).startsWith("   -  flat"), lines.get(3));
    assertEquals("flat: no better than a constant answer: it calls every photo dog.", lines.get(5));
  }

  @Test
  void theNetworksThatAreWorthTheirSizeAndTheAdviceEndIt() {
    List<String> lines =
        lines(
            Candidates.of("large", 1000, wrongOn(200, 1000)),
            Candidates.of("small", 100, wrongOn(300, 1000)));
    assertEquals("No other is as accurate and smaller (Pareto): small, large.", lines.get(5));
    assertEquals("All 2 can be told apart on 1,000 validation photos.", lines.get(6));
    assertTrue(lines.get(7).startsWith("large is the best of 2 on 1,000 validation photos"));
    assertEquals(8, lines.size());
  }
}
