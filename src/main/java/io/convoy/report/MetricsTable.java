package io.convoy.report;

import io.convoy.evaluate.Assessment;
import io.convoy.evaluate.ClassMetrics;
import io.convoy.evaluate.ConfusionMatrix;
import io.convoy.evaluate.Intervals;
import io.convoy.evaluate.Measure;
import io.convoy.evaluate.Predictions;
import io.convoy.evaluate.SplitMetrics;
import io.convoy.evaluate.TemperatureScaling;
import io.convoy.evaluate.ThresholdSweep;
import io.convoy.failure.UserException;
import io.convoy.settings.Architecture;
import io.convoy.storage.Storage;
import io.convoy.table.Columns;
import io.convoy.table.SavedColumn;
import io.convoy.table.SavedRow;
import io.convoy.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/** {@code metrics}: a row an architecture, the best first. */
public final class MetricsTable {
  private final Columns<ArchitectureResult> columns = new Columns<>("metrics");
  private final SavedColumn<String> architecture;
  private final SavedColumn<Long> parameters;
  private final SavedColumn<Long> modelBytes;
  private final SavedColumn<Integer> trainImages;
  private final SavedColumn<Integer> epochs;
  private final SavedColumn<Integer> bestEpoch;
  private final SavedColumn<Integer> workers;
  private final SavedColumn<Integer> averagingFrequency;
  private final SavedColumn<Double> epochSeconds;
  private final SavedColumn<Double> inferenceSeconds;
  private final SavedColumn<Double> temperature;
  private final SavedColumn<Double> validationBefore;
  private final SavedColumn<Double> validationAfter;
  private final SavedColumn<Double> testBefore;
  private final SavedColumn<Double> testAfter;
  private final SavedColumn<String> failure;
  private final Split validation;
  private final Split test;

  /** The columns of a split. */
  private record Split(
      String key,
      SavedColumn<Long> images,
      SplitColumns metrics,
      AssessmentColumns assessment,
      ScoreColumns scores,
      IntervalColumns intervals) {}

  /**
   * @param classes in the order of their labels
   */
  public MetricsTable(List<String> classes) {
    architecture = columns.text("architecture", r -> r.architecture().name());
    parameters = columns.longInteger("parameters", ArchitectureResult::parameters);
    modelBytes = columns.longInteger("model_bytes", ArchitectureResult::modelBytes);
    trainImages = columns.integer("train_images", ArchitectureResult::trainImages);
    SavedColumn<Long> validationImages =
        columns.longInteger("validation_images", r -> r.validation().metrics().images());
    SavedColumn<Long> testImages =
        columns.longInteger("test_images", r -> r.test().metrics().images());
    epochs = columns.integer("epochs", ArchitectureResult::epochs);
    bestEpoch = columns.integer("best_epoch", ArchitectureResult::bestEpoch);
    columns.integer("batch", r -> r.architecture().batch());
    columns.number("learning_rate", r -> r.architecture().optimizer().learningRate());
    workers = columns.integer("workers", ArchitectureResult::workers);
    averagingFrequency =
        columns.integer("averaging_frequency", ArchitectureResult::averagingFrequency);
    epochSeconds = columns.number("epoch_seconds", ArchitectureResult::epochSeconds);
    columns.number("images_per_second", ArchitectureResult::imagesPerSecond);
    SplitColumns validationMetrics = split("validation_", ArchitectureResult::validation);
    SplitColumns testMetrics = split("test_", ArchitectureResult::test);
    inferenceSeconds =
        columns.number("inference_seconds_per_image", ArchitectureResult::inferenceSecondsPerImage);
    AssessmentColumns validationAssessment =
        new AssessmentColumns(columns, "validation_", r -> r.validation().assessment());
    AssessmentColumns testAssessment =
        new AssessmentColumns(columns, "test_", r -> r.test().assessment());
    ScoreColumns validationScores =
        new ScoreColumns(columns, "validation_", r -> r.validation().metrics());
    ScoreColumns testScores = new ScoreColumns(columns, "test_", r -> r.test().metrics());
    validation =
        new Split(
            "validation",
            validationImages,
            validationMetrics,
            validationAssessment,
            validationScores,
            new IntervalColumns(columns, "validation_", ArchitectureResult::validation));
    test =
        new Split(
            "test",
            testImages,
            testMetrics,
            testAssessment,
            testScores,
            new IntervalColumns(columns, "test_", ArchitectureResult::test));
    temperature = scaling("temperature", TemperatureScaling::temperature);
    validationBefore =
        scaling("validation_ece_before_scaling", TemperatureScaling::validationBefore);
    validationAfter = scaling("validation_ece_after_scaling", TemperatureScaling::validationAfter);
    testBefore = scaling("test_ece_before_scaling", TemperatureScaling::testBefore);
    testAfter = scaling("test_ece_after_scaling", TemperatureScaling::testAfter);
    failure = columns.text("failure", r -> r.failure().orElse(null));
    // Last, as it has commas.
    columns.text("remark", r -> new Remark(r, classes).text().orElse(null));
  }

  private SavedColumn<Double> scaling(String name, Function<TemperatureScaling, Double> number) {
    return columns.number(name, r -> number.apply(r.scaling()));
  }

  private SplitColumns split(String prefix, Function<ArchitectureResult, SplitResult> split) {
    return new SplitColumns(
        columns, prefix, split.andThen(SplitResult::metrics), split.andThen(SplitResult::atBest));
  }

  /** The table of some architectures. */
  public Table of(List<ArchitectureResult> results) {
    return columns.table(results.stream().sorted(ArchitectureResult.RANKING).toList());
  }

  /**
   * What other tables have of a split, by the architecture's name and the split's key.
   *
   * @param sweeps of its thresholds
   * @param confusion the matrix's cells; none where there is no such table, as of an older convoy
   * @param classes the metrics of each class; none in the same case
   * @param predictions of the split, of which all of that can be made
   */
  record Others(
      BiFunction<String, String, List<ThresholdSweep>> sweeps,
      BiFunction<String, String, Optional<ConfusionMatrix>> confusion,
      BiFunction<String, String, Optional<List<ClassMetrics>>> classes,
      BiFunction<String, String, Predictions> predictions) {}

  /**
   * Reads the results in the order of the saved table.
   *
   * @param folder of the tables
   * @param settings the architectures of the run, by their names
   * @throws UserException if the settings lack an architecture
   */
  List<ArchitectureResult> read(Storage folder, Map<String, Architecture> settings, Others others) {
    List<ArchitectureResult> results = new ArrayList<>();
    columns.read(
        folder,
        row -> {
          String name = row.value(architecture);
          if (!settings.containsKey(name)) {
            throw new UserException(
                "%s has the architecture %s, and the settings of the run do not; make the run"
                    + " again.",
                folder.child("metrics.parquet"), name);
          }
          results.add(
              new ArchitectureResult(
                  settings.get(name),
                  row.value(parameters),
                  row.value(modelBytes),
                  row.value(trainImages),
                  row.value(epochs),
                  row.value(bestEpoch),
                  row.value(workers),
                  row.value(averagingFrequency),
                  row.number(epochSeconds),
                  row.valueOrNull(inferenceSeconds),
                  result(row, validation, others),
                  result(row, test, others),
                  new TemperatureScaling(
                      row.valueOrNull(temperature),
                      row.valueOrNull(validationBefore),
                      row.valueOrNull(validationAfter),
                      row.valueOrNull(testBefore),
                      row.valueOrNull(testAfter)),
                  Optional.ofNullable(row.valueOrNull(failure))));
        });
    return results;
  }

  private SplitResult result(SavedRow row, Split split, Others others) {
    String name = row.value(architecture);
    List<ThresholdSweep> sweeps = others.sweeps.apply(name, split.key);
    double best = split.metrics.bestThreshold(row);
    Supplier<Predictions> predictions = () -> others.predictions.apply(name, split.key);
    SplitMetrics metrics = metrics(row, split, predictions);
    Intervals saved = split.intervals.read(row, metrics);
    boolean isOlder = metrics.mse() != null && saved.of(Measure.MSE) == null;
    Intervals intervals =
        isOlder && predictions.get().images() == metrics.images()
            ? Intervals.of(predictions.get(), metrics)
            : saved;
    Assessment known =
        split.assessment.assessment(row, metrics).orElseGet(() -> Assessment.of(predictions.get()));
    Assessment assessment = known.auc() == null ? known.withAuc(intervals.of(Measure.AUC)) : known;
    return new SplitResult(
        metrics,
        sweeps,
        sweeps.stream()
            .flatMap(sweep -> sweep.rows().stream())
            .filter(each -> each.threshold() == best)
            .findFirst(),
        assessment,
        others
            .confusion
            .apply(name, split.key)
            .orElseGet(() -> ConfusionMatrix.of(predictions.get())),
        others.classes.apply(name, split.key).orElseGet(() -> ClassMetrics.of(predictions.get())),
        intervals);
  }

  /** A table of an older convoy lacks some, and has others under names of classes. */
  private static SplitMetrics metrics(
      SavedRow row, Split split, Supplier<Predictions> predictions) {
    SplitMetrics saved = split.metrics.metrics(row, row.value(split.images), split.scores);
    boolean isOlder = saved.mse() != null && saved.brier() == null;
    return isOlder && predictions.get().images() == saved.images()
        ? SplitMetrics.of(predictions.get())
        : saved;
  }
}
