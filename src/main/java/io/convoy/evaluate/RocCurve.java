package io.convoy.evaluate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The receiver operating characteristic of one split: what is found and what is falsely alarmed, as
 * the threshold falls. Images of one probability make one step, so that the area under the lines
 * between the points is {@link SplitMetrics#auc}.
 *
 * @param points from (0, 0) to (1, 1); none unless both classes are there and every probability is
 *     a number
 */
public record RocCurve(List<Point> points) {
  /** What rounding makes of a straight line; a turn is at least one over the images' square. */
  private static final double STRAIGHT = 1e-15;

  /**
   * @param probability the lowest that is called positive; null where none is
   * @param falsePositiveRate share of the negative class that is called positive, 0..1
   * @param truePositiveRate share of the positive class that is called positive, 0..1
   */
  public record Point(Double probability, double falsePositiveRate, double truePositiveRate) {}

  public RocCurve {
    points = List.copyOf(points);
  }

  /** The curve of a split. */
  public static RocCurve of(BinaryPredictions predictions) {
    if (!predictions.measurable() || !predictions.hasBothClasses()) {
      return new RocCurve(List.of());
    }
    float[] probabilities = predictions.probabilities();
    int[] labels = predictions.labels();
    double positives = predictions.indices().filter(i -> labels[i] == 1).count();
    double negatives = predictions.images() - positives;
    List<Integer> falling =
        predictions
            .indices()
            .boxed()
            .sorted(Comparator.comparing((Integer i) -> probabilities[i]).reversed())
            .toList();
    List<Point> points = new ArrayList<>(List.of(new Point(null, 0, 0)));
    int found = 0;
    int alarmed = 0;
    for (int at = 0; at < falling.size(); at++) {
      int image = falling.get(at);
      found += labels[image];
      alarmed += 1 - labels[image];
      boolean tied =
          at + 1 < falling.size() && probabilities[falling.get(at + 1)] == probabilities[image];
      if (!tied) {
        points.add(
            new Point((double) probabilities[image], alarmed / negatives, found / positives));
      }
    }
    return new RocCurve(points);
  }

  /** The same curve without the points on a straight line between two others. */
  public RocCurve corners() {
    int last = points.size() - 1;
    return new RocCurve(
        IntStream.rangeClosed(0, last)
            .filter(i -> i == 0 || i == last || isCorner(i))
            .mapToObj(points::get)
            .toList());
  }

  private boolean isCorner(int at) {
    Point before = points.get(at - 1);
    Point point = points.get(at);
    Point after = points.get(at + 1);
    double up = point.truePositiveRate - before.truePositiveRate;
    double across = point.falsePositiveRate - before.falsePositiveRate;
    double turn =
        up * (after.falsePositiveRate - point.falsePositiveRate)
            - across * (after.truePositiveRate - point.truePositiveRate);
    return Math.abs(turn) > STRAIGHT;
  }

  /**
   * The curve with fewer points, evenly taken, for a picture.
   *
   * @param most at least 2; the first and the last stay
   */
  public RocCurve thinned(int most) {
    int last = points.size() - 1;
    if (last < most) {
      return this;
    }
    return new RocCurve(
        IntStream.range(0, most)
            .mapToObj(i -> points.get((int) ((long) i * last / (most - 1))))
            .toList());
  }
}
