package io.convoy.job;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.convoy.plan.Workload;
import io.convoy.settings.Architecture;
import io.convoy.settings.AveragingFrequency;
import io.convoy.settings.AveragingFrequency.Stage;
import io.convoy.settings.BatchOf;
import io.convoy.settings.SettingsLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingRemarksTest {
  private static final int WORKERS = 4;
  private static final AveragingFrequency EACH = AveragingFrequency.always(1);

  @TempDir Path folder;

  private static Architecture architecture(int batch, int epochs) {
    String conf =
        "architectures.net { layers = [{ dense = 4 }], loss = cross-entropy, optimizer { name = sgd,"
            + " learning-rate = 1 }, batch = %d, epochs = %d }".formatted(batch, epochs);
    return new SettingsLoader().load(conf, "conf", Map.of()).settings().architectures().get(0);
  }

  private List<String> told(
      int workers, int batch, int epochs, int images, AveragingFrequency frequency, BatchOf of) {
    Workplace place = new Workplace(folder);
    new TrainingRemarks(place.contextWithoutSpark(), architecture(batch, epochs), 0)
        .tooFew(workers, new Workload(images, of.perWorker(batch, workers)), frequency, of);
    return place.err().lines().toList();
  }

  @Test
  void twentyAveragingsAndFiveHundredStepsAreEnough() {
    AveragingFrequency rare = AveragingFrequency.always(25);
    assertEquals(List.of(), told(WORKERS, 32, 20, 32 * WORKERS * 25, rare, BatchOf.WORKER));
  }

  @Test
  void oneWorkerIsToldNothing() {
    assertEquals(List.of(), told(1, 32, 1, 64, EACH, BatchOf.WORKER));
  }

  @Test
  void fewerAveragingsInAllAreTold() {
    AveragingFrequency rare =
        new AveragingFrequency(List.of(new Stage(2, 50), new Stage(AveragingFrequency.END, 200)));
    assertEquals(
        List.of(
            "train net: 14 averagings in all, below 20: the workers learn by themselves for the most"
                + " part; lower train.averaging-frequency"),
        told(WORKERS, 32, 12, 32 * WORKERS * 100, rare, BatchOf.WORKER));
  }

  @Test
  void fewerStepsInAllAreToldWithTheBatchThatTakesMore() {
    assertEquals(
        List.of(
            "train net: 250 steps of each worker in all, below 500: train.batch-of = all-workers takes"
                + " 4 times as many, of 8 images each"),
        told(WORKERS, 32, 10, 32 * WORKERS * 25, EACH, BatchOf.WORKER));
  }

  @Test
  void aShareOfFewerThanEightImagesIsAdvisedWithTheLearningRateOfALargerBatch() {
    assertEquals(
        List.of(
            "train net: 250 steps of each worker in all, below 500: train more epochs, or"
                + " train.batch-of = all-workers and batch = 32 with 1.41 times the learning rate"
                + " and 3 warm-up-epochs"),
        told(WORKERS, 16, 10, 16 * WORKERS * 25, EACH, BatchOf.WORKER));
  }

  @Test
  void whereMinibatchesAreSharedAlreadyMoreEpochsTakeMoreSteps() {
    assertEquals(
        List.of("train net: 250 steps of each worker in all, below 500: train more epochs"),
        told(WORKERS, 32, 10, 32 * 25, EACH, BatchOf.ALL_WORKERS));
  }

  @Test
  void aPartOfAMinibatchThatIsTooSmallIsTold() {
    assertEquals(
        List.of(
            "train net: a worker's part of a minibatch is 4 images, below 8, and takes nearly as long"
                + " as a larger one; better is batch = 32 with 1.41 times the learning rate and 3"
                + " warm-up-epochs"),
        told(WORKERS, 16, 20, 16 * 25, EACH, BatchOf.ALL_WORKERS));
  }

  @Test
  void anotherFrequencyIsToldInTheEpochThatBeginsIt() {
    TrainingRemarks remarks =
        new TrainingRemarks(new Workplace(folder).contextWithoutSpark(), architecture(32, 9), 0);
    AveragingFrequency frequency =
        new AveragingFrequency(List.of(new Stage(2, 1), new Stage(AveragingFrequency.END, 4)));
    assertEquals(
        Optional.of("epoch 1: the workers are averaged after every minibatch of each"),
        remarks.of(frequency, 1));
    assertEquals(Optional.empty(), remarks.of(frequency, 2));
    assertEquals(
        Optional.of(
            "epoch 3: the workers are averaged after every 4 minibatches of each, instead of 1"),
        remarks.of(frequency, 3));
  }
}
