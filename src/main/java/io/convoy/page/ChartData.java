package io.convoy.page;

import io.convoy.compare.Candidate;
import io.convoy.compare.Comparison;
import io.convoy.compare.Cost;
import io.convoy.evaluate.Calibration;
import io.convoy.evaluate.ProbabilityHistogram;
import io.convoy.evaluate.RocCurve;
import io.convoy.evaluate.ThresholdRow;
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
 * @param surveys the shapes of each run's photos, one a run
 */
record ChartData(List<Line> series, List<Map<Cost, List<String>>> pareto, List<Shapes> surveys) {
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
      String negative,
      String positive,
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
   * @param threshold that decides
   * @param images in the split
   */
  record SplitFigures(
      long images,
      Double auc,
      double threshold,
      List<RocCurve.Point> roc,
      List<ThresholdRow> sweep,
      List<Calibration.Bin> calibration,
      List<ProbabilityHistogram.Bin> histogram) {}

  /** The shapes of a run's photos: height, width, photos. */
  record Shapes(String run, List<long[]> counts) {}

  static ChartData of(List<Series> all, List<Ranking> rankings, List<RunPage> runs) {
    return new ChartData(
        all.stream().map(ChartData::line).toList(),
        rankings.stream().map(ranking -> pareto(ranking.comparison())).toList(),
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
        series.negativeClass(),
        series.positiveClass(),
        series.candidate().map(Price::of).orElse(null),
        result.map(ArchitectureResult::bestEpoch).orElse(null),
        page.epochs(),
        splits);
  }

  private static SplitFigures figures(SplitCurves curves, ArchitectureResult result) {
    SplitResult split = split(curves.split(), result);
    return new SplitFigures(
        split.metrics().images(),
        split.metrics().auc(),
        result.threshold(),
        curves.roc().points(),
        split.sweep().rows(),
        curves.calibration().bins(),
        curves.histogram().bins());
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
