package io.convoy.report;

import io.convoy.storage.Storage;
import io.convoy.table.Columns;
import io.convoy.table.SavedColumn;
import io.convoy.table.Table;
import java.util.ArrayList;
import java.util.List;

/** {@code epochs}: a row an architecture and epoch, in the order of training. */
public final class EpochTable {
  private final Columns<EpochResult> columns = new Columns<>("epochs");
  private final SavedColumn<String> architecture =
      columns.text("architecture", EpochResult::architecture);
  private final SavedColumn<Integer> epoch = columns.integer("epoch", EpochResult::epoch);
  private final SavedColumn<Double> trainLoss =
      columns.number("train_loss", EpochResult::trainLoss);
  private final SavedColumn<Double> validationLoss =
      columns.number("validation_loss", EpochResult::validationLoss);
  private final SplitColumns validation;
  private final SavedColumn<Double> seconds;

  /**
   * @param classes the two classes, in the order of their labels
   */
  public EpochTable(List<String> classes) {
    validation =
        new SplitColumns(
            columns, "validation_", classes, EpochResult::validation, EpochResult::atBest);
    seconds = columns.number("epoch_seconds", EpochResult::epochSeconds);
    columns.number("images_per_second", EpochResult::imagesPerSecond);
    columns.integer("averaging_rounds", EpochResult::averagingRounds);
    columns.longInteger("broadcast_bytes", EpochResult::broadcastBytes);
    columns.longInteger("averaged_bytes", EpochResult::averagedBytes);
    columns.integer("averaging_frequency", EpochResult::averagingFrequency);
    columns.number("first_learning_rate", e -> e.applied().firstRate());
    columns.number("last_learning_rate", e -> e.applied().lastRate());
    columns.number("example_weight_" + classes.get(1), e -> e.applied().weight(1).orElse(null));
    columns.number("example_weight_" + classes.get(0), e -> e.applied().weight(0).orElse(null));
  }

  /** The table of some epochs, in their order. */
  public Table of(List<EpochResult> epochs) {
    return columns.table(epochs);
  }

  List<EpochSummary> read(Storage folder) {
    List<EpochSummary> epochs = new ArrayList<>();
    columns.read(
        folder,
        row ->
            epochs.add(
                new EpochSummary(
                    row.value(architecture),
                    row.value(epoch),
                    row.valueOrNull(trainLoss),
                    row.valueOrNull(validationLoss),
                    validation.accuracy(row),
                    row.valueOrNull(seconds))));
    return epochs;
  }
}
