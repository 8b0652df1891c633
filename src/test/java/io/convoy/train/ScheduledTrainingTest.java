package io.convoy.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.convoy.averaging.Applied;
import io.convoy.averaging.WorkerPlan;
import io.convoy.dataset.Examples;
import io.convoy.dataset.Split;
import io.convoy.dataset.SyntheticExamples;
import io.convoy.engine.Targets;
import io.convoy.modelfile.Checkpoint;
import io.convoy.optimizer.LearningRate;
import io.convoy.progress.Progress;
import io.convoy.settings.Augmentation;
import io.convoy.settings.Mixing;
import io.convoy.settings.ProgressiveResizing;
import io.convoy.settings.Schedule;
import io.convoy.settings.TestTimeAugmentation;
import io.convoy.spark.SharedSpark;
import io.convoy.storage.Json;
import io.convoy.storage.Storage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Learning rates and weights of examples as they are applied, read from what the workers report.
 */
class ScheduledTrainingTest {
  private static final int BATCH = 8;
  private static final long SEED = 5;

  @TempDir static Path folder;

  private static Examples training;
  private final JavaSparkContext context = SharedSpark.context();

  @BeforeAll
  static void writeExamples() {
    training = SyntheticExamples.write(folder, Split.TRAIN, 100, 12, 10);
  }

  private static WorkerPlan plan(int workers) {
    return SmallTraining.plan(workers, 2);
  }

  private static TrainingOptions options(Schedule schedule, int before) {
    return new TrainingOptions(
        new LearningRate(schedule, 4),
        new Targets(0.1, List.of(0.5, 1.5)),
        Mixing.NONE,
        ProgressiveResizing.NONE,
        TestTimeAugmentation.NONE,
        0,
        before);
  }

  private Trainer trainer(WorkerPlan plan, TrainingOptions options) {
    return new Trainer(
        context, "small", SmallTraining.configuration(0.3), plan, options, Optional.empty());
  }

  /** 13 minibatches; two workers of two each a round have 4, 4, 4 and 1. */
  @ParameterizedTest
  @CsvSource({"1, 0.5, 12.5", "2, 1, 12.5"})
  void theRateOfTheScheduleIsAppliedWithinEachEpoch(int workers, double first, double last) {
    Schedule cosine = new Schedule.Cosine(1, 0.1);
    LearningRate rate = new LearningRate(cosine, 4);
    Trainer trainer = trainer(plan(workers), options(cosine, 0));
    for (int epoch = 0; epoch < 4; epoch++) {
      trainer.trainEpoch(training, Progress.NONE);
      Applied applied = trainer.applied();
      assertEquals(0.01 * rate.factor(epoch + first / 13), applied.firstRate(), 1e-12);
      assertEquals(0.01 * rate.factor(epoch + last / 13), applied.lastRate(), 1e-12);
    }
  }

  @Test
  void aScheduleOfSomeOtherShapeTrainsOtherwise() {
    Trainer constant = trainer(plan(2), options(new Schedule.Constant(0), 0));
    Trainer cosine = trainer(plan(2), options(new Schedule.Cosine(0, 0), 0));
    constant.trainEpoch(training, Progress.NONE);
    cosine.trainEpoch(training, Progress.NONE);
    assertFalse(constant.network().parameters().equals(cosine.network().parameters()));
  }

  @Test
  void aPlainRegimenAppliesTheOptimizersRateAndEvenWeights() {
    Trainer trainer = new Trainer(context, "small", SmallTraining.configuration(0), plan(2));
    trainer.trainEpoch(training, Progress.NONE);
    Applied applied = trainer.applied();
    assertEquals(0.01, applied.firstRate());
    assertEquals(0.01, applied.lastRate());
    assertEquals(1, applied.weight(0).orElseThrow());
    assertEquals(1, applied.weight(1).orElseThrow());
    assertEquals(100, applied.examples().get(0) + applied.examples().get(1));
  }

  @Test
  void theWeightsOfTheClassesAreApplied() {
    Trainer trainer = trainer(plan(2), options(new Schedule.Constant(0), 0));
    trainer.trainEpoch(training, Progress.NONE);
    assertEquals(0.5, trainer.applied().weight(0).orElseThrow());
    assertEquals(1.5, trainer.applied().weight(1).orElseThrow());
    assertEquals(100, trainer.applied().examples().stream().mapToInt(Integer::intValue).sum());
  }

  @Test
  void epochsOfAnEarlierTrainingDoNotCountInTheSchedule() {
    Trainer trainer = trainer(plan(1), options(new Schedule.Step(0, 1, 0.5), 3));
    Checkpoint checkpoint =
        new Checkpoint(Storage.at(folder.resolve("earlier.zip").toString(), new Configuration()));
    checkpoint.write(trainer.snapshot(), new byte[0]);
    trainer.resume(checkpoint, TrainingState.before(4, 39), 1);
    trainer.trainEpoch(training, Progress.NONE);
    assertEquals(0.01, trainer.applied().firstRate());
    trainer.trainEpoch(training, Progress.NONE);
    assertEquals(0.005, trainer.applied().lastRate());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void aScheduleGoesOnFromACheckpointWithinAnEpoch(int workers) {
    WorkerPlan plan = new WorkerPlan(workers, 1, BATCH, 2, 1, SEED);
    TrainingOptions options = options(new Schedule.Cosine(0.5, 0), 0);
    Trainer whole = trainer(plan, options);
    whole.trainEpoch(training, Progress.NONE);
    Trainer stopped = trainer(plan, options);
    Checkpoint checkpoint =
        new Checkpoint(
            Storage.at(folder.resolve("rate-" + workers + ".zip").toString(), new Configuration()));
    List<TrainingState> standings = new ArrayList<>();
    stopped.trainEpoch(
        training,
        Augmentation.NONE,
        Progress.NONE,
        () -> {
          if (standings.isEmpty()) {
            checkpoint.write(stopped.snapshot(), new byte[0]);
            standings.add(Json.read(Json.write(stopped.state()), TrainingState.class));
          }
        });

    Trainer resumed = trainer(plan, options);
    resumed.resume(checkpoint, standings.get(0), 2);
    resumed.trainEpoch(training, Progress.NONE);

    assertEquals(whole.applied(), resumed.applied());
    assertEquals(whole.network().parameters(), resumed.network().parameters());
  }
}
