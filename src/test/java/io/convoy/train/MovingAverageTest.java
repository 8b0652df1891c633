package io.convoy.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.convoy.averaging.WorkerPlan;
import io.convoy.dataset.Examples;
import io.convoy.dataset.Split;
import io.convoy.dataset.SyntheticExamples;
import io.convoy.modelfile.Checkpoint;
import io.convoy.progress.Progress;
import io.convoy.settings.Augmentation;
import io.convoy.spark.SharedSpark;
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
import org.junit.jupiter.params.provider.ValueSource;

/** The moving average of a network's parameters. */
class MovingAverageTest {
  private static final double DECAY = 0.75;

  @TempDir static Path folder;

  private static Examples training;
  private static Examples validation;
  private final JavaSparkContext context = SharedSpark.context();

  @BeforeAll
  static void writeExamples() {
    training = SyntheticExamples.write(folder.resolve("train"), Split.TRAIN, 100, 12, 10);
    validation =
        SyntheticExamples.write(folder.resolve("validation"), Split.VALIDATION, 40, 12, 10);
  }

  private static TrainingOptions options(double decay, int before) {
    TrainingOptions plain = TrainingOptions.PLAIN;
    return new TrainingOptions(
        plain.rate(),
        plain.targets(),
        plain.mixing(),
        plain.resizing(),
        plain.testTime(),
        decay,
        before);
  }

  private Trainer trainer(int workers, TrainingOptions options) {
    return new Trainer(
        context,
        "small",
        SmallTraining.configuration(0.3),
        new WorkerPlan(workers, 1, 8, 2, 1, 5),
        options,
        Optional.empty());
  }

  private static float[] parameters(Trainer trainer) {
    return trainer.network().parameters().toFloatVector();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void itIsTheRunningMeanOfTheFirstEpochsAndThenDecays(int workers) {
    Trainer trainer = trainer(workers, options(DECAY, 0));
    double[] expected = new double[parameters(trainer).length];
    double[] moved = {1, 1 / 2.0, 1 / 3.0, 1 / 4.0, 1 / 4.0, 1 / 4.0};
    for (double share : moved) {
      trainer.trainEpoch(training, Progress.NONE);
      float[] now = parameters(trainer);
      for (int i = 0; i < now.length; i++) {
        expected[i] += share * (now[i] - expected[i]);
      }
      float[] average = trainer.predicting().parameters().toFloatVector();
      for (int i = 0; i < now.length; i++) {
        assertEquals(expected[i], average[i], 1e-6);
      }
    }
  }

  @Test
  void trainingIsTheSameWithIt() {
    Trainer with = trainer(2, options(DECAY, 0));
    Trainer without = trainer(2, options(0, 0));
    for (int epoch = 0; epoch < 2; epoch++) {
      with.trainEpoch(training, Progress.NONE);
      without.trainEpoch(training, Progress.NONE);
    }
    assertArrayEquals(parameters(without), parameters(with));
    assertSame(without.network(), without.predicting());
  }

  @Test
  void theAverageIsEvaluated() {
    Trainer trainer = trainer(1, options(DECAY, 0));
    trainer.trainEpoch(training, Progress.NONE);
    trainer.trainEpoch(training, Progress.NONE);
    float[] evaluated = trainer.evaluate(validation).predictions().probabilities();
    Trainer of = trainer(1, options(0, 0));
    of.begin(trainer.predicting().parameters());
    assertArrayEquals(of.evaluate(validation).predictions().probabilities(), evaluated);
  }

  @Test
  void epochsOfAnEarlierTrainingDoNotCount() {
    Trainer trainer = trainer(1, options(DECAY, 3));
    Checkpoint earlier = checkpoint("earlier.zip");
    earlier.write(trainer(1, options(DECAY, 0)).snapshot(), new byte[0]);
    trainer.resume(earlier, TrainingState.before(4, 39), 1);
    trainer.trainEpoch(training, Progress.NONE);
    assertArrayEquals(
        parameters(trainer), trainer.predicting().parameters().toFloatVector(), 1e-7f);
  }

  @Test
  void itGoesOnFromACheckpointWithinAnEpoch() {
    Trainer whole = trainer(2, options(DECAY, 0));
    Trainer stopped = trainer(2, options(DECAY, 0));
    whole.trainEpoch(training, Progress.NONE);
    stopped.trainEpoch(training, Progress.NONE);
    whole.trainEpoch(training, Progress.NONE);
    Checkpoint checkpoint = checkpoint("stopped.zip");
    List<TrainingState> states = new ArrayList<>();
    stopped.trainEpoch(
        training,
        Augmentation.NONE,
        Progress.NONE,
        () -> {
          if (states.isEmpty()) {
            checkpoint.write(stopped.snapshot(), new byte[0]);
            states.add(stopped.state());
          }
        });
    Trainer resumed = trainer(2, options(DECAY, 0));
    resumed.resume(checkpoint, states.get(0), 2);
    resumed.trainEpoch(training, Progress.NONE);
    assertArrayEquals(
        whole.predicting().parameters().toFloatVector(),
        resumed.predicting().parameters().toFloatVector());
  }

  private static Checkpoint checkpoint(String name) {
    return new Checkpoint(Storage.at(folder.resolve(name).toString(), new Configuration()));
  }
}
