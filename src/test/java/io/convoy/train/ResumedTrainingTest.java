package io.convoy.train;

import static io.convoy.train.SmallTraining.BATCH;
import static io.convoy.train.SmallTraining.HEIGHT;
import static io.convoy.train.SmallTraining.SEED;
import static io.convoy.train.SmallTraining.WIDTH;
import static io.convoy.train.SmallTraining.plan;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.convoy.averaging.WorkerPlan;
import io.convoy.dataset.Examples;
import io.convoy.dataset.Split;
import io.convoy.dataset.SyntheticExamples;
import io.convoy.modelfile.Checkpoint;
import io.convoy.network.NetworkBuilder;
import io.convoy.progress.Progress;
import io.convoy.settings.Activation;
import io.convoy.settings.Architecture;
import io.convoy.settings.Layer;
import io.convoy.settings.Loss;
import io.convoy.settings.Optimizer;
import io.convoy.spark.SharedSpark;
import io.convoy.storage.Storage;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Trainings that go on from a checkpoint. */
class ResumedTrainingTest {
  @TempDir static Path folder;

  private static Examples training;
  private final JavaSparkContext context = SharedSpark.context();

  @BeforeAll
  static void writeExamples() {
    training = SyntheticExamples.write(folder, Split.TRAIN, 100, HEIGHT, WIDTH);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void aTrainingThatGoesOnFromACheckpointWithinAnEpochEndsAsOneWithoutAStop(int workers) {
    WorkerPlan plan = new WorkerPlan(workers, 1, BATCH, 2, 1, SEED);
    SmallTraining.assertGoesOn(folder, training, () -> SmallTraining.trainer(context, plan, 0.3));
  }

  @Test
  void aModelThatIsWrittenAfterGoingOnHasTheSameBytes() {
    Trainer trainer = SmallTraining.trainer(context, plan(1, 2), 0);
    trainer.trainEpoch(training, Progress.NONE);
    trainer.trainEpoch(training, Progress.NONE);
    Checkpoint checkpoint =
        new Checkpoint(Storage.at(folder.resolve("epoch.zip").toString(), new Configuration()));
    checkpoint.write(trainer.snapshot(), new byte[0]);

    Trainer resumed = SmallTraining.trainer(context, plan(1, 2), 0);
    resumed.resume(checkpoint, trainer.state(), 1);

    assertEquals(
        trainer.network().configuration().json(), resumed.network().configuration().json());
  }

  @Test
  void aCheckpointOfAnotherNetworkIsNotTaken() {
    Checkpoint checkpoint =
        new Checkpoint(Storage.at(folder.resolve("other.zip").toString(), new Configuration()));
    checkpoint.write(SmallTraining.trainer(context, plan(1, 2), 0).snapshot(), new byte[0]);
    Architecture other =
        new Architecture(
            "other",
            List.of(new Layer.Dense(3, Activation.RELU)),
            Loss.MSE,
            new Optimizer.Sgd(0.01),
            BATCH,
            1);
    Trainer trainer =
        new Trainer(
            context,
            "other",
            NetworkBuilder.configuration(other, 2, HEIGHT, WIDTH, SEED),
            plan(1, 2));

    assertThrows(UncheckedIOException.class, () -> trainer.resume(checkpoint, trainer.state(), 1));
  }
}
