package io.convoy.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.convoy.averaging.Round;
import io.convoy.averaging.RunningStatistics;
import io.convoy.averaging.WorkerPlan;
import io.convoy.dataset.Examples;
import io.convoy.dataset.Split;
import io.convoy.dataset.SyntheticExamples;
import io.convoy.engine.Targets;
import io.convoy.modelfile.Checkpoint;
import io.convoy.network.NetworkBuilder;
import io.convoy.onednn.OneDnn;
import io.convoy.optimizer.LearningRate;
import io.convoy.progress.Progress;
import io.convoy.settings.Activation;
import io.convoy.settings.Architecture;
import io.convoy.settings.AveragingFrequency;
import io.convoy.settings.AveragingFrequency.Stage;
import io.convoy.settings.BatchOf;
import io.convoy.settings.Layer;
import io.convoy.settings.Loss;
import io.convoy.settings.Optimizer;
import io.convoy.settings.Padding;
import io.convoy.settings.PoolingKind;
import io.convoy.settings.Precision;
import io.convoy.settings.Recipe;
import io.convoy.settings.Recipes;
import io.convoy.settings.Schedule;
import io.convoy.settings.UpdaterState;
import io.convoy.spark.SharedSpark;
import io.convoy.storage.Storage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Workers that share each minibatch, and so average gradients: what they promise beyond others. */
class GradientAveragingTest {
  /** Outputs of a dense layer whose gradient is fewer numbers than its factors. */
  private static final int NARROW = 8;

  /** Outputs of one whose gradient is many times as many. */
  private static final int WIDE = 400;

  @TempDir static Path folder;

  private static Examples training;
  private final JavaSparkContext context = SharedSpark.context();

  @BeforeAll
  static void writeExamples() {
    training =
        SyntheticExamples.write(
            folder, Split.TRAIN, 100, SmallTraining.HEIGHT, SmallTraining.WIDTH);
  }

  /** Neither dropout nor batch normalisation: of these each worker has its own. */
  @ParameterizedTest
  @ValueSource(ints = {2, 4})
  void workersThatShareEachMinibatchAreOneWorkersAdamUpToRounding(int workers) {
    assertAreOne(
        adam(SmallTraining.plan(1, 1), List.of()),
        adam(shared(workers, AveragingFrequency.always(1), 0), List.of()));
  }

  /** The last minibatch leaves some workers fewer images than others, or none. */
  @ParameterizedTest
  @ValueSource(ints = {2, 4, 8})
  void workersThatSendTheFactorsOfAWideLayerAreOneWorkersAdamUpToRounding(int workers) {
    Trainer several = dense(shared(workers, AveragingFrequency.always(1), 0), WIDE, 0);
    assertAreOne(dense(SmallTraining.plan(1, 1), WIDE, 0), several);

    long parameters = Float.BYTES * several.network().parameters().length();
    Round last = several.rounds().get(several.rounds().size() - 1);
    assertTrue(last.broadcastBytes() < parameters / 10, last.broadcastBytes() + " bytes");
  }

  /** A worker's own gradient, whose length is limited, is not known from its factors. */
  @Test
  void workersThatClipTheirGradientsSendThemWhole() {
    Trainer trainer = dense(shared(2, AveragingFrequency.always(1), 0), WIDE, 1);
    trainer.trainEpoch(training, Progress.NONE);
    long half = Float.BYTES * trainer.network().parameters().length() / 2;
    assertEquals(half, trainer.rounds().get(0).broadcastBytes());
    assertEquals(2 * half, trainer.rounds().get(0).averagedBytes());
  }

  private static void assertAreOne(Trainer one, Trainer several) {
    for (int epoch = 1; epoch <= 2; epoch++) {
      double loss = one.trainEpoch(training, Progress.NONE);
      assertEquals(loss, several.trainEpoch(training, Progress.NONE), 1e-6);
      assertEquals(one.state().iterations(), several.state().iterations());
      assertArrayEquals(
          one.network().parameters().toDoubleVector(),
          several.network().parameters().toDoubleVector(),
          1e-6);
      assertArrayEquals(
          one.network().updaterState().orElseThrow().toDoubleVector(),
          several.network().updaterState().orElseThrow().toDoubleVector(),
          1e-6);
    }
  }

  @Test
  void workersThatShareEachMinibatchPoolTheirRunningStatistics() {
    List<Layer> normalized = List.of(new Layer.BatchNormalization(0.9, Activation.RELU));
    Trainer one = adam(SmallTraining.plan(1, 1), normalized);
    Trainer two = adam(shared(2, AveragingFrequency.always(1), 0), normalized);
    Examples first = training.limited(SmallTraining.BATCH);

    one.trainEpoch(first, Progress.NONE);
    two.trainEpoch(first, Progress.NONE);

    // The mean of both halves is that of all; of the first layer, whose weights are the same yet.
    assertArrayEquals(runningMeans(one), runningMeans(two), 1e-6);
    assertFalse(Arrays.equals(new double[4], runningMeans(two)));
  }

  private static double[] runningMeans(Trainer trainer) {
    RunningStatistics layer = RunningStatistics.of(trainer.network().configuration()).get(0);
    return Arrays.copyOfRange(
        trainer.network().parameters().toDoubleVector(),
        (int) layer.mean(),
        (int) layer.mean() + layer.length());
  }

  @Test
  void workersThatShareEachMinibatchSendTheirGradientsAndParametersAlone() {
    Trainer trainer = adam(shared(2, AveragingFrequency.always(1), 0), List.of());
    trainer.trainEpoch(training, Progress.NONE);
    long half = Float.BYTES * trainer.network().parameters().length() / 2;
    Round last = trainer.rounds().get(12);
    assertEquals(13, trainer.rounds().size());
    assertEquals(half, last.broadcastBytes());
    assertEquals(0, last.spread());
    assertTrue(last.updateNorm() > 0);
  }

  /** By gradients in the first epoch, and by parameters in the second. */
  @Test
  void aRoundTellsHowFarItHasMovedTheParametersWhateverWorkersShare() {
    AveragingFrequency stages =
        new AveragingFrequency(List.of(new Stage(1, 1), new Stage(AveragingFrequency.END, 2)));
    Trainer trainer = adam(shared(2, stages, 0), List.of());
    Examples minibatch = training.limited(SmallTraining.BATCH);
    for (int epoch = 1; epoch <= 2; epoch++) {
      INDArray before = trainer.network().parameters().dup();
      trainer.trainEpoch(minibatch, Progress.NONE);
      double moved = trainer.network().parameters().distance2(before);
      Round last = trainer.rounds().get(trainer.rounds().size() - 1);
      assertEquals(epoch, last.epoch());
      assertEquals(moved, last.updateNorm(), 1e-6 * moved);
    }
  }

  /** The second epoch's workers train apart, each by the whole state. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void workersGoOnAsFromACheckpointWhereTheyBeginToTrainApart(int minibatches) {
    AveragingFrequency stages =
        new AveragingFrequency(
            List.of(new Stage(1, 1), new Stage(AveragingFrequency.END, minibatches)));
    Trainer whole = adam(shared(2, stages, 0), List.of());
    whole.trainEpoch(training, Progress.NONE);
    Checkpoint checkpoint =
        new Checkpoint(Storage.at(folder.resolve("apart.zip").toString(), new Configuration()));
    checkpoint.write(whole.snapshot(), new byte[0]);
    Trainer resumed = adam(shared(2, stages, 0), List.of());
    resumed.resume(checkpoint, whole.state(), 2);

    whole.trainEpoch(training, Progress.NONE);
    resumed.trainEpoch(training, Progress.NONE);

    assertArrayEquals(
        whole.network().parameters().toFloatVector(),
        resumed.network().parameters().toFloatVector());
  }

  private static WorkerPlan shared(int workers, AveragingFrequency frequency, int checkpoints) {
    assumeTrue(OneDnn.obstacle().isEmpty(), () -> OneDnn.obstacle().orElseThrow());
    return new WorkerPlan(
        workers,
        1,
        Precision.FLOAT32,
        SmallTraining.BATCH / workers,
        BatchOf.ALL_WORKERS,
        frequency,
        UpdaterState.KEPT,
        checkpoints,
        SmallTraining.SEED);
  }

  private Trainer adam(WorkerPlan plan, List<Layer> more) {
    return adam(plan, more, NARROW, 0);
  }

  private Trainer dense(WorkerPlan plan, int units, double clipping) {
    return adam(plan, List.of(), units, clipping);
  }

  /** With weight decay, a schedule, and weights of the classes. */
  private Trainer adam(WorkerPlan plan, List<Layer> more, int units, double clipping) {
    List<Layer> layers = new ArrayList<>();
    layers.add(new Layer.Convolution(4, 3, 3, 1, 1, Padding.NONE, Activation.RELU));
    layers.addAll(more);
    layers.add(new Layer.Pooling(PoolingKind.MAX, 2, 2, 2, 2));
    layers.add(new Layer.Dense(units, Activation.RELU));
    Recipe recipe =
        Recipes.plain()
            .schedule(new Schedule.Cosine(0.5, 0.1))
            .weightDecay(0.05)
            .labelSmoothing(0.1)
            .gradientClipping(clipping)
            .recipe();
    Architecture architecture =
        new Architecture(
            "small",
            layers,
            Loss.CROSS_ENTROPY,
            new Optimizer.Adam(1e-3, 0.9, 0.999, 1e-8),
            SmallTraining.BATCH,
            2,
            recipe);
    return new Trainer(
        context,
        "small",
        NetworkBuilder.configuration(
            architecture, 2, SmallTraining.HEIGHT, SmallTraining.WIDTH, SmallTraining.SEED),
        plan,
        new TrainingOptions(
            new LearningRate(recipe.schedule(), 2),
            new Targets(0.1, List.of(0.5, 1.5)),
            recipe.mixing(),
            recipe.resizing(),
            recipe.testTime(),
            0,
            0),
        Optional.empty());
  }

  @Test
  void workersThatShareEachMinibatchGoOnFromACheckpointWithinAnEpochToo() {
    WorkerPlan plan = shared(2, AveragingFrequency.always(1), 3);
    SmallTraining.assertGoesOn(
        folder,
        training,
        () -> new Trainer(context, "small", SmallTraining.configuration(0.3), plan));
  }
}
