package io.convoy.page;

import io.convoy.compare.Candidate;
import io.convoy.compare.Comparison;
import io.convoy.compare.Cost;
import io.convoy.evaluate.Estimate;
import io.convoy.evaluate.Measure;
import io.convoy.evaluate.Rates;
import io.convoy.evaluate.SplitMetrics;
import io.convoy.evaluate.TemperatureScaling;
import io.convoy.evaluate.ThresholdRow;
import io.convoy.page.RankingView.Better;
import io.convoy.page.RankingView.Details;
import io.convoy.page.RankingView.Entry;
import io.convoy.page.RankingView.FigureCell;
import io.convoy.page.RankingView.Heading;
import io.convoy.page.RunPage.Origin.Fact;
import io.convoy.report.ArchitectureResult;
import io.convoy.report.Remark;
import io.convoy.report.SplitResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/** The table of all architectures of runs that can be compared, the best first. */
final class Ranking {
  private final List<Series> ordered;
  private final Map<Integer, Candidate> candidates = new HashMap<>();
  private final Comparison comparison;
  private final List<FigureColumn> columns = new ArrayList<>();

  /**
   * A column.
   *
   * @param meaning a line that explains it
   * @param better which figure is the best, and comes first when the rows are sorted by it
   * @param value of an architecture; null where it is not defined
   * @param text of a value
   * @param interval of the value; null where there is none
   */
  private record FigureColumn(
      String title,
      String meaning,
      Better better,
      Function<ArchitectureResult, Double> value,
      Function<Double, String> text,
      Function<ArchitectureResult, Estimate> interval) {

    String text(ArchitectureResult result) {
      Double figure = value.apply(result);
      return figure == null || !Double.isFinite(figure) ? Figures.NONE : text.apply(figure);
    }

    /** As it is shown, so that figures that look the same are equally good. */
    String best(List<ArchitectureResult> results) {
      List<ArchitectureResult> falling =
          results.stream()
              .filter(result -> Objects.nonNull(value.apply(result)))
              .sorted((a, b) -> Double.compare(value.apply(b), value.apply(a)))
              .toList();
      return falling.size() < 2
          ? ""
          : text(falling.get(better == Better.HIGH ? 0 : falling.size() - 1));
    }

    FigureCell cell(Optional<ArchitectureResult> result, String best) {
      String text = result.map(this::text).orElse(Figures.NONE);
      Double key = result.map(value).orElse(null);
      return new FigureCell(
          text,
          text.equals(best) ? "number best" : "number",
          key == null || !Double.isFinite(key) ? "" : key.toString(),
          result.map(interval).stream()
              .map(e -> "%s\u2013%s".formatted(figure(e.low()), figure(e.high())))
              .toList());
    }

    private static String figure(double value) {
      return Figures.decimal(value, 3);
    }
  }

  /**
   * @param all of runs that can be compared
   */
  Ranking(List<Series> all) {
    all.forEach(series -> series.candidate().ifPresent(one -> candidates.put(series.id(), one)));
    this.comparison = new Comparison(List.copyOf(candidates.values()));
    this.ordered = all.stream().sorted(Comparator.comparingInt(this::place)).toList();
    boolean validated =
        results().stream().anyMatch(result -> result.validation().metrics().images() > 0);
    boolean tested = results().stream().anyMatch(result -> result.test().metrics().images() > 0);
    boolean isBinary = all.stream().allMatch(Series::isBinary);
    if (validated) {
      columns.add(accuracy("Accuracy", "validation", isBinary, ArchitectureResult::validation));
    }
    if (tested) {
      columns.add(accuracy("Test accuracy", "test", isBinary, ArchitectureResult::test));
    }
    if (validated) {
      columns.addAll(
          isBinary
              ? ofTwo("", "validation", ArchitectureResult::validation)
              : ofMore("validation", ArchitectureResult::validation));
    }
    if (tested) {
      columns.addAll(
          isBinary
              ? ofTwo("Test ", "test", ArchitectureResult::test)
              : List.of(brier("Test ", "test", ArchitectureResult::test)));
    }
    columns.addAll(costs());
  }

  /** Those with a rank first, then the other measured ones, then those without a result. */
  private int place(Series series) {
    Candidate candidate = candidates.get(series.id());
    if (candidate == null) {
      return Integer.MAX_VALUE;
    }
    int place = comparison.ranked().indexOf(candidate);
    return candidate.isRanked() ? place : comparison.ranked().size() + place;
  }

  private List<ArchitectureResult> results() {
    return comparison.ranked().stream().map(Candidate::result).toList();
  }

  /** Of those that learned something: what is no better than a constant is the best at nothing. */
  private List<ArchitectureResult> learned() {
    return comparison.ranked().stream()
        .filter(Candidate::isBetterThanConstant)
        .map(Candidate::result)
        .toList();
  }

  private static FigureColumn accuracy(
      String title, String split, boolean isBinary, Function<ArchitectureResult, SplitResult> of) {
    return new FigureColumn(
        title,
        (isBinary
                ? "share of the %s photos that are classified correctly at the threshold 0.5"
                : "share of the %s photos whose most probable class is theirs")
            .formatted(split),
        Better.HIGH,
        of.andThen(s -> s.metrics().accuracy()),
        value -> Figures.decimal(value, 3),
        of.andThen(s -> s.assessment().accuracy()));
  }

  private static List<FigureColumn> ofTwo(
      String prefix, String split, Function<ArchitectureResult, SplitResult> of) {
    return List.of(
        new FigureColumn(
            prefix + "AUC",
            "area under the ROC curve on %s: 0.5 is guessing, 1 is perfect".formatted(split),
            Better.HIGH,
            of.andThen(s -> s.metrics().auc()),
            value -> Figures.decimal(value, 3),
            of.andThen(s -> s.assessment().auc())),
        new FigureColumn(
            prefix + "MSE",
            ("mean squared error between probability and label on %s (Brier score): 0 is perfect"
                    + (prefix.isEmpty() ? "; the ranking goes by it" : ""))
                .formatted(split),
            Better.LOW,
            of.andThen(s -> s.metrics().mse()),
            value -> Figures.decimal(value, 4),
            of.andThen(s -> s.intervals().of(Measure.MSE))));
  }

  private List<FigureColumn> ofMore(String split, Function<ArchitectureResult, SplitResult> of) {
    List<FigureColumn> figures = new ArrayList<>();
    if (results().stream().anyMatch(result -> of.apply(result).metrics().top5() != null)) {
      figures.add(
          plain(
              "Top-5",
              "share of the %s photos whose class is among the five most probable",
              split,
              Better.HIGH,
              of.andThen(s -> s.metrics().top5()),
              of.andThen(SplitResult::topFive)));
    }
    figures.add(
        plain(
            "Macro F1",
            "mean of the classes' F1 on %s, in which rare classes count as much as common ones",
            split,
            Better.HIGH,
            of.andThen(s -> Measure.MACRO_F1.of(s.metrics())),
            of.andThen(s -> s.intervals().of(Measure.MACRO_F1))));
    figures.add(
        plain(
            "AUC",
            "mean area under the ROC curves on %s, of each class against all others: 0.5 is"
                + " guessing, 1 is perfect",
            split,
            Better.HIGH,
            of.andThen(s -> s.metrics().auc()),
            of.andThen(s -> s.assessment().auc())));
    figures.add(brier("", split, of));
    figures.add(
        plain(
            "Calibration",
            "how far the probability of the predicted class is from its accuracy on %s (expected"
                + " calibration error): 0 is perfect",
            split,
            Better.LOW,
            of.andThen(s -> s.metrics().ece()),
            of.andThen(s -> s.intervals().of(Measure.ECE))));
    return figures;
  }

  private static FigureColumn brier(
      String prefix, String split, Function<ArchitectureResult, SplitResult> of) {
    return plain(
        prefix + "Brier",
        "sum over the classes of the squared error between probability and truth, mean of the"
            + " %s photos (Brier score): 0 is perfect, 2 the worst"
            + (prefix.isEmpty() ? "; the ranking goes by it" : ""),
        split,
        Better.LOW,
        of.andThen(s -> s.metrics().brier()),
        of.andThen(s -> s.intervals().of(Measure.BRIER)));
  }

  private static FigureColumn plain(
      String title,
      String meaning,
      String split,
      Better better,
      Function<ArchitectureResult, Double> value,
      Function<ArchitectureResult, Estimate> interval) {
    return new FigureColumn(
        title,
        meaning.formatted(split),
        better,
        value,
        figure -> Figures.decimal(figure, 3),
        interval);
  }

  private static Estimate none(ArchitectureResult result) {
    return null;
  }

  private List<FigureColumn> costs() {
    List<FigureColumn> costs = new ArrayList<>();
    costs.add(
        new FigureColumn(
            "Parameters",
            "weights and biases (k thousand, M million, B billion)",
            Better.LOW,
            result -> (double) result.parameters(),
            value -> Figures.compact(value.longValue()),
            Ranking::none));
    costs.add(
        new FigureColumn(
            "Model",
            "size of the model's file",
            Better.LOW,
            result -> (double) result.modelBytes(),
            value -> Figures.bytes(value.longValue()),
            Ranking::none));
    costs.add(
        new FigureColumn(
            "Training",
            "time of all epochs, without validation",
            Better.LOW,
            ArchitectureResult::trainSeconds,
            Figures::duration,
            Ranking::none));
    if (results().stream().anyMatch(result -> Cost.INFERENCE.of(result).isPresent())) {
      costs.add(
          new FigureColumn(
              "Inference",
              "time that one worker takes to predict a photo, in batches and without reading it",
              Better.LOW,
              ArchitectureResult::inferenceSecondsPerImage,
              Figures::milliseconds,
              Ranking::none));
    }
    return costs;
  }

  /** The series in their order. */
  List<Series> ordered() {
    return ordered;
  }

  /** Of those with a result. */
  Comparison comparison() {
    return comparison;
  }

  RankingView view() {
    List<Heading> headings = new ArrayList<>();
    headings.add(new Heading("#", "number rank", Better.LOW.key()));
    headings.add(new Heading("Architecture", "words name", Better.LOW.key()));
    columns.forEach(
        column -> headings.add(new Heading(column.title, "number", column.better.key())));
    List<String> best = columns.stream().map(column -> column.best(learned())).toList();
    return new RankingView(
        headings,
        IntStream.range(0, ordered.size())
            .mapToObj(i -> entry(ordered.get(i), i + 1, best))
            .toList(),
        columns.stream().map(column -> new Fact(column.title, column.meaning)).toList());
  }

  private Entry entry(Series series, int place, List<String> best) {
    Optional<Candidate> candidate = Optional.ofNullable(candidates.get(series.id()));
    Optional<ArchitectureResult> result = candidate.map(Candidate::result);
    boolean hasLearned = candidate.filter(Candidate::isBetterThanConstant).isPresent();
    return new Entry(
        series.id(),
        candidate.filter(Candidate::isRanked).map(ranked -> String.valueOf(place)).orElse(""),
        place,
        series.architecture().name(),
        series.style(),
        series.runName(),
        result.stream()
            .flatMap(known -> new Remark(known, series.run().classes()).text().stream())
            .toList(),
        IntStream.range(0, columns.size())
            .mapToObj(i -> columns.get(i).cell(result, hasLearned ? best.get(i) : ""))
            .toList(),
        result.stream().map(known -> details(known, series)).toList());
  }

  private static Details details(ArchitectureResult result, Series series) {
    return new Details(
        LayerWords.of(result.architecture(), series.run().classes().size()),
        RecipeWords.of(result.architecture(), series.run().classes().size()),
        more(result, series.isBinary()));
  }

  /** The figures that have no column. */
  private static List<Fact> more(ArchitectureResult result, boolean isBinary) {
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("Parameters", Figures.whole(result.parameters())));
    facts.add(new Fact("Epochs trained", Figures.whole(result.epochs())));
    facts.add(new Fact("Best epoch, which is kept", Figures.whole(result.bestEpoch())));
    facts.add(new Fact("Training time an epoch", Figures.duration(result.epochSeconds())));
    facts.add(
        new Fact(
            "Training throughput", Figures.decimal(result.imagesPerSecond(), 1) + " photos/s"));
    facts.add(new Fact("Workers", Figures.whole(result.workers())));
    result
        .validation()
        .atBest()
        .ifPresent(
            row ->
                facts.add(
                    new Fact(
                        "Best threshold, chosen on validation",
                        Figures.decimal(row.threshold(), 1))));
    TemperatureScaling scaling = result.scaling();
    fact("Temperature, fitted on validation", scaling.temperature(), 3, facts);
    scaled("Validation", scaling.validationBefore(), scaling.validationAfter(), facts);
    scaled("Test", scaling.testBefore(), scaling.testAfter(), facts);
    split("Validation", result.validation(), isBinary, facts);
    split("Test", result.test(), isBinary, facts);
    return facts;
  }

  private static void scaled(String name, Double before, Double after, List<Fact> facts) {
    if (before != null && after != null) {
      facts.add(
          new Fact(
              name + " calibration error before and after scaling by it",
              Figures.decimal(before, 4) + ", " + Figures.decimal(after, 4)));
    }
  }

  private static void split(String name, SplitResult split, boolean isBinary, List<Fact> facts) {
    if (split.metrics().images() == 0) {
      return;
    }
    SplitMetrics metrics = split.metrics();
    if (isBinary) {
      facts.add(
          new Fact(
              name + " accuracy at it",
              Figures.decimal(split.atBest().map(ThresholdRow::accuracy).orElse(null), 3)));
      facts.add(new Fact(name + " Pearson's r", Figures.decimal(metrics.pearsonR(), 3)));
      fact(name + " calibration error", metrics.ece(), 4, facts);
    } else {
      rates(name + " macro precision", metrics.macro(), Rates::precision, facts);
      rates(name + " macro recall", metrics.macro(), Rates::recall, facts);
      rates(name + " macro F1", metrics.macro(), Rates::f1, facts);
      fact(name + " AUC", metrics.auc(), 3, facts);
      fact(name + " top-5 accuracy", metrics.top5(), 3, facts);
      fact(name + " calibration error", metrics.ece(), 4, facts);
    }
    fact(name + " Matthews correlation", metrics.mcc(), 3, facts);
    facts.add(new Fact(name + " cross-entropy", Figures.decimal(metrics.crossEntropy(), 4)));
  }

  private static void rates(
      String name, Rates rates, Function<Rates, Double> rate, List<Fact> facts) {
    fact(name, rates == null ? null : rate.apply(rates), 3, facts);
  }

  /** Of what an older convoy measured, some figures are not known. */
  private static void fact(String name, Double figure, int decimals, List<Fact> facts) {
    if (figure != null) {
      facts.add(new Fact(name, Figures.decimal(figure, decimals)));
    }
  }
}
