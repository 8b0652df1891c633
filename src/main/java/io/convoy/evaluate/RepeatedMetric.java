package io.convoy.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.StatUtils;

/**
 * A metric of several trainings of one network, with other seeds, on the same photos, or in
 * cross-validation.
 *
 * @param name as the tables have it
 * @param repeats how many trainings, at least 2
 * @param spread the standard deviation from training to training
 * @param mean over the trainings, with an interval for other photos and other seeds
 */
public record RepeatedMetric(String name, int repeats, double spread, Estimate mean) {
  private static final double CLIPPED_OF_TWO = 1e-5;
  private static final double CLIPPED_OF_MORE = 1e-10;

  /** How a metric is of the photos: its value, and the variance that other photos would give. */
  private record OfPhotos(double[] values, double variance) {}

  /**
   * Accuracy, mean squared error, cross-entropy and, of two classes, the area under the ROC curve.
   * In the intervals the variances of photos and of seeds are added, that of the seeds with
   * Student's quantile as they are few.
   *
   * @param repeats the predictions of each training, of the same photos in the same order
   * @return none where fewer than two can be measured
   */
  public static List<RepeatedMetric> of(List<Predictions> repeats) {
    List<Predictions> measured = measured(repeats);
    if (measured.isEmpty()) {
      return List.of();
    }
    List<RepeatedMetric> metrics = new ArrayList<>();
    metrics.add(of("accuracy", 1, means(measured, RepeatedMetric::hits)));
    metrics.add(of("mse", 1, means(measured, RepeatedMetric::squaredErrors)));
    metrics.add(
        of("cross_entropy", Double.POSITIVE_INFINITY, means(measured, RepeatedMetric::logLosses)));
    if (measured.get(0).isBinary() && measured.get(0).hasSeveralClasses()) {
      metrics.add(of("auc", 1, areas(measured)));
    }
    return metrics;
  }

  /**
   * The same of cross-validation, where each training is measured on other photos. The trainings
   * have most photos in common, so that their spread says too little of other photos: it counts as
   * if there were fewer, by the correction of Nadeau and Bengio (2003), as Bouckaert and Frank
   * (2004) take it for repeated cross-validation.
   *
   * @param trainings the predictions of each, of the fold that validated it
   * @param folds how many there are, at least 2
   * @return none where fewer than two can be measured
   */
  public static List<RepeatedMetric> ofFolds(List<Predictions> trainings, int folds) {
    List<Predictions> measured = measured(trainings);
    if (measured.isEmpty()) {
      return List.of();
    }
    double ofSpread = Math.sqrt(1.0 / measured.size() + 1.0 / (folds - 1));
    List<RepeatedMetric> metrics = new ArrayList<>();
    metrics.add(of("accuracy", 1, values(measured, RepeatedMetric::hits), 0, ofSpread));
    metrics.add(of("mse", 1, values(measured, RepeatedMetric::squaredErrors), 0, ofSpread));
    metrics.add(
        of(
            "cross_entropy",
            Double.POSITIVE_INFINITY,
            values(measured, RepeatedMetric::logLosses),
            0,
            ofSpread));
    if (measured.stream().allMatch(each -> each.isBinary() && each.hasSeveralClasses())) {
      double[] areas =
          measured.stream()
              .mapToDouble(each -> new AreaUnderCurve(each.oneVsRest(1)).value())
              .toArray();
      metrics.add(of("auc", 1, areas, 0, ofSpread));
    }
    return metrics;
  }

  private static List<Predictions> measured(List<Predictions> trainings) {
    List<Predictions> measured = trainings.stream().filter(Predictions::measurable).toList();
    return measured.size() < 2 ? List.of() : measured;
  }

  private static RepeatedMetric of(String name, double most, OfPhotos of) {
    return of(name, most, of.values, of.variance, 1 / Math.sqrt(of.values.length));
  }

  /**
   * @param most the greatest value that the metric has; its least is 0
   * @param ofPhotos the variance that other photos would give, beside that of the values
   * @param ofSpread the standard error of the mean in standard deviations of the values
   */
  private static RepeatedMetric of(
      String name, double most, double[] values, double ofPhotos, double ofSpread) {
    double mean = StatUtils.mean(values);
    double spread = Math.sqrt(StatUtils.variance(values));
    double student =
        new TDistribution(null, values.length - 1.0)
            .inverseCumulativeProbability((1 + Estimate.CONFIDENCE) / 2);
    double half = Math.hypot(Estimate.Z * Math.sqrt(ofPhotos), student * spread * ofSpread);
    return new RepeatedMetric(
        name, values.length, spread, new Estimate(mean, mean - half, mean + half).within(0, most));
  }

  private static double[] values(
      List<Predictions> trainings, Function<Predictions, double[]> figure) {
    return trainings.stream().mapToDouble(each -> StatUtils.mean(figure.apply(each))).toArray();
  }

  /** Of a metric that is the mean of a figure of each photo. */
  private static OfPhotos means(List<Predictions> repeats, Function<Predictions, double[]> figure) {
    double[] ofPhotos = mean(repeats.stream().map(figure).toList());
    return new OfPhotos(values(repeats, figure), StatUtils.variance(ofPhotos) / ofPhotos.length);
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

  private static double[] squaredErrors(Predictions predictions) {
    int outputs = Predictions.outputs(predictions.classes());
    return DoubleStream.of(predictions.squaredErrors()).map(sum -> sum / outputs).toArray();
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
