package io.convoy.page;

import io.convoy.compare.Candidate;
import io.convoy.compare.Comparison;
import io.convoy.compare.Cost;
import io.convoy.evaluate.ClassMetrics;
import io.convoy.evaluate.ConfusionMatrix;
import io.convoy.evaluate.ConfusionOrder;
import io.convoy.evaluate.Rates;
import io.convoy.evaluate.ThresholdRow;
import io.convoy.page.ArchitecturePage.ClassCurves;
import io.convoy.page.ArchitecturePage.SplitCurves;
import io.convoy.report.ArchitectureResult;
import io.convoy.report.EpochSummary;
import io.convoy.report.SplitResult;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What the script draws, as JSON.
 *
 * @param series all architectures of all runs
 * @param pareto of each group of runs that can be compared, for each cost by its name: the labels
 *     of the networks that are worth it, the cheapest first
 * @param classes the names of each group's classes, by label
 * @param surveys the shapes of each run's photos, one a run
 */
record ChartData(
    List<Line> series,
    List<Map<Cost, List<String>>> pareto,
    List<List<String>> classes,
    List<Shapes> surveys) {
  private static final double DIGITS = 1e4;

  /**
   * One architecture of one run. What is not defined is null.
   *
   * @param price null of an architecture without a result
   * @param splits the figures of each split with predictions, by its key
   */
  record Line(
      int id,
      int group,
      String label,
      String name,
      int colour,
      int stroke,
      Price price,
      Integer bestEpoch,
      List<EpochSummary> epochs,
      Map<String, SplitFigures> splits) {}

  /**
   * What accuracy costs.
   *
   * @param accuracy at 0.5, on validation, or on test where that has no images; null where it is
   *     not defined
   * @param split the split of that accuracy
   * @param learned whether the network is better than a constant
   * @param costs that are known, in parameters and seconds
   */
  record Price(
      Double accuracy, String split, boolean learned, long modelBytes, Map<Cost, Double> costs) {

    static Price of(Candidate candidate) {
      ArchitectureResult result = candidate.result();
      Map<Cost, Double> costs = new EnumMap<>(Cost.class);
      for (Cost cost : Cost.values()) {
        cost.of(result).ifPresent(known -> costs.put(cost, known));
      }
      return new Price(
          candidate.accuracy(),
          result.judgedSplit(),
          candidate.isBetterThanConstant(),
          result.modelBytes(),
          costs);
    }
  }

  /**
   * The figures of one split.
   *
   * @param threshold that decides between two classes
   * @param images in the split
   * @param sweep of two classes; of more without rows
   * @param curves by the label of the class that is told from the others
   * @param heat the confusion matrix of more than two classes; null of two
   * @param perClass of more than two classes, by label: images, recall, precision, F1 and AUC
   */
  record SplitFigures(
      long images,
      double threshold,
      List<ThresholdRow> sweep,
      Map<Integer, Curves> curves,
      Heat heat,
      List<Number[]> perClass) {}

  /**
   * The curves of one class, as lists of numbers, of which a page may have a thousand.
   *
   * @param roc false and true positive rate of each point
   * @param calibration images, mean probability and share of the class in each bin
   * @param histogram images of other classes and of this one in each bin
   */
  record Curves(
      Double auc, List<Number[]> roc, List<Number[]> calibration, List<Number[]> histogram) {}

  /**
   * A confusion matrix.
   *
   * @param order labels of the classes, those that are confused beside one another
   * @param cells label of the true class, of the predicted one, and images, of each cell that has
   *     any
   */
  record Heat(List<Integer> order, List<Number[]> cells) {}

  /** The shapes of a run's photos: height, width, photos. */
  record Shapes(String run, List<long[]> counts) {}

  static ChartData of(
      List<Series> all, List<Ranking> rankings, List<RunGroup> groups, List<RunPage> runs) {
    return new ChartData(
        all.stream().map(ChartData::line).toList(),
        rankings.stream().map(ranking -> pareto(ranking.comparison())).toList(),
        groups.stream().map(group -> group.runs().get(0).classes()).toList(),
        runs.stream().map(ChartData::shapes).toList());
  }

  private static Map<Cost, List<String>> pareto(Comparison comparison) {
    return Arrays.stream(Cost.values())
        .collect(
            Collectors.toMap(
                Function.identity(),
                cost -> comparison.pareto(cost).stream().map(Candidate::label).toList()));
  }

  private static Line line(Series series) {
    ArchitecturePage page = series.architecture();
    Optional<ArchitectureResult> result = page.result();
    Map<String, SplitFigures> splits = new LinkedHashMap<>();
    result.ifPresent(
        known ->
            page.splits().forEach(curves -> splits.put(curves.split(), figures(curves, known))));
    return new Line(
        series.id(),
        series.group(),
        series.label(),
        page.name(),
        series.colour(),
        series.stroke(),
        series.candidate().map(Price::of).orElse(null),
        result.map(ArchitectureResult::bestEpoch).orElse(null),
        page.epochs(),
        splits);
  }

  private static SplitFigures figures(SplitCurves curves, ArchitectureResult result) {
    SplitResult split = split(curves.split(), result);
    boolean isBinary = split.confusion().classes() == 2;
    Map<Integer, Curves> ofClasses = new LinkedHashMap<>();
    curves
        .classes()
        .forEach(
            each ->
                ofClasses.put(
                    each.label(),
                    curves(each, isBinary ? split.metrics().auc() : auc(split, each.label()))));
    return new SplitFigures(
        split.metrics().images(),
        result.threshold(),
        split.sweep().rows(),
        ofClasses,
        isBinary ? null : heat(split.confusion(), List.copyOf(ofClasses.keySet())),
        isBinary ? List.of() : split.classes().stream().map(ChartData::figures).toList());
  }

  private static Double auc(SplitResult split, int label) {
    return split.classes().isEmpty() ? null : rounded(split.classes().get(label).auc());
  }

  private static Curves curves(ClassCurves of, Double auc) {
    return new Curves(
        auc,
        of.roc().points().stream()
            .map(
                point ->
                    numbers(rounded(point.falsePositiveRate()), rounded(point.truePositiveRate())))
            .toList(),
        of.calibration().bins().stream()
            .map(
                bin ->
                    numbers(
                        bin.images(), rounded(bin.meanProbability()), rounded(bin.positiveShare())))
            .toList(),
        of.histogram().bins().stream()
            .map(bin -> numbers(bin.negatives(), bin.positives()))
            .toList());
  }

  private static Heat heat(ConfusionMatrix matrix, List<Integer> labels) {
    return new Heat(
        ConfusionOrder.of(matrix, labels),
        matrix.cells().stream()
            .filter(cell -> labels.contains(cell.actual()) && labels.contains(cell.predicted()))
            .map(cell -> numbers(cell.actual(), cell.predicted(), cell.images()))
            .toList());
  }

  private static Number[] figures(ClassMetrics metrics) {
    Optional<Rates> rates = Optional.ofNullable(metrics.rates());
    return numbers(
        metrics.images(),
        rates.map(each -> rounded(each.recall())).orElse(null),
        rates.map(each -> rounded(each.precision())).orElse(null),
        rates.map(each -> rounded(each.f1())).orElse(null),
        rounded(metrics.auc()));
  }

  private static Number[] numbers(Number... numbers) {
    return numbers;
  }

  /** To four decimals, finer than a screen. */
  private static Double rounded(Double number) {
    return number == null ? null : Math.round(number * DIGITS) / DIGITS;
  }

  static SplitResult split(String key, ArchitectureResult result) {
    return key.equals("test") ? result.test() : result.validation();
  }

  private static Shapes shapes(RunPage run) {
    return new Shapes(
        run.name(),
        run.photos()
            .survey()
            .map(
                survey ->
                    survey.shapes().stream()
                        .map(
                            count ->
                                new long[] {
                                  count.shape().height(), count.shape().width(), count.photos()
                                })
                        .toList())
            .orElse(List.of()));
  }
}
