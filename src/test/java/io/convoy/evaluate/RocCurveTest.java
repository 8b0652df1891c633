package io.convoy.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.convoy.evaluate.RocCurve.Point;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class RocCurveTest {
  @Test
  void fourPairsStepThroughTheirProbabilities() {
    BinaryPredictions four =
        new BinaryPredictions(new float[] {0.25f, 0.875f, 0.5f, 0.75f}, new int[] {0, 1, 1, 0});
    assertEquals(
        List.of(
            new Point(null, 0, 0),
            new Point(0.875, 0, 0.5),
            new Point(0.75, 0.5, 0.5),
            new Point(0.5, 0.5, 1),
            new Point(0.25, 1, 1)),
        RocCurve.of(four).points());
  }

  @Test
  void tiedProbabilitiesAreOneStep() {
    assertEquals(
        List.of(new Point(null, 0, 0), new Point(0.5, 1, 1)),
        RocCurve.of(Samples.constant(0.5f, 8).oneVsRest(1)).points());
  }

  @Test
  void theAreaUnderItIsTheMetric() {
    for (Predictions predictions : List.of(Samples.twelve(), Samples.forty())) {
      List<Point> points = RocCurve.of(predictions.oneVsRest(1)).points();
      double area = 0;
      for (int i = 1; i < points.size(); i++) {
        Point from = points.get(i - 1);
        Point to = points.get(i);
        area +=
            (to.falsePositiveRate() - from.falsePositiveRate())
                * (to.truePositiveRate() + from.truePositiveRate())
                / 2;
      }
      assertEquals(SplitMetrics.of(predictions).auc(), area, 1e-12);
    }
  }

  @Test
  void theCornersOfACurveAreTheSameLine() {
    RocCurve whole =
        RocCurve.of(
            new BinaryPredictions(
                new float[] {0.9f, 0.8f, 0.7f, 0.6f, 0.5f, 0.4f}, new int[] {1, 1, 0, 0, 0, 1}));
    assertEquals(
        List.of("0.00 0.00", "0.00 0.67", "1.00 0.67", "1.00 1.00"),
        whole.corners().points().stream()
            .map(
                point ->
                    String.format(
                        Locale.ROOT,
                        "%.2f %.2f",
                        point.falsePositiveRate(),
                        point.truePositiveRate()))
            .toList());
  }

  @Test
  void noCurveHasNoCorners() {
    assertEquals(List.of(), RocCurve.of(Samples.diverged().oneVsRest(1)).corners().points());
  }

  @Test
  void aThinnedCurveKeepsItsEnds() {
    RocCurve whole = RocCurve.of(Samples.forty().oneVsRest(1));
    List<Point> thinned = whole.thinned(5).points();
    assertEquals(5, thinned.size());
    assertEquals(new Point(null, 0, 0), thinned.get(0));
    assertEquals(whole.points().get(whole.points().size() - 1), thinned.get(4));
  }

  @Test
  void aCurveThatIsShortEnoughStaysAsItIs() {
    RocCurve whole = RocCurve.of(Samples.twelve().oneVsRest(1));
    assertEquals(whole, whole.thinned(whole.points().size()));
  }

  @Test
  void ofOneClassThereIsNoCurve() {
    assertEquals(
        List.of(),
        RocCurve.of(new BinaryPredictions(new float[] {0.1f, 0.9f}, new int[] {1, 1})).points());
  }

  @Test
  void ofADivergedNetworkThereIsNoCurve() {
    assertEquals(List.of(), RocCurve.of(Samples.diverged().oneVsRest(1)).points());
  }
}
