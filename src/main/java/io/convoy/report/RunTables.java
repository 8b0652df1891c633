package io.convoy.report;

import io.convoy.evaluate.ThresholdRow;
import java.util.ArrayList;
import java.util.List;

/** The tables of a run: their columns, and the ranking as it is printed. */
public final class RunTables {
  private final String negativeClass;
  private final String positiveClass;

  /**
   * @param classes the two classes, in the order of their labels
   */
  public RunTables(List<String> classes) {
    this.negativeClass = classes.get(0);
    this.positiveClass = classes.get(1);
  }

  /** {@code metrics}: a row an architecture, the best first. */
  public Table metrics(List<ArchitectureResult> results) {
    Columns<SplitResult> split = SplitResult.columns(negativeClass, positiveClass);
    return new Columns<ArchitectureResult>()
        .text("architecture", r -> r.architecture().name())
        .longInteger("parameters", ArchitectureResult::parameters)
        .longInteger("model_bytes", ArchitectureResult::modelBytes)
        .integer("train_images", ArchitectureResult::trainImages)
        .longInteger("validation_images", r -> r.validation().metrics().images())
        .longInteger("test_images", r -> r.test().metrics().images())
        .integer("epochs", ArchitectureResult::epochs)
        .integer("best_epoch", ArchitectureResult::bestEpoch)
        .integer("batch", r -> r.architecture().batch())
        .number("learning_rate", r -> r.architecture().optimizer().learningRate())
        .integer("workers", ArchitectureResult::workers)
        .integer("averaging_frequency", ArchitectureResult::averagingFrequency)
        .number("epoch_seconds", ArchitectureResult::epochSeconds)
        .number("images_per_second", ArchitectureResult::imagesPerSecond)
        .part("validation_", ArchitectureResult::validation, split)
        .part("test_", ArchitectureResult::test, split)
        .number("inference_seconds_per_image", ArchitectureResult::inferenceSecondsPerImage)
        .part("validation_", ArchitectureResult::validation, SplitResult.assessmentColumns())
        .part("test_", ArchitectureResult::test, SplitResult.assessmentColumns())
        // Last, as it has commas.
        .text("remark", r -> new Remark(r, negativeClass, positiveClass).text().orElse(null))
        .table("metrics", results.stream().sorted(ArchitectureResult.RANKING).toList());
  }

  /** {@code epochs}: a row an architecture and epoch, in the order of training. */
  public Table epochs(List<EpochResult> epochs) {
    return new Columns<EpochResult>()
        .text("architecture", EpochResult::architecture)
        .integer("epoch", EpochResult::epoch)
        .number("train_loss", EpochResult::trainLoss)
        .number("validation_loss", EpochResult::validationLoss)
        .part(
            "validation_",
            result -> result,
            SplitResult.columns(
                negativeClass, positiveClass, EpochResult::validation, EpochResult::atBest))
        .number("epoch_seconds", EpochResult::epochSeconds)
        .number("images_per_second", EpochResult::imagesPerSecond)
        .integer("averaging_rounds", EpochResult::averagingRounds)
        .longInteger("broadcast_bytes", EpochResult::broadcastBytes)
        .longInteger("averaged_bytes", EpochResult::averagedBytes)
        .integer("averaging_frequency", EpochResult::averagingFrequency)
        .part("", EpochResult::applied, Applied.columns(negativeClass, positiveClass))
        .table("epochs", epochs);
  }

  /** {@code rounds}: a row an architecture, epoch and averaging round, in the order of training. */
  public Table rounds(List<RoundResult> rounds) {
    return new Columns<RoundResult>()
        .text("architecture", RoundResult::architecture)
        .integer("epoch", r -> r.round().epoch())
        .integer("round", r -> r.round().round())
        .integer("minibatches_per_worker", r -> r.round().minibatches())
        .integer("workers", r -> r.round().workers())
        .integer("examples", r -> r.round().examples())
        .number("train_loss", r -> r.round().loss())
        .number("round_seconds", r -> r.round().seconds())
        .longInteger("broadcast_bytes", r -> r.round().broadcastBytes())
        .longInteger("averaged_bytes", r -> r.round().averagedBytes())
        .number("update_norm", r -> r.round().updateNorm())
        .number("worker_spread", r -> r.round().spread())
        .table("rounds", rounds);
  }

  private record Threshold(String architecture, String split, ThresholdRow row) {}

  /** {@code thresholds}: a row an architecture, split and threshold. */
  public Table thresholds(List<ArchitectureResult> results) {
    List<Threshold> rows = new ArrayList<>();
    for (ArchitectureResult result : results) {
      String name = result.architecture().name();
      result
          .validation()
          .sweep()
          .rows()
          .forEach(r -> rows.add(new Threshold(name, "validation", r)));
      result.test().sweep().rows().forEach(r -> rows.add(new Threshold(name, "test", r)));
    }
    return new Columns<Threshold>()
        .text("architecture", Threshold::architecture)
        .text("split", Threshold::split)
        .number("threshold", t -> t.row.threshold())
        .number("accuracy", t -> t.row.accuracy())
        .number("precision", t -> t.row.precision())
        .number("recall", t -> t.row.recall())
        .number("f1", t -> t.row.f1())
        .longInteger("true_positives", t -> t.row.truePositives())
        .longInteger("false_positives", t -> t.row.falsePositives())
        .longInteger("true_negatives", t -> t.row.trueNegatives())
        .longInteger("false_negatives", t -> t.row.falseNegatives())
        .table("thresholds", rows);
  }
}
