package io.convoy.job;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.evaluate.Predictions;
import io.convoy.settings.Architecture;
import io.convoy.settings.Loss;
import io.convoy.settings.Metric;
import io.convoy.settings.Optimizer;
import io.convoy.settings.ProbabilityCalibration;
import io.convoy.settings.ProgressiveResizing;
import io.convoy.settings.Recipe;
import io.convoy.settings.Recipes;
import io.convoy.settings.Stopping;
import io.convoy.storage.Json;
import io.convoy.train.Evaluation;
import io.convoy.train.Traffic;
import io.convoy.train.TrainingState;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
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
    return results(stopping, best, ProgressiveResizing.NONE, before, all);
  }

  private static EpochResults results(
      Stopping stopping, Metric best, ProgressiveResizing resizing, int before, float[]... all) {
    Recipe recipe = Recipes.plain().stopping(stopping).best(best).resizing(resizing).recipe();
    Architecture architecture =
        new Architecture("net", List.of(), Loss.MSE, new Optimizer.Sgd(1), 4, EPOCHS, recipe);
    EpochResults results = results(architecture, before);
    results.follow(
        new TrainingNotes(
            TrainingState.before(1, 0),
            1,
            1,
            0,
            Arrays.stream(all).map(each -> epoch(each, LABELS)).toList(),
            LABELS,
            List.of(),
            2,
            0));
    return results;
  }

  private static TrainingNotes.Epoch epoch(float[] probabilities, int[] labels) {
    return TrainingNotes.Epoch.of(
        1,
        1,
        new Evaluation(new Predictions(2, probabilities, labels), null),
        null,
        ProbabilityCalibration.NONE);
  }

  private static EpochResults results(Architecture architecture, int before) {
    return new EpochResults(architecture, before, 4, epoch -> new Traffic(2, 64, 1, 8, 8));
  }

  private static EpochResults results() {
    return results(new Architecture("net", List.of(), Loss.MSE, new Optimizer.Sgd(1), 4, 2), 0);
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

  @ParameterizedTest
  @CsvSource({"0, 11, false", "0, 12, true", "3, 11, false", "3, 12, true"})
  void epochsWhoseImagesStillGrowDoNotEndTheTraining(int before, int epochs, boolean ends) {
    float[][] all = new float[epochs][];
    Arrays.fill(all, BAD);
    all[1] = SURE;
    EpochResults results =
        results(
            new Stopping.Patience(Metric.MSE, 2),
            Metric.LOSS,
            new ProgressiveResizing(0.5, 1, 0.5),
            before,
            all);
    assertEquals(ends, results.stop().isPresent());
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
    EpochResults results = results();
    TrainingNotes.Epoch epoch = epoch(new float[] {0.1f, 0.2f}, new int[] {0, 0});
    results.follow(
        new TrainingNotes(
            TrainingState.before(1, 0),
            1,
            1,
            0,
            List.of(epoch, epoch),
            new int[] {0, 0},
            List.of(),
            2,
            0));
    assertTrue(
        results
            .choice()
            .endsWith(
                "; warning: the validation photos are of one class only, which tells nothing of the other"),
        results.choice());
  }

  @Test
  void withoutValidationImagesTheLastEpochIsKept() {
    EpochResults results = results();
    TrainingNotes.Epoch epoch = epoch(new float[0], new int[0]);
    results.follow(
        new TrainingNotes(
            TrainingState.before(1, 0),
            1,
            1,
            0,
            List.of(epoch, epoch),
            new int[0],
            List.of(),
            2,
            0));
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

  @Test
  void ofAllButTheBestEpochTheNotesKeepTheMetricsAlone() {
    TrainingNotes notes = trained(results(), 5);

    assertEquals(
        List.of(false, true, false, false, false),
        notes.epochs().stream().map(epoch -> epoch.validation() != null).toList());
    assertEquals(5, notes.epochs().stream().map(TrainingNotes.Epoch::metrics).distinct().count());
  }

  @Test
  void theNotesOfThirtyEpochsAreHardlyLongerThanThoseOfThree() {
    int three = Json.write(trained(results(), 3)).length;
    int thirty = Json.write(trained(results(), 30)).length;

    assertTrue(thirty < 1.5 * three, three + " bytes after 3 epochs, " + thirty + " after 30");
  }

  @Test
  void aTrainingThatGoesOnHasTheResultsOfOneWithoutAStop() {
    EpochResults whole = results();
    TrainingNotes notes = trained(whole, 5);
    EpochResults resumed = results();

    TrainingNotes read = resumed.follow(Json.read(Json.write(notes), TrainingNotes.class));

    assertEquals(whole.all(), resumed.all());
    assertEquals(2, resumed.best().epoch());
    assertArrayEquals(
        probabilities(2).probabilities(), resumed.bestValidation(read).probabilities());
  }

  @Test
  void aTrainingOfManyClassesThatGoesOnHasTheResultsOfOneWithoutAStop() {
    EpochResults whole = results();
    float[] probabilities = {0.5f, 0.25f, 0.25f, 0.25f, 0.5f, 0.25f, 0.125f, 0.125f, 0.75f};
    int[] labels = {0, 1, 1};
    TrainingNotes notes =
        whole.follow(
            new TrainingNotes(
                    TrainingState.before(1, 0), 1, 1, 0, List.of(), new int[0], List.of(), 3, 0)
                .after(
                    TrainingState.before(2, 1),
                    TrainingNotes.Epoch.of(
                        1,
                        1,
                        new Evaluation(new Predictions(3, probabilities, labels), null),
                        null,
                        ProbabilityCalibration.NONE),
                    labels,
                    List.of()));
    EpochResults resumed = results();

    TrainingNotes read = Json.read(Json.write(notes), TrainingNotes.class);

    assertTrue(read.areWhole());
    resumed.follow(read);
    assertEquals(whole.all(), resumed.all());
    assertEquals(3, resumed.bestValidation(read).classes());
    assertArrayEquals(probabilities, resumed.bestValidation(read).probabilities());
    assertEquals(2 / 3.0, resumed.best().validation().accuracy(), 1e-12);
  }

  @Test
  void notesOfAnOlderConvoyWithTheProbabilitiesOfAllEpochsHaveTheSameResults() {
    EpochResults whole = results();
    trained(whole, 5);
    StringBuilder epochs = new StringBuilder();
    for (int number = 1; number <= 5; number++) {
      epochs
          .append(number == 1 ? "" : ",")
          .append("{\"trainLoss\": 1, \"seconds\": 1, \"validation\": ")
          .append(Arrays.toString(probabilities(number).probabilities()))
          .append("}");
    }
    String json =
        """
        {"standing": {"epoch": 6, "minibatches": 0, "iterations": 5, "lossSum": 0},
        "workers": 1, "threads": 1, "partSeconds": 0, "epochs": [%s], "labels": %s}
        """
            .formatted(epochs, Arrays.toString(probabilities(1).labels()));
    TrainingNotes older = Json.read(json.getBytes(StandardCharsets.UTF_8), TrainingNotes.class);
    EpochResults resumed = results();

    assertTrue(older.areWhole());
    TrainingNotes notes = resumed.follow(older);

    assertEquals(whole.all(), resumed.all());
    assertEquals(
        5,
        resumed.follow(notes).epochs().stream()
            .map(TrainingNotes.Epoch::metrics)
            .distinct()
            .count());
    assertArrayEquals(
        probabilities(2).probabilities(), resumed.bestValidation(notes).probabilities());
  }

  @Test
  void notesAreWrittenWithTheNamesThatAnOlderConvoyReads() {
    String json = new String(Json.write(trained(results(), 1)), StandardCharsets.UTF_8);

    assertEquals("{\"standing\":{\"epoch\":2,", json.replaceAll("\\s", "").substring(0, 23));
  }

  /** Notes after some epochs, of which the second is the best. */
  private static TrainingNotes trained(EpochResults results, int epochs) {
    TrainingNotes notes =
        new TrainingNotes(
            TrainingState.before(1, 0), 1, 1, 0, List.of(), new int[0], List.of(), 2, 0);
    for (int number = 1; number <= epochs; number++) {
      Predictions predictions = probabilities(number);
      notes =
          results.follow(
              notes.after(
                  TrainingState.before(number + 1, number),
                  epoch(predictions.probabilities(), predictions.labels()),
                  predictions.labels(),
                  List.of()));
    }
    return notes;
  }

  /** Of 5,000 images; the smaller the number, the better, but that 1 is the worst. */
  private static Predictions probabilities(int number) {
    float[] probabilities = new float[5000];
    int[] labels = new int[probabilities.length];
    Random random = new Random(number);
    float error = number == 1 ? 1 : 0.5f + number / 100f;
    for (int i = 0; i < labels.length; i++) {
      labels[i] = i % 2;
      float wrong = error * random.nextFloat();
      probabilities[i] = labels[i] == 1 ? 1 - wrong : wrong;
    }
    return new Predictions(2, probabilities, labels);
  }
}
