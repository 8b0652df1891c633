package io.convoy.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.StatUtils;

/**
 * A metric of several trainings of one network, with other seeds, on the same photos.
 *
 * @param name as the tables have it
 * @param repeats how many trainings, at least 2
 * @param spread the standard deviation from training to training
 * @param mean over the trainings, with an interval for other photos and other seeds: the variances
 *     of both are added, that of the seeds with Student's quantile as they are few
 */
public record RepeatedMetric(String name, int repeats, double spread, Estimate mean) {
  private static final double CLIPPED_OF_TWO = 1e-5;
  private static final double CLIPPED_OF_MORE = 1e-10;

  /** How a metric is of the photos: its value, and the variance that other photos would give. */
  private record OfPhotos(double[] values, double variance) {}

  /**
   * Accuracy, mean squared error, cross-entropy and, of two classes, the area under the ROC curve.
   *
   * @param repeats the predictions of each training, of the same photos in the same order
   * @return none where fewer than two can be measured
   */
  public static List<RepeatedMetric> of(List<Predictions> repeats) {
    List<Predictions> measured = repeats.stream().filter(Predictions::measurable).toList();
    if (measured.size() < 2) {
      return List.of();
    }
    List<RepeatedMetric> metrics = new ArrayList<>();
    metrics.add(of("accuracy", 1, means(measured, RepeatedMetric::hits)));
    metrics.add(
        of(
            "mse",
            1,
            means(
                measured,
                each -> {
                  int outputs = Predictions.outputs(each.classes());
                  return DoubleStream.of(each.squaredErrors()).map(sum -> sum / outputs).toArray();
                })));
    metrics.add(
        of("cross_entropy", Double.POSITIVE_INFINITY, means(measured, RepeatedMetric::logLosses)));
    if (measured.get(0).isBinary() && measured.get(0).hasSeveralClasses()) {
      metrics.add(of("auc", 1, areas(measured)));
    }
    return metrics;
  }

  /**
   * @param most the greatest value that the metric has; its least is 0
   */
  private static RepeatedMetric of(String name, double most, OfPhotos of) {
    int repeats = of.values.length;
    double mean = StatUtils.mean(of.values);
    double spread = Math.sqrt(StatUtils.variance(of.values));
    double student =
        new TDistribution(null, repeats - 1.0)
            .inverseCumulativeProbability((1 + Estimate.CONFIDENCE) / 2);
    double half =
        Math.hypot(Estimate.Z * Math.sqrt(of.variance), student * spread / Math.sqrt(repeats));
    return new RepeatedMetric(
        name, repeats, spread, new Estimate(mean, mean - half, mean + half).within(0, most));
  }

  /** Of a metric that is the mean of a figure of each photo. */
  private static OfPhotos means(List<Predictions> repeats, Function<Predictions, double[]> figure) {
    List<double[]> figures = repeats.stream().map(figure).toList();
    double[] ofPhotos = mean(figures);
    return new OfPhotos(
        figures.stream().mapToDouble(StatUtils::mean).toArray(),
        StatUtils.variance(ofPhotos) / ofPhotos.length);
  }

  /** By DeLong's components of each photo, whose means over the trainings vary with the photos. */
  private static OfPhotos areas(List<Predictions> repeats) {
    List<AreaUnderCurve> areas =
        repeats.stream().map(each -> new AreaUnderCurve(each.oneVsRest(1))).toList();
    double[] positives = mean(areas.stream().map(AreaUnderCurve::ofPositives).toList());
    double[] negatives = mean(areas.stream().map(AreaUnderCurve::ofNegatives).toList());
    return new OfPhotos(
        areas.stream().mapToDouble(AreaUnderCurve::value).toArray(),
        StatUtils.variance(positives) / positives.length
            + StatUtils.variance(negatives) / negatives.length);
  }

  private static double[] mean(List<double[]> rows) {
    return IntStream.range(0, rows.get(0).length)
        .mapToDouble(i -> rows.stream().mapToDouble(row -> row[i]).average().orElseThrow())
        .toArray();
  }

  private static double[] hits(Predictions predictions) {
    return predictions.indices().mapToDouble(i -> predictions.isRight(i) ? 1 : 0).toArray();
  }

  private static double[] logLosses(Predictions predictions) {
    double clipped = predictions.isBinary() ? CLIPPED_OF_TWO : CLIPPED_OF_MORE;
    return predictions
        .indices()
        .mapToDouble(i -> predictions.probability(i, predictions.labels()[i]))
        .map(right -> -Math.log(Math.max(clipped, Math.min(1 - clipped, right))))
        .toArray();
  }
}
