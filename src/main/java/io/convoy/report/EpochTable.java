package io.convoy.report;

import io.convoy.averaging.Applied;
import io.convoy.storage.Storage;
import io.convoy.table.Columns;
import io.convoy.table.SavedColumn;
import io.convoy.table.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
   * @param classes in the order of their labels
   */
  public EpochTable(List<String> classes) {
    validation =
        new SplitColumns(columns, "validation_", EpochResult::validation, EpochResult::atBest);
    seconds = columns.number("epoch_seconds", EpochResult::epochSeconds);
    columns.number("images_per_second", EpochResult::imagesPerSecond);
    columns.integer("averaging_rounds", EpochResult::averagingRounds);
    columns.longInteger("broadcast_bytes", EpochResult::broadcastBytes);
    columns.longInteger("averaged_bytes", EpochResult::averagedBytes);
    columns.integer("averaging_frequency", EpochResult::averagingFrequency);
    columns.number("first_learning_rate", e -> e.applied().firstRate());
    columns.number("last_learning_rate", e -> e.applied().lastRate());
    columns.numbers("example_weights", e -> weights(classes, e.applied()));
    new ScoreColumns(columns, "validation_", EpochResult::validation);
  }

  /** The mean weight of an example of each class that has one; null where none is known. */
  private static Map<String, Float> weights(List<String> classes, Applied applied) {
    Map<String, Float> weights = new LinkedHashMap<>();
    for (int label = 0; label < classes.size(); label++) {
      String name = classes.get(label);
      applied.weight(label).ifPresent(weight -> weights.put(name, weight.floatValue()));
    }
    return weights.isEmpty() ? null : weights;
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
