package io.convoy.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.averaging.Round;
import io.convoy.evaluate.Predictions;
import io.convoy.evaluate.TemperatureScaling;
import io.convoy.settings.Architecture;
import io.convoy.settings.Loss;
import io.convoy.settings.Optimizer;
import io.convoy.settings.OuterMomentum;
import io.convoy.table.Table;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StudyTableTest {
  private static StudyResult training(int workers, Optional<OuterMomentum> outer) {
    Predictions predictions = new Predictions(2, new float[] {0.9f, 0.2f}, new int[] {1, 0});
    SplitResult validation = SplitResult.ofValidation(predictions);
    return new StudyResult(
        new ArchitectureResult(
            new Architecture("a", List.of(), Loss.MSE, new Optimizer.Sgd(0.01), 32, 2),
            123,
            456,
            100,
            2,
            1,
            workers,
            16,
            4.0,
            0.002,
            validation,
            SplitResult.ofTest(predictions, validation),
            TemperatureScaling.UNKNOWN,
            Optional.empty()),
        outer,
        List.of(
            new EpochSummary("a", 1, 0.7, 0.6, 0.5, 9.0),
            new EpochSummary("a", 2, 0.4, 0.5, 0.75, 2.0),
            new EpochSummary("a", 3, 0.3, 0.55, 0.7, 3.0)),
        List.of(round(1, 1, 9), round(3, 1, 1), round(3, 2, 2)));
  }

  private static Round round(int epoch, int round, double spread) {
    return new Round(epoch, round, 8, 2, 100, 0.5, 1.5, 1_000_000, 2_000_000, 0.1, spread);
  }

  private static Object cell(Table table, int row, String column) {
    int index = Arrays.asList(table.schema().fieldNames()).indexOf(column);
    assertTrue(index >= 0, column);
    return table.rows().get(row).get(index);
  }

  @Test
  void theColumnsAreThoseThatAreDocumented() {
    assertEquals(
        List.of(
            "architecture",
            "workers",
            "averaging_frequency",
            "outer_momentum",
            "outer_learning_rate",
            "epochs",
            "epoch_seconds",
            "averaging_rounds",
            "averaged_bytes",
            "worker_spread",
            "train_loss",
            "validation_loss",
            "validation_accuracy",
            "best_epoch",
            "best_validation_mse",
            "best_validation_accuracy",
            "best_validation_auc"),
        List.of(StudyTable.table(List.of()).schema().fieldNames()));
  }

  @Test
  void aTrainingIsToldByItsLastEpochAndItsBest() {
    Table table = StudyTable.table(List.of(training(2, Optional.of(new OuterMomentum(0.9, 0.7)))));
    assertEquals(16, cell(table, 0, "averaging_frequency"));
    assertEquals(0.9, cell(table, 0, "outer_momentum"));
    assertEquals(0.7, cell(table, 0, "outer_learning_rate"));
    assertEquals(3.0, cell(table, 0, "epoch_seconds"));
    assertEquals(1.0, cell(table, 0, "averaging_rounds"));
    assertEquals(2e6, cell(table, 0, "averaged_bytes"));
    assertEquals(1.5, cell(table, 0, "worker_spread"));
    assertEquals(0.7, cell(table, 0, "validation_accuracy"));
    assertEquals(1, cell(table, 0, "best_epoch"));
    assertEquals(1.0, cell(table, 0, "best_validation_accuracy"));
  }

  @Test
  void bytesAreToldInTheUnitThatFits() {
    String row =
        StudyTable.text(List.of(training(2, Optional.empty()))).lines().skip(2).findFirst().get();
    assertTrue(row.matches("a +2 +16 +- +3 +3\\.0 +1 +2\\.0 MB .*"), row);
  }

  @Test
  void oneWorkerAloneHasNoFrequency() {
    String[] lines = StudyTable.text(List.of(training(1, Optional.empty()))).split("\n");
    assertTrue(lines[2].matches("a +1 +- +- +3 +3\\.0 .*"), lines[2]);
  }

  @Test
  void ofOneWorkerAloneTheTerminalTellsNoAveraging() {
    String row =
        StudyTable.text(List.of(training(1, Optional.empty()))).lines().skip(2).findFirst().get();
    assertTrue(row.matches("a +1 +- +- +3 +\\S+ +- +- .*"), row);
  }
}
