package io.convoy.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.averaging.WorkerPlan;
import io.convoy.dataset.Examples;
import io.convoy.dataset.Split;
import io.convoy.dataset.SyntheticExamples;
import io.convoy.engine.Minibatch;
import io.convoy.evaluate.Predictions;
import io.convoy.modelfile.Checkpoint;
import io.convoy.modelfile.ModelFile;
import io.convoy.network.NetworkBuilder;
import io.convoy.network.NetworkConfiguration;
import io.convoy.progress.Progress;
import io.convoy.settings.Activation;
import io.convoy.settings.Architecture;
import io.convoy.settings.AveragingFrequency;
import io.convoy.settings.BatchOf;
import io.convoy.settings.Layer;
import io.convoy.settings.Loss;
import io.convoy.settings.Optimizer;
import io.convoy.settings.Padding;
import io.convoy.settings.Precision;
import io.convoy.settings.UpdaterState;
import io.convoy.spark.SharedSpark;
import io.convoy.storage.Storage;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerBlockUpdated;
import org.apache.spark.storage.BlockUpdatedInfo;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The evaluation of what is trained, by the workers that have trained it. */
class EvaluationTest {
  private static final int HEIGHT = 12;
  private static final int WIDTH = 10;

  private static final WorkerPlan TWO = plan(2, BatchOf.WORKER);

  @TempDir static Path folder;

  private static Examples training;

  /** The last of the minibatches that workers predict is no whole one. */
  private static Examples validation;

  private final JavaSparkContext context = SharedSpark.context();

  @BeforeAll
  static void writeExamples() {
    training = SyntheticExamples.write(folder.resolve("train"), Split.TRAIN, 96, HEIGHT, WIDTH);
    validation =
        SyntheticExamples.write(
            folder.resolve("validation"), Split.VALIDATION, 4 * Scorer.BATCH + 3, HEIGHT, WIDTH);
  }

  static Stream<WorkerPlan> plans() {
    return Stream.of(
        plan(1, BatchOf.WORKER),
        TWO,
        plan(2, BatchOf.ALL_WORKERS),
        plan(3, BatchOf.WORKER),
        plan(8, BatchOf.WORKER));
  }

  private static WorkerPlan plan(int workers, BatchOf batchOf) {
    return new WorkerPlan(
        workers,
        1,
        Precision.FLOAT32,
        8,
        batchOf,
        AveragingFrequency.always(1),
        UpdaterState.KEPT,
        0,
        5);
  }

  private static NetworkConfiguration configuration() {
    return NetworkBuilder.configuration(
        new Architecture(
            "wide",
            List.of(
                // Its weights are copied into another order.
                new Layer.Convolution(8, 3, 3, 1, 1, Padding.NONE, Activation.RELU),
                new Layer.Dense(800, Activation.RELU)),
            Loss.CROSS_ENTROPY,
            new Optimizer.Adam(1e-3, 0.9, 0.999, 1e-8),
            8,
            1),
        2,
        HEIGHT,
        WIDTH,
        5);
  }

  private Trainer trainer(WorkerPlan plan) {
    return new Trainer(context, "wide", configuration(), plan);
  }

  /** By a trainer that has not trained, and has the driver's network. */
  private float[] byTheDriver(Trainer trained) {
    try (Trainer other = trainer(TWO)) {
      other.begin(trained.network().parameters());
      return probabilities(other);
    }
  }

  private static float[] probabilities(Trainer trainer) {
    return trainer.evaluate(validation).predictions().probabilities();
  }

  @Test
  void predictionsAreThoseOfThePlainNetworkInTheOrderOfTheExamples() {
    try (Trainer trainer = trainer(TWO)) {
      Predictions predictions = trainer.evaluate(validation).predictions();
      int[] all = IntStream.range(0, validation.examples()).toArray();
      Minibatch minibatch = Minibatch.read(validation, all);
      INDArray planes = Minibatch.planes(minibatch.pixels());
      float[] expected = trainer.network().output(planes).data().asFloat();
      assertArrayEquals(expected, predictions.probabilities(), 1e-6f);
      assertArrayEquals(minibatch.labels().data().asInt(), predictions.labels());
    }
  }

  @ParameterizedTest
  @MethodSource("plans")
  void workersEvaluateWhatTheyHaveTrained(WorkerPlan plan) {
    try (Trainer trainer = trainer(plan)) {
      for (int epoch = 1; epoch <= 2; epoch++) {
        trainer.trainEpoch(training, Progress.NONE);
        assertArrayEquals(byTheDriver(trainer), probabilities(trainer));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("plans")
  void trainingGoesOnAsWithoutAnEvaluation(WorkerPlan plan) {
    try (Trainer evaluated = trainer(plan);
        Trainer other = trainer(plan)) {
      for (int epoch = 1; epoch <= 2; epoch++) {
        evaluated.trainEpoch(training, Progress.NONE);
        evaluated.evaluate(validation);
        other.trainEpoch(training, Progress.NONE);
      }
      assertArrayEquals(
          other.network().parameters().toFloatVector(),
          evaluated.network().parameters().toFloatVector());
    }
  }

  @Test
  void parametersAreNotSentForIt() throws TimeoutException {
    SentByDriver sent = new SentByDriver();
    try (Trainer trainer = trainer(TWO)) {
      trainer.trainEpoch(training, Progress.NONE);
      context.sc().listenerBus().waitUntilEmpty();
      context.sc().addSparkListener(sent);
      trainer.evaluate(validation);
      context.sc().listenerBus().waitUntilEmpty();
      long parameters = Float.BYTES * trainer.network().parameters().length();
      assertTrue(sent.bytes.get() < parameters / 10, () -> sent.bytes + " of " + parameters);
    } finally {
      context.sc().removeSparkListener(sent);
    }
  }

  @Test
  void aSavedModelIsEvaluatedInThePlaceOfWhatWasTrained() {
    Storage file = Storage.at(folder.resolve("model.zip").toString(), new Configuration());
    try (Trainer trainer = trainer(TWO)) {
      trainer.trainEpoch(training, Progress.NONE);
      new Checkpoint(file).write(trainer.snapshot(), new byte[0]);
      float[] expected = probabilities(trainer);
      trainer.trainEpoch(training, Progress.NONE);
      trainer.predictWith(new ModelFile(file));
      assertArrayEquals(expected, probabilities(trainer));
    }
  }

  @Test
  void aSplitWithoutExamplesHasNoPredictions() {
    Examples none = SyntheticExamples.write(folder.resolve("none"), Split.TEST, 0, HEIGHT, WIDTH);
    try (Trainer trainer = trainer(TWO)) {
      trainer.trainEpoch(training, Progress.NONE);
      assertEquals(0, trainer.evaluate(none).predictions().images());
    }
  }

  /** What tasks are given by the driver. */
  private static final class SentByDriver extends SparkListener {
    private final AtomicLong bytes = new AtomicLong();

    @Override
    public void onBlockUpdated(SparkListenerBlockUpdated update) {
      BlockUpdatedInfo block = update.blockUpdatedInfo();
      if (block.storageLevel().isValid() && block.blockId().isBroadcast()) {
        bytes.addAndGet(block.memSize() + block.diskSize());
      }
    }
  }
}
