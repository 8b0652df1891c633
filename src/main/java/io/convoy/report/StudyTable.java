package io.convoy.report;

import io.convoy.failure.Amount;
import io.convoy.report.TextTable.Column;
import io.convoy.settings.OuterMomentum;
import io.convoy.table.Columns;
import io.convoy.table.Table;
import java.util.List;

/** The table of a study of parameter averaging: a row a training, in their order. */
public final class StudyTable {
  private StudyTable() {}

  /** {@code study}, as it is saved; the frequency of one worker alone is empty. */
  public static Table table(List<StudyResult> trainings) {
    Columns<StudyResult> columns = new Columns<>("study");
    columns.text("architecture", r -> r.result().architecture().name());
    columns.integer("workers", r -> r.result().workers());
    columns.integer("averaging_frequency", StudyTable::frequency);
    columns.number("outer_momentum", StudyTable::momentum);
    columns.number(
        "outer_learning_rate", r -> r.outer().map(OuterMomentum::learningRate).orElse(null));
    columns.integer("epochs", r -> r.epochs().size());
    columns.number("epoch_seconds", StudyResult::epochSeconds);
    columns.number("averaging_rounds", StudyResult::averagingRounds);
    columns.number("averaged_bytes", StudyResult::averagedBytes);
    columns.number("worker_spread", StudyResult::spread);
    columns.number("train_loss", r -> r.last().trainLoss());
    columns.number("validation_loss", r -> r.last().validationLoss());
    columns.number("validation_accuracy", r -> r.last().validationAccuracy());
    columns.integer("best_epoch", r -> r.result().bestEpoch());
    columns.number("best_validation_mse", r -> r.result().validation().metrics().mse());
    columns.number("best_validation_accuracy", r -> r.result().validation().metrics().accuracy());
    columns.number("best_validation_auc", r -> r.result().validation().metrics().auc());
    return columns.table(trainings);
  }

  /** The same for a terminal: the figures that people compare first. */
  public static String text(List<StudyResult> trainings) {
    TextTable table =
        new TextTable(
            Column.text("architecture"),
            Column.number("workers", "%d"),
            Column.number("frequency", "%d"),
            Column.number("outer", "%.2f"),
            Column.number("epochs", "%d"),
            Column.number("epoch_s", "%.1f"),
            Column.number("rounds", "%.0f"),
            Column.number("sent", "%s"),
            Column.number("spread", "%.3f"),
            Column.number("train_loss", "%.4f"),
            Column.number("val_loss", "%.4f"),
            Column.number("val_acc", "%.3f"),
            Column.number("best_mse", "%.4f"),
            Column.number("best_acc", "%.3f"),
            Column.number("best_auc", "%.3f"));
    for (StudyResult r : trainings) {
      table.row(
          r.result().architecture().name(),
          r.result().workers(),
          frequency(r),
          momentum(r),
          r.epochs().size(),
          r.epochSeconds(),
          isAveraged(r) ? r.averagingRounds() : null,
          isAveraged(r) ? Amount.ofBytes(r.averagedBytes()) : null,
          r.spread(),
          r.last().trainLoss(),
          r.last().validationLoss(),
          r.last().validationAccuracy(),
          r.result().validation().metrics().mse(),
          r.result().validation().metrics().accuracy(),
          r.result().validation().metrics().auc());
    }
    return table.render();
  }

  private static Integer frequency(StudyResult training) {
    return isAveraged(training) ? training.result().averagingFrequency() : null;
  }

  /** One worker alone has nothing to average with. */
  private static boolean isAveraged(StudyResult training) {
    return training.result().workers() > 1;
  }

  private static Double momentum(StudyResult training) {
    return training.outer().map(OuterMomentum::momentum).orElse(null);
  }
}
