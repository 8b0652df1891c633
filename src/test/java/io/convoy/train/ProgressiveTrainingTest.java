package io.convoy.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.convoy.augment.EpochAugmentation;
import io.convoy.averaging.EpochPlan;
import io.convoy.averaging.WorkerPlan;
import io.convoy.dataset.Examples;
import io.convoy.dataset.Split;
import io.convoy.dataset.SyntheticExamples;
import io.convoy.engine.LocalTrainer;
import io.convoy.engine.Minibatch;
import io.convoy.engine.Natives;
import io.convoy.engine.Targets;
import io.convoy.failure.UserException;
import io.convoy.network.Network;
import io.convoy.network.NetworkBuilder;
import io.convoy.network.NetworkConfiguration;
import io.convoy.optimizer.LearningRate;
import io.convoy.progress.Progress;
import io.convoy.settings.Activation;
import io.convoy.settings.Architecture;
import io.convoy.settings.Augmentation;
import io.convoy.settings.Layer;
import io.convoy.settings.Loss;
import io.convoy.settings.Mixing;
import io.convoy.settings.Optimizer;
import io.convoy.settings.Padding;
import io.convoy.settings.PoolingKind;
import io.convoy.settings.ProgressiveResizing;
import io.convoy.settings.Recipe;
import io.convoy.settings.Recipes;
import io.convoy.settings.Schedule;
import io.convoy.settings.TestTimeAugmentation;
import io.convoy.spark.SharedSpark;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.dataset.DataSet;

/** Trainings whose images grow from epoch to epoch. */
class ProgressiveTrainingTest {
  private static final int HEIGHT = 12;
  private static final int WIDTH = 10;
  private static final int EXAMPLES = 40;
  private static final int BATCH = 8;
  private static final int EPOCHS = 4;
  private static final long SEED = 3;
  private static final ProgressiveResizing RESIZING = new ProgressiveResizing(0.5, 1, 0.75);

  @TempDir static Path folder;
  private static Examples training;

  @BeforeAll
  static void writeExamples() {
    training = SyntheticExamples.write(folder, Split.TRAIN, EXAMPLES, HEIGHT, WIDTH);
  }

  private static NetworkConfiguration configuration(Layer beforeOutput) {
    List<Layer> layers =
        List.of(
            new Layer.Convolution(6, 3, 3, 1, 1, Padding.SAME, Activation.RELU),
            new Layer.Residual(
                List.of(new Layer.Convolution(8, 3, 3, 2, 2, Padding.SAME, Activation.RELU)),
                Activation.RELU),
            beforeOutput);
    Recipe recipe = Recipes.plain().resizing(RESIZING).recipe();
    return NetworkBuilder.configuration(
        new Architecture(
            "net",
            layers,
            Loss.CROSS_ENTROPY,
            new Optimizer.Nesterov(0.05, 0.9),
            BATCH,
            EPOCHS,
            recipe),
        2,
        HEIGHT,
        WIDTH,
        SEED);
  }

  private static NetworkConfiguration configuration() {
    return configuration(new Layer.GlobalPooling(PoolingKind.AVERAGE));
  }

  @Test
  void eachEpochIsTrainedOnImagesOfItsSizeWithTheOptimizersStateOfTheLast() {
    WorkerPlan plan = new WorkerPlan(1, 1, BATCH, 1, 0, SEED);
    Trainer trainer =
        new Trainer(
            SharedSpark.context(),
            "net",
            configuration(),
            plan,
            new TrainingOptions(
                new LearningRate(new Schedule.Constant(0), EPOCHS),
                Targets.PLAIN,
                Mixing.NONE,
                RESIZING,
                TestTimeAugmentation.NONE,
                0,
                0),
            Optional.empty());
    Natives.useThreads(1);
    Network expected = configuration().initialized();
    for (int epoch = 1; epoch <= EPOCHS; epoch++) {
      trainer.trainEpoch(training, Progress.NONE);
      train(expected, plan, epoch);
    }
    assertArrayEquals(
        expected.parameters().toFloatVector(),
        trainer.network().parameters().toFloatVector(),
        1e-6f);
  }

  private static void train(Network network, WorkerPlan plan, int epoch) {
    EpochAugmentation images =
        new EpochAugmentation(
            Augmentation.NONE, Mixing.NONE, RESIZING.side(epoch, EPOCHS), SEED, epoch);
    List<int[]> minibatches =
        EpochPlan.of(EXAMPLES, plan, epoch, 0).rounds().stream()
            .flatMap(round -> round.get(0).stream())
            .toList();
    for (int[] positions : minibatches) {
      Minibatch minibatch = Minibatch.read(training, positions, images);
      DataSet examples = Targets.PLAIN.of(minibatch);
      try (LocalTrainer local = LocalTrainer.of(network, minibatch.image(), 1)) {
        local.fit(examples, 0);
      }
    }
  }

  @Test
  void aNetworkWhoseDenseLayerCountsThePixelsIsRefused() {
    assertEquals(
        "architectures.net.progressive-resizing begins with images of 6 x 5, for which its layers do"
            + " not have the same weights as for 12 x 10: put a global-pool before the first dense"
            + " layer, or begin with larger ones.",
        assertThrows(UserException.class, () -> configuration(new Layer.Dense(4, Activation.RELU)))
            .getMessage());
  }
}
