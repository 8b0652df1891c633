package io.convoy.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.settings.Architecture;
import io.convoy.settings.Augmentation;
import io.convoy.settings.ClassWeights;
import io.convoy.settings.Loss;
import io.convoy.settings.Metric;
import io.convoy.settings.Optimizer;
import io.convoy.settings.Recipe;
import io.convoy.settings.Schedule;
import io.convoy.settings.Stopping;
import io.convoy.train.Standing;
import io.convoy.train.Traffic;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EpochResultsTest {
  private static final int EPOCHS = 20;
  private static final int[] LABELS = {1, 1, 0, 0};

  /** Lowest errors. */
  private static final float[] SURE = {0.9f, 0.45f, 0.1f, 0.4f};

  /** Most right answers. */
  private static final float[] RIGHT = {0.51f, 0.51f, 0.49f, 0.49f};

  private static final float[] BAD = {0.4f, 0.4f, 0.6f, 0.6f};

  private static EpochResults results(Stopping stopping, Metric best, int before, float[]... all) {
    Recipe recipe =
        new Recipe(
            new Schedule.Constant(0), 0, 0, ClassWeights.NONE, stopping, best, Augmentation.NONE);
    Architecture architecture =
        new Architecture("net", List.of(), Loss.MSE, new Optimizer.Sgd(1), 4, EPOCHS, recipe);
    EpochResults results =
        new EpochResults(architecture, before, 4, epoch -> new Traffic(2, 64, 1, 8, 8));
    results.follow(
        new TrainingNotes(
            Standing.before(1, 0),
            1,
            1,
            0,
            Arrays.stream(all)
                .map(each -> new TrainingNotes.Epoch(1, 1, each, null, null))
                .toList(),
            LABELS,
            List.of()));
    return results;
  }

  private static EpochResults patient(int patience, float[]... all) {
    return results(new Stopping.Patience(Metric.MSE, patience), Metric.LOSS, 0, all);
  }

  @ParameterizedTest
  @CsvSource({"LOSS, 2", "MSE, 2", "ACCURACY, 3", "AUC, 2", "PEARSON, 3"})
  void theMetricChoosesTheBestEpoch(Metric metric, int epoch) {
    EpochResults results = results(new Stopping.Never(), metric, 0, BAD, SURE, RIGHT, BAD);
    assertEquals(epoch, results.best().epoch());
  }

  @Test
  void ofEqualEpochsTheFirstIsTheBest() {
    EpochResults results = results(new Stopping.Never(), Metric.LOSS, 0, BAD, SURE, SURE);
    assertEquals(2, results.best().epoch());
  }

  @Test
  void theChoiceIsToldWithItsFigure() {
    assertEquals(
        "epoch 3 is kept, the best of 4 by its validation accuracy 1.0000",
        results(new Stopping.Never(), Metric.ACCURACY, 0, BAD, SURE, RIGHT, BAD).choice());
  }

  @Test
  void aSingleEpochIsNotCalledTheBest() {
    assertEquals(
        "epoch 1 is kept, the only one",
        results(new Stopping.Never(), Metric.ACCURACY, 0, SURE).choice());
  }

  @Test
  void aChoiceByPhotosOfOneClassIsWarnedOf() {
    EpochResults results =
        new EpochResults(
            new Architecture("net", List.of(), Loss.MSE, new Optimizer.Sgd(1), 4, 2),
            0,
            4,
            epoch -> new Traffic(2, 64, 1, 8, 8));
    TrainingNotes.Epoch epoch = new TrainingNotes.Epoch(1, 1, new float[] {0.1f, 0.2f}, null, null);
    results.follow(
        new TrainingNotes(
            Standing.before(1, 0), 1, 1, 0, List.of(epoch, epoch), new int[] {0, 0}, List.of()));
    assertTrue(
        results
            .choice()
            .endsWith(
                "; warning: the validation photos are of one class only, which tells nothing of the other"),
        results.choice());
  }

  @Test
  void withoutValidationImagesTheLastEpochIsKept() {
    EpochResults results =
        new EpochResults(
            new Architecture("net", List.of(), Loss.MSE, new Optimizer.Sgd(1), 4, 2),
            0,
            4,
            epoch -> new Traffic(2, 64, 1, 8, 8));
    TrainingNotes.Epoch epoch = new TrainingNotes.Epoch(1, 1, new float[0], null, null);
    results.follow(
        new TrainingNotes(
            Standing.before(1, 0), 1, 1, 0, List.of(epoch, epoch), new int[0], List.of()));
    assertEquals("epoch 2 is kept, the last", results.choice());
  }

  @Test
  void withoutPatienceTrainingGoesOn() {
    EpochResults results = results(new Stopping.Never(), Metric.LOSS, 0, SURE, BAD, BAD, BAD);
    assertEquals(Optional.empty(), results.stop());
  }

  @Test
  void trainingGoesOnWhilePatienceLasts() {
    assertEquals(Optional.empty(), patient(2).stop());
    assertEquals(Optional.empty(), patient(2, SURE).stop());
    assertEquals(Optional.empty(), patient(2, SURE, BAD).stop());
  }

  @Test
  void trainingStopsWhenPatienceEnds() {
    assertEquals(
        "stopped early, after epoch 3 of 20: the validation MSE 0.1206 of epoch 1 was not bettered in"
            + " 2 epochs",
        patient(2, SURE, BAD, BAD).stop().orElseThrow());
  }

  @Test
  void aBetterEpochBeginsPatienceAnew() {
    assertEquals(Optional.empty(), patient(2, BAD, BAD, SURE, BAD).stop());
    assertTrue(patient(2, BAD, BAD, SURE, BAD, BAD).stop().isPresent());
  }

  @Test
  void anEqualEpochIsNoBetterOne() {
    assertTrue(patient(2, SURE, SURE, SURE).stop().isPresent());
  }

  @Test
  void epochsOfASavedModelAreNumberedOnAndDoNotCount() {
    String reason =
        results(new Stopping.Patience(Metric.AUC, 1), Metric.LOSS, 5, SURE, BAD)
            .stop()
            .orElseThrow();
    assertTrue(reason.startsWith("stopped early, after epoch 7 of 25: "), reason);
    assertTrue(reason.contains(" of epoch 6 "), reason);
  }
}
