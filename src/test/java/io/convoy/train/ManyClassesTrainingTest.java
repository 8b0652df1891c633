package io.convoy.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.averaging.WorkerPlan;
import io.convoy.dataset.Examples;
import io.convoy.dataset.Shard;
import io.convoy.dataset.Split;
import io.convoy.dataset.SyntheticExamples;
import io.convoy.engine.Targets;
import io.convoy.modelfile.Checkpoint;
import io.convoy.network.NetworkBuilder;
import io.convoy.progress.Progress;
import io.convoy.settings.Activation;
import io.convoy.settings.Architecture;
import io.convoy.settings.Augmentation;
import io.convoy.settings.Layer;
import io.convoy.settings.Loss;
import io.convoy.settings.Mixing;
import io.convoy.settings.Optimizer;
import io.convoy.settings.ProgressiveResizing;
import io.convoy.settings.TestTimeAugmentation;
import io.convoy.spark.SharedSpark;
import io.convoy.storage.Storage;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ManyClassesTrainingTest {
  private static final Shard.RecordLayout LAYOUT = new Shard.RecordLayout(6, 5, 300);
  private static final Shard.RecordLayout FEW = new Shard.RecordLayout(6, 5, 4);
  private static final long SEED = 5;

  @TempDir static Path folder;

  private static Examples training;
  private static Examples validation;

  @BeforeAll
  static void writeExamples() {
    training = SyntheticExamples.write(folder, Split.TRAIN, 96, FEW);
    validation = SyntheticExamples.write(folder, Split.VALIDATION, 40, FEW);
  }

  private static Trainer trainer(
      Loss loss, Optimizer optimizer, Targets targets, int classes, WorkerPlan plan) {
    Architecture architecture =
        new Architecture(
            "small",
            List.of(new Layer.Dense(12, Activation.RELU)),
            loss,
            optimizer,
            plan.batch(),
            1);
    return new Trainer(
        SharedSpark.context(),
        "small",
        NetworkBuilder.configuration(architecture, classes, FEW.height(), FEW.width(), SEED),
        plan,
        new TrainingOptions(
            TrainingOptions.PLAIN.rate(),
            targets,
            Mixing.NONE,
            ProgressiveResizing.NONE,
            TestTimeAugmentation.NONE,
            0,
            0),
        Optional.empty());
  }

  private static WorkerPlan plan(int workers, int batch) {
    return new WorkerPlan(workers, 1, batch, 1, 1, SEED);
  }

  @ParameterizedTest
  @EnumSource(Loss.class)
  void twoWorkersThatShareEachMinibatchTakeTheGradientStepsOfOne(Loss loss) {
    Targets targets = new Targets(0.1, List.of());
    Trainer one = trainer(loss, new Optimizer.Sgd(0.1), targets, 4, plan(1, 8));
    Trainer two = trainer(loss, new Optimizer.Sgd(0.1), targets, 4, plan(2, 4));
    one.trainEpoch(training, Progress.NONE);
    two.trainEpoch(training, Progress.NONE);
    assertArrayEquals(
        one.network().parameters().toDoubleVector(),
        two.network().parameters().toDoubleVector(),
        1e-6);
  }

  @ParameterizedTest
  @EnumSource(Loss.class)
  void whatWasLearnedHoldsOnOtherExamples(Loss loss) {
    Trainer trainer =
        trainer(loss, new Optimizer.Adam(0.01, 0.9, 0.999, 1e-8), Targets.PLAIN, 4, plan(1, 8));
    double first = trainer.trainEpoch(training, Progress.NONE);
    double last = first;
    for (int epoch = 2; epoch <= 15; epoch++) {
      last = trainer.trainEpoch(training, Progress.NONE);
    }
    assertTrue(last < first * 0.7, first + " to " + last);
  }

  @Test
  void aTrainingWithWeightsGoesOnFromACheckpointAsWithoutAStop() {
    Targets targets = new Targets(0.1, List.of(0.5, 1.0, 1.5, 1.0));
    Optimizer adam = new Optimizer.Adam(0.01, 0.9, 0.999, 1e-8);
    Trainer whole = trainer(Loss.CROSS_ENTROPY, adam, targets, 4, plan(2, 4));
    Checkpoint checkpoint =
        new Checkpoint(
            Storage.at(folder.resolve("checkpoint.zip").toUri().toString(), new Configuration()));
    TrainingState[] kept = {null};
    Runnable keep =
        () -> {
          if (kept[0] == null) {
            checkpoint.write(whole.snapshot(), new byte[0]);
            kept[0] = whole.state();
          }
        };
    double loss = whole.trainEpoch(training, Augmentation.NONE, Progress.NONE, keep);

    Trainer resumed = trainer(Loss.CROSS_ENTROPY, adam, targets, 4, plan(2, 4));
    resumed.resume(checkpoint, kept[0], 2);
    assertEquals(loss, resumed.trainEpoch(training, Progress.NONE), 1e-9);
    assertArrayEquals(
        whole.network().parameters().toDoubleVector(),
        resumed.network().parameters().toDoubleVector());
    assertEquals(whole.applied(), resumed.applied());
    assertEquals(1.5, whole.applied().weight(2).orElseThrow(), 1e-6);
  }

  @Test
  void labelsBeyondOneByteReachTheNetwork() {
    Examples many =
        SyntheticExamples.write(folder.resolve("many"), Split.TRAIN, LAYOUT.classes(), LAYOUT);
    Trainer trainer =
        trainer(Loss.CROSS_ENTROPY, new Optimizer.Sgd(0.1), Targets.PLAIN, 300, plan(1, 30));
    trainer.trainEpoch(many, Progress.NONE);
    assertEquals(Optional.of(1.0), trainer.applied().weight(299));
  }
}
