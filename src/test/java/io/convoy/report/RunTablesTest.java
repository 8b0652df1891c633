package io.convoy.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.averaging.Applied;
import io.convoy.averaging.Round;
import io.convoy.evaluate.Estimate;
import io.convoy.evaluate.Predictions;
import io.convoy.evaluate.RepeatedMetric;
import io.convoy.evaluate.SplitMetrics;
import io.convoy.evaluate.TemperatureScaling;
import io.convoy.evaluate.ThresholdSweep;
import io.convoy.settings.Architecture;
import io.convoy.settings.Loss;
import io.convoy.settings.Optimizer;
import io.convoy.table.Table;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunTablesTest {
  /** Two cats and two dogs; at 0.5 three are right, at 0.6 and 0.7 all are. */
  private static final Predictions VALIDATION =
      new Predictions(2, new float[] {0.9f, 0.75f, 0.55f, 0.1f}, new int[] {1, 1, 0, 0});

  /** At the threshold of the validation split, 0.6, two of three are right; at 0.5 all are. */
  private static final Predictions TEST =
      new Predictions(2, new float[] {0.9f, 0.55f, 0.2f}, new int[] {1, 1, 0});

  private static final Predictions NONE = Predictions.none(2);

  private static final List<String> CLASSES = List.of("dog", "cat");

  private static ArchitectureResult result(String name, Predictions validation, Predictions test) {
    SplitResult validated = SplitResult.ofValidation(validation);
    return new ArchitectureResult(
        new Architecture(name, List.of(), Loss.MSE, new Optimizer.Sgd(0.01), 32, 5),
        123,
        456,
        100,
        5,
        3,
        2,
        16,
        4.0,
        0.002,
        validated,
        SplitResult.ofTest(test, validated),
        TemperatureScaling.UNKNOWN,
        Optional.empty());
  }

  private static Object cell(Table table, int row, String column) {
    int index = Arrays.asList(table.schema().fieldNames()).indexOf(column);
    assertTrue(index >= 0, column + " in " + Arrays.toString(table.schema().fieldNames()));
    return table.rows().get(row).get(index);
  }

  @Test
  void theColumnsOfMetricsAreThoseThatAreDocumented() {
    assertEquals(
        List.of(
            "architecture",
            "parameters",
            "model_bytes",
            "train_images",
            "validation_images",
            "test_images",
            "epochs",
            "best_epoch",
            "batch",
            "learning_rate",
            "workers",
            "averaging_frequency",
            "epoch_seconds",
            "images_per_second",
            "validation_mse",
            "validation_cross_entropy",
            "validation_pearson_r",
            "validation_accuracy",
            "validation_best_threshold",
            "validation_best_threshold_accuracy",
            "validation_auc",
            "validation_mean_prediction",
            "validation_mean_prediction_positive",
            "validation_mean_prediction_negative",
            "test_mse",
            "test_cross_entropy",
            "test_pearson_r",
            "test_accuracy",
            "test_best_threshold",
            "test_best_threshold_accuracy",
            "test_auc",
            "test_mean_prediction",
            "test_mean_prediction_positive",
            "test_mean_prediction_negative",
            "inference_seconds_per_image",
            "validation_verdict",
            "validation_accuracy_low",
            "validation_accuracy_high",
            "validation_auc_low",
            "validation_auc_high",
            "validation_constant_mse",
            "validation_mse_against_constant",
            "validation_mse_against_constant_low",
            "validation_mse_against_constant_high",
            "test_verdict",
            "test_accuracy_low",
            "test_accuracy_high",
            "test_auc_low",
            "test_auc_high",
            "test_constant_mse",
            "test_mse_against_constant",
            "test_mse_against_constant_low",
            "test_mse_against_constant_high",
            "validation_brier",
            "validation_top5",
            "validation_macro_precision",
            "validation_macro_recall",
            "validation_macro_f1",
            "validation_micro_precision",
            "validation_micro_recall",
            "validation_micro_f1",
            "validation_mcc",
            "validation_ece",
            "test_brier",
            "test_top5",
            "test_macro_precision",
            "test_macro_recall",
            "test_macro_f1",
            "test_micro_precision",
            "test_micro_recall",
            "test_micro_f1",
            "test_mcc",
            "test_ece",
            "validation_mse_low",
            "validation_mse_high",
            "validation_cross_entropy_low",
            "validation_cross_entropy_high",
            "validation_pearson_r_low",
            "validation_pearson_r_high",
            "validation_mean_prediction_low",
            "validation_mean_prediction_high",
            "validation_mean_prediction_positive_low",
            "validation_mean_prediction_positive_high",
            "validation_mean_prediction_negative_low",
            "validation_mean_prediction_negative_high",
            "validation_brier_low",
            "validation_brier_high",
            "validation_macro_precision_low",
            "validation_macro_precision_high",
            "validation_macro_recall_low",
            "validation_macro_recall_high",
            "validation_macro_f1_low",
            "validation_macro_f1_high",
            "validation_mcc_low",
            "validation_mcc_high",
            "validation_ece_low",
            "validation_ece_high",
            "validation_best_threshold_accuracy_low",
            "validation_best_threshold_accuracy_high",
            "validation_top5_low",
            "validation_top5_high",
            "test_mse_low",
            "test_mse_high",
            "test_cross_entropy_low",
            "test_cross_entropy_high",
            "test_pearson_r_low",
            "test_pearson_r_high",
            "test_mean_prediction_low",
            "test_mean_prediction_high",
            "test_mean_prediction_positive_low",
            "test_mean_prediction_positive_high",
            "test_mean_prediction_negative_low",
            "test_mean_prediction_negative_high",
            "test_brier_low",
            "test_brier_high",
            "test_macro_precision_low",
            "test_macro_precision_high",
            "test_macro_recall_low",
            "test_macro_recall_high",
            "test_macro_f1_low",
            "test_macro_f1_high",
            "test_mcc_low",
            "test_mcc_high",
            "test_ece_low",
            "test_ece_high",
            "test_best_threshold_accuracy_low",
            "test_best_threshold_accuracy_high",
            "test_top5_low",
            "test_top5_high",
            "temperature",
            "validation_ece_before_scaling",
            "validation_ece_after_scaling",
            "test_ece_before_scaling",
            "test_ece_after_scaling",
            "failure",
            "remark"),
        List.of(new MetricsTable(CLASSES).of(List.of()).schema().fieldNames()));
  }

  @Test
  void theBestThresholdIsChosenOnValidationAndReportedOnTest() {
    Table metrics = new MetricsTable(CLASSES).of(List.of(result("a", VALIDATION, TEST)));
    assertEquals(0.6, cell(metrics, 0, "validation_best_threshold"));
    assertEquals(1.0, cell(metrics, 0, "validation_best_threshold_accuracy"));
    assertEquals(0.6, cell(metrics, 0, "test_best_threshold"));
    assertEquals(2 / 3.0, (double) cell(metrics, 0, "test_best_threshold_accuracy"), 1e-12);
    assertEquals(1.0, cell(metrics, 0, "test_accuracy"));
  }

  @Test
  void aSplitWithoutImagesLeavesItsColumnsEmpty() {
    Table metrics = new MetricsTable(CLASSES).of(List.of(result("a", VALIDATION, NONE)));
    assertEquals(0L, cell(metrics, 0, "test_images"));
    for (String column : metrics.schema().fieldNames()) {
      if (column.startsWith("test_") && !List.of("test_images", "test_verdict").contains(column)) {
        assertNull(cell(metrics, 0, column), column);
      }
    }
  }

  @Test
  void metricsHaveTheirIntervalsAndAVerdict() {
    Table metrics = new MetricsTable(CLASSES).of(List.of(result("a", VALIDATION, NONE)));
    assertEquals("not_told_apart", cell(metrics, 0, "validation_verdict"));
    assertEquals(
        "cannot be told apart from a constant answer on 4 photos: AUC 1.000 (95 % interval 0.386 to"
            + " 1.000)",
        cell(metrics, 0, "remark"));
    assertEquals(0.25, cell(metrics, 0, "validation_constant_mse"));
    assertTrue((double) cell(metrics, 0, "validation_accuracy_low") < 0.75);
    assertTrue((double) cell(metrics, 0, "validation_accuracy_high") > 0.75);
    assertEquals("unmeasured", cell(metrics, 0, "test_verdict"));
    assertEquals(0.002, cell(metrics, 0, "inference_seconds_per_image"));
  }

  @Test
  void theLowestValidationErrorComesFirstAndTheDivergedLast() {
    Predictions worse = new Predictions(2, new float[] {0.4f, 0.6f}, new int[] {1, 0});
    Predictions diverged = new Predictions(2, new float[] {Float.NaN, 0.6f}, new int[] {1, 0});
    Table metrics =
        new MetricsTable(CLASSES)
            .of(
                List.of(
                    result("diverged", diverged, NONE),
                    result("worse", worse, NONE),
                    result("better", VALIDATION, NONE)));
    assertEquals(
        List.of("better", "worse", "diverged"),
        metrics.rows().stream().map(row -> row.getString(0)).toList());
  }

  @Test
  void theLossOfADivergedNetworkIsEmpty() {
    Table epochs =
        new EpochTable(CLASSES)
            .of(
                List.of(
                    new EpochResult(
                        "a",
                        1,
                        Double.NaN,
                        null,
                        SplitMetrics.of(NONE),
                        Optional.empty(),
                        1,
                        0.5,
                        4.0,
                        25.0,
                        1,
                        8,
                        8,
                        64,
                        Applied.NOTHING)));
    assertNull(cell(epochs, 0, "train_loss"));
  }

  @Test
  void thresholdsHaveNineRowsForEachSplitThatHasImages() {
    Table thresholds =
        new ThresholdTable(CLASSES)
            .of(List.of(result("a", VALIDATION, TEST), result("b", VALIDATION, NONE)));
    assertEquals(27, thresholds.rows().size());
    assertEquals(0.1, cell(thresholds, 0, "threshold"));
    assertEquals(0.9, cell(thresholds, 8, "threshold"));
    assertEquals("test", cell(thresholds, 9, "split"));
  }

  @Test
  void epochsCarryLossAndTheMetricsOfValidation() {
    Table epochs =
        new EpochTable(CLASSES)
            .of(
                List.of(
                    new EpochResult(
                        "a",
                        2,
                        0.3,
                        0.4,
                        SplitMetrics.of(VALIDATION),
                        ThresholdSweep.of(VALIDATION.oneVsRest(1)).best(),
                        1,
                        0.5,
                        4.0,
                        25.0,
                        3,
                        800,
                        1600,
                        20,
                        new Applied(1e-4, 2e-5, List.of(1.0, 6.0), List.of(2, 4)))));
    assertEquals(2, cell(epochs, 0, "epoch"));
    assertEquals(0.3, cell(epochs, 0, "train_loss"));
    assertEquals(0.4, cell(epochs, 0, "validation_loss"));
    assertEquals(0.75, cell(epochs, 0, "validation_accuracy"));
    assertEquals(4.0, cell(epochs, 0, "epoch_seconds"));
    assertEquals(3, cell(epochs, 0, "averaging_rounds"));
    assertEquals(800L, cell(epochs, 0, "broadcast_bytes"));
    assertEquals(1600L, cell(epochs, 0, "averaged_bytes"));
    assertEquals(20, cell(epochs, 0, "averaging_frequency"));
    assertEquals(1e-4, cell(epochs, 0, "first_learning_rate"));
    assertEquals(2e-5, cell(epochs, 0, "last_learning_rate"));
    assertEquals(Map.of("dog", 0.5f, "cat", 1.5f), cell(epochs, 0, "example_weights"));
  }

  @Test
  void theColumnsOfRoundsAreThoseThatAreDocumented() {
    assertEquals(
        List.of(
            "architecture",
            "epoch",
            "round",
            "minibatches_per_worker",
            "workers",
            "examples",
            "train_loss",
            "round_seconds",
            "broadcast_bytes",
            "averaged_bytes",
            "update_norm",
            "worker_spread"),
        List.of(new RoundTable().of(Map.of()).schema().fieldNames()));
  }

  @Test
  void roundsTellWhatEachAveragingDid() {
    Round round = new Round(2, 3, 8, 4, 1000, 0.5, 1.5, 800, 3200, 0.25, Double.NaN);
    Table rounds = new RoundTable().of(Map.of("a", List.of(round)));
    assertEquals("a", cell(rounds, 0, "architecture"));
    assertEquals(2, cell(rounds, 0, "epoch"));
    assertEquals(3, cell(rounds, 0, "round"));
    assertEquals(8, cell(rounds, 0, "minibatches_per_worker"));
    assertEquals(4, cell(rounds, 0, "workers"));
    assertEquals(1000, cell(rounds, 0, "examples"));
    assertEquals(0.5, cell(rounds, 0, "train_loss"));
    assertEquals(1.5, cell(rounds, 0, "round_seconds"));
    assertEquals(800L, cell(rounds, 0, "broadcast_bytes"));
    assertEquals(3200L, cell(rounds, 0, "averaged_bytes"));
    assertEquals(0.25, cell(rounds, 0, "update_norm"));
    assertNull(cell(rounds, 0, "worker_spread"));
  }

  /** Of two photos only the first network's second is right. */
  @Test
  void comparisonsHaveARowForEachSplitMetricAndPairTheValidationSplitFirst() {
    Predictions worse = new Predictions(2, new float[] {0.9f, 0.45f, 0.2f}, TEST.labels());
    Map<String, Predictions> validation = new LinkedHashMap<>();
    validation.put("a", VALIDATION);
    validation.put("b", VALIDATION);
    Map<String, Predictions> test = new LinkedHashMap<>();
    test.put("a", TEST);
    test.put("b", worse);

    Table comparisons = new ComparisonTable().of(validation, test);

    assertEquals(8, comparisons.rows().size());
    assertEquals("validation", cell(comparisons, 3, "split"));
    assertEquals("a", cell(comparisons, 4, "architecture"));
    assertEquals("b", cell(comparisons, 4, "other"));
    assertEquals("test", cell(comparisons, 4, "split"));
    assertEquals("accuracy", cell(comparisons, 4, "metric"));
    assertEquals(1 / 3.0, (double) cell(comparisons, 4, "difference"), 1e-12);
    assertEquals(1.0, cell(comparisons, 4, "p"));
    assertEquals(1.0, cell(comparisons, 4, "adjusted_p"));
    assertEquals("auc", cell(comparisons, 5, "metric"));
    assertEquals(0.0, cell(comparisons, 5, "low"));
    assertEquals(0.0, cell(comparisons, 5, "high"));
  }

  @Test
  void oneNetworkIsComparedWithNone() {
    Map<String, Predictions> one = Map.of("a", TEST);
    assertEquals(List.of(), new ComparisonTable().of(one, one).rows());
  }

  @Test
  void repeatsAreATextTableForATerminal() {
    assertEquals(
        """
        architecture  split  metric    repeats    mean  spread     low    high
        ------------  -----  --------  -------  ------  ------  ------  ------
        conv24        test   accuracy        3  0.8125  0.0210  0.7812  0.8437

        """,
        RepeatTable.text(
            List.of(
                new RepeatTable.Repeated(
                    "conv24",
                    "test",
                    new RepeatedMetric(
                        "accuracy", 3, 0.021, new Estimate(0.8125, 0.78124, 0.84372))))));
  }

  @Test
  void withoutRepeatsThereIsNoText() {
    assertEquals("", RepeatTable.text(List.of()));
  }
}
