package io.convoy.report;

import io.convoy.evaluate.Assessment;
import io.convoy.evaluate.Predictions;
import io.convoy.evaluate.SplitMetrics;
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
import java.util.function.BiFunction;
import java.util.function.Function;

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
  private final Split validation;
  private final Split test;

  /** The columns of a split. */
  private record Split(
      String key, SavedColumn<Long> images, SplitColumns metrics, AssessmentColumns assessment) {}

  /**
   * @param classes the two classes, in the order of their labels
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
    SplitColumns validationMetrics = split("validation_", classes, ArchitectureResult::validation);
    SplitColumns testMetrics = split("test_", classes, ArchitectureResult::test);
    inferenceSeconds =
        columns.number("inference_seconds_per_image", ArchitectureResult::inferenceSecondsPerImage);
    validation =
        new Split(
            "validation",
            validationImages,
            validationMetrics,
            new AssessmentColumns(columns, "validation_", r -> r.validation().assessment()));
    test =
        new Split(
            "test",
            testImages,
            testMetrics,
            new AssessmentColumns(columns, "test_", r -> r.test().assessment()));
    // Last, as it has commas.
    columns.text("remark", r -> Remark.of(r, classes).text().orElse(null));
  }

  private SplitColumns split(
      String prefix, List<String> classes, Function<ArchitectureResult, SplitResult> split) {
    return new SplitColumns(
        columns,
        prefix,
        classes,
        split.andThen(SplitResult::metrics),
        split.andThen(SplitResult::atBest));
  }

  /** The table of some architectures. */
  public Table of(List<ArchitectureResult> results) {
    return columns.table(results.stream().sorted(ArchitectureResult.RANKING).toList());
  }

  /**
   * Reads the results in the order of the saved table.
   *
   * @param folder of the tables
   * @param settings the architectures of the run, by their names
   * @param sweeps the thresholds of a split, by the architecture's name and the split's key
   * @param predictions of a split in the same way, for a table of an older convoy, which has no
   *     assessments
   * @throws UserException if the settings lack an architecture
   */
  List<ArchitectureResult> read(
      Storage folder,
      Map<String, Architecture> settings,
      BiFunction<String, String, ThresholdSweep> sweeps,
      BiFunction<String, String, Predictions> predictions) {
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
                  result(row, validation, sweeps, predictions),
                  result(row, test, sweeps, predictions)));
        });
    return results;
  }

  private SplitResult result(
      SavedRow row,
      Split split,
      BiFunction<String, String, ThresholdSweep> sweeps,
      BiFunction<String, String, Predictions> predictions) {
    String name = row.value(architecture);
    SplitMetrics metrics = split.metrics.metrics(row, row.value(split.images));
    ThresholdSweep sweep = sweeps.apply(name, split.key);
    double best = split.metrics.bestThreshold(row);
    return new SplitResult(
        metrics,
        sweep,
        sweep.rows().stream().filter(each -> each.threshold() == best).findFirst(),
        split
            .assessment
            .assessment(row, metrics)
            .orElseGet(() -> Assessment.of(predictions.apply(name, split.key))));
  }
}
