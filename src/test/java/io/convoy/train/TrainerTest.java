package io.convoy.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.convoy.averaging.EpochPlan;
import io.convoy.averaging.Round;
import io.convoy.averaging.WorkerPlan;
import io.convoy.dataset.Examples;
import io.convoy.dataset.Split;
import io.convoy.dataset.SyntheticExamples;
import io.convoy.engine.LocalTrainer;
import io.convoy.engine.Minibatch;
import io.convoy.engine.Natives;
import io.convoy.evaluate.Predictions;
import io.convoy.evaluate.SplitMetrics;
import io.convoy.modelfile.Checkpoint;
import io.convoy.network.LayersConfiguration;
import io.convoy.network.LayersNetwork;
import io.convoy.network.NetworkBuilder;
import io.convoy.network.NetworkConfiguration;
import io.convoy.network.Shape;
import io.convoy.onednn.OneDnn;
import io.convoy.progress.Progress;
import io.convoy.settings.Activation;
import io.convoy.settings.Architecture;
import io.convoy.settings.Augmentation;
import io.convoy.settings.AveragingFrequency;
import io.convoy.settings.AveragingFrequency.Stage;
import io.convoy.settings.BatchOf;
import io.convoy.settings.Layer;
import io.convoy.settings.Loss;
import io.convoy.settings.Optimizer;
import io.convoy.settings.OuterMomentum;
import io.convoy.settings.Padding;
import io.convoy.settings.PoolingKind;
import io.convoy.settings.Precision;
import io.convoy.settings.UpdaterState;
import io.convoy.spark.SharedSpark;
import io.convoy.storage.Storage;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageCompleted;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

class TrainerTest {
  static final int HEIGHT = 12;
  static final int WIDTH = 10;
  private static final Shape IMAGE = new Shape(3, HEIGHT, WIDTH);
  static final int BATCH = 8;
  static final long SEED = 5;
  private static final double RATE = 0.01;

  /** An outer step to the mean, for which workers are sent out anew. */
  private static final OuterMomentum TO_THE_MEAN = new OuterMomentum(0, 1);

  @TempDir static Path folder;

  private static Examples training;
  private final JavaSparkContext context = SharedSpark.context();

  @BeforeAll
  static void writeExamples() {
    training = SyntheticExamples.write(folder, Split.TRAIN, 100, HEIGHT, WIDTH);
  }

  @Test
  void oneWorkerEqualsALearnerAlone() {
    assertArrayEquals(fitAlone(2), train(plan(1, 1), 2, 0));
  }

  @Test
  void oneWorkerEqualsALearnerAloneAtAnyAveragingFrequency() {
    assertArrayEquals(fitAlone(2), train(plan(1, 5), 2, 0));
  }

  /** After the first epoch too, in whose rounds the kept weights change. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void inBfloat16TrainingGoesTheSameWayWithinItsError(int workers) {
    assumeTrue(OneDnn.obstacle().isEmpty(), () -> OneDnn.obstacle().orElseThrow());
    assumeTrue(OneDnn.precisions().contains(Precision.BFLOAT16), "this processor has none");
    List<List<Double>> losses = new ArrayList<>();
    for (Precision precision : Precision.values()) {
      WorkerPlan plan =
          new WorkerPlan(
              workers,
              1,
              precision,
              BATCH,
              BatchOf.WORKER,
              AveragingFrequency.always(2),
              UpdaterState.KEPT,
              0,
              SEED);
      try (Trainer trainer = trainer(plan, 0)) {
        List<Double> each = new ArrayList<>();
        for (int epoch = 1; epoch <= 3; epoch++) {
          each.add(trainer.trainEpoch(training, Progress.NONE));
          Predictions predictions = trainer.evaluate(training).predictions();
          each.add(
              IntStream.range(0, predictions.images())
                  .mapToDouble(i -> predictions.probability(i, predictions.labels()[i]))
                  .average()
                  .orElseThrow());
        }
        losses.add(each);
      }
    }
    assertNotEquals(losses.get(0), losses.get(1));
    for (int i = 0; i < losses.get(0).size(); i++) {
      assertEquals(losses.get(0).get(i), losses.get(1).get(i), 0.05);
    }
  }

  @Test
  void oneWorkerAloneHasNoShuffle() throws TimeoutException {
    Stages stages = new Stages();
    try (Trainer trainer = trainer(plan(1, 5), 0)) {
      context.sc().addSparkListener(stages);
      trainer.trainEpoch(training, Progress.NONE);
      context.sc().listenerBus().waitUntilEmpty();
    } finally {
      context.sc().removeSparkListener(stages);
    }
    // One trains, and one tells of the change.
    assertEquals(2, stages.tasks.get());
  }

  private static final class Stages extends SparkListener {
    private final AtomicInteger tasks = new AtomicInteger();

    @Override
    public void onStageCompleted(SparkListenerStageCompleted stage) {
      tasks.addAndGet(stage.stageInfo().numTasks());
    }
  }

  @Test
  void twoWorkersEndWithTheMeanOfWhatEachTrainedWeightedByTheirExamples() {
    EpochPlan round = EpochPlan.of(100, plan(2, 20), 1, 0);
    assertEquals(1, round.rounds().size());
    double[] first = fit(round.rounds().get(0).get(0));
    double[] second = fit(round.rounds().get(0).get(1));
    double[] mean = new double[first.length];
    Arrays.setAll(mean, i -> (48 * first[i] + 52 * second[i]) / 100);
    assertArrayEquals(mean, train(plan(2, 20), 1, 0), 1e-7);
  }

  @Test
  void twoWorkersThatShareEachMinibatchTakeTheGradientStepsOfOne() {
    assertArrayEquals(
        stepped(new WorkerPlan(1, 1, BATCH, 1, 0, SEED)),
        stepped(new WorkerPlan(2, 1, BATCH / 2, 1, 0, SEED)),
        1e-6);
  }

  @Test
  void inBfloat16WorkersThatStayGoOnFromTheMean() {
    assumeTrue(OneDnn.obstacle().isEmpty(), () -> OneDnn.obstacle().orElseThrow());
    assumeTrue(OneDnn.precisions().contains(Precision.BFLOAT16), "this processor has none");
    WorkerPlan plan =
        new WorkerPlan(
            2,
            1,
            Precision.BFLOAT16,
            BATCH / 2,
            BatchOf.WORKER,
            AveragingFrequency.always(1),
            UpdaterState.KEPT,
            0,
            SEED);
    assertArrayEquals(stepped(plan, Optional.of(TO_THE_MEAN)), stepped(plan), 1e-6);
  }

  private double[] stepped(WorkerPlan plan) {
    return stepped(plan, Optional.empty());
  }

  private double[] stepped(WorkerPlan plan, Optional<OuterMomentum> momentum) {
    Architecture architecture =
        new Architecture(
            "small",
            List.of(new Layer.Dense(8, Activation.RELU)),
            Loss.CROSS_ENTROPY,
            new Optimizer.Sgd(0.1),
            plan.batch(),
            1);
    Trainer trainer =
        new Trainer(
            context,
            "small",
            NetworkBuilder.configuration(architecture, 2, HEIGHT, WIDTH, SEED),
            plan,
            TrainingOptions.PLAIN,
            momentum);
    trainer.trainEpoch(training, Progress.NONE);
    return trainer.network().parameters().toDoubleVector();
  }

  @Test
  void theSameSeedOnTwoWorkersGivesTheSameParametersToTheLastBit() {
    assertArrayEquals(train(plan(2, 2), 2, 0.3), train(plan(2, 2), 2, 0.3));
  }

  @Test
  void theSameSeedOnThreeWorkersGivesTheSameParametersToTheLastBit() {
    assertArrayEquals(train(plan(3, 2), 2, 0), train(plan(3, 2), 2, 0));
  }

  @Test
  void theOuterStepOfARoundGoesOnFromTheMeanOfTheWorkers() {
    double[] before = trainer(plan(2, 20), 0).network().parameters().toDoubleVector();
    double[] after = train(plan(2, 20), 1, 0);
    Trainer outer = outer(plan(2, 20), 0, new OuterMomentum(0.5, 1));

    outer.trainEpoch(training, Progress.NONE);

    // The first velocity is the change itself.
    double[] expected = new double[before.length];
    Arrays.setAll(expected, i -> before[i] - 1.5 * (before[i] - after[i]));
    assertArrayEquals(expected, outer.network().parameters().toDoubleVector(), 1e-6);
  }

  @Test
  void theOuterVelocityActsInTheNextRound() {
    Trainer plain = trainer(plan(2, 20), 0);
    Trainer outer = outer(plan(2, 20), 0, new OuterMomentum(0.5, 1));
    plain.trainEpoch(training, Progress.NONE);
    outer.trainEpoch(training, Progress.NONE);
    double[] first = outer.network().parameters().toDoubleVector();
    plain.begin(outer.network().parameters());
    plain.trainEpoch(training, Progress.NONE);
    double[] mean = plain.network().parameters().toDoubleVector();
    double[] start = trainer(plan(2, 20), 0).network().parameters().toDoubleVector();

    outer.trainEpoch(training, Progress.NONE);

    double[] expected = new double[first.length];
    for (int i = 0; i < first.length; i++) {
      double velocity = (start[i] - first[i]) / 1.5 * 0.5 + first[i] - mean[i];
      expected[i] = first[i] - (first[i] - mean[i] + 0.5 * velocity);
    }
    assertArrayEquals(expected, outer.network().parameters().toDoubleVector(), 1e-5);
  }

  @Test
  void oneWorkerAloneTakesNoOuterStep() {
    Trainer outer = outer(plan(1, 1), 0, new OuterMomentum(0.9, 0.7));
    outer.trainEpoch(training, Progress.NONE);
    outer.trainEpoch(training, Progress.NONE);
    assertArrayEquals(fitAlone(2), outer.network().parameters().toDoubleVector());
  }

  @Test
  void theTrainerTellsWhatEachRoundDid() {
    Trainer trainer = trainer(plan(2, 2), 0);
    double loss = trainer.trainEpoch(training, Progress.NONE);

    List<Round> rounds = trainer.rounds();

    // 13 minibatches: 4, 4, 4 and the last, of 4 images, for one worker.
    assertEquals(List.of(1, 2, 3, 4), rounds.stream().map(Round::round).toList());
    assertEquals(List.of(2, 2, 2, 1), rounds.stream().map(Round::minibatches).toList());
    assertEquals(List.of(2, 2, 2, 1), rounds.stream().map(Round::workers).toList());
    assertEquals(List.of(32, 32, 32, 4), rounds.stream().map(Round::examples).toList());
    assertEquals(
        loss, rounds.stream().mapToDouble(r -> r.loss() * r.examples()).sum() / 100, 1e-12);
    assertTrue(rounds.stream().allMatch(r -> r.epoch() == 1 && r.seconds() > 0), rounds::toString);
    assertTrue(rounds.stream().allMatch(r -> r.updateNorm() > 0), rounds::toString);
    assertTrue(rounds.subList(0, 3).stream().allMatch(r -> r.spread() > 0), rounds::toString);
    assertEquals(0, rounds.get(3).spread());
    // Each worker has half of the parameters to itself; Adam's two moments follow at the end.
    long half = Float.BYTES * trainer.network().parameters().length() / 2;
    assertEquals(
        List.of(half, half, half, 3 * half), rounds.stream().map(Round::broadcastBytes).toList());
    assertEquals(
        List.of(2 * half, 2 * half, 2 * half, 3 * half),
        rounds.stream().map(Round::averagedBytes).toList());
  }

  @Test
  void theUpdateAndTheSpreadOfARoundAreThoseOfTheWorkers() {
    EpochPlan plan = EpochPlan.of(100, plan(2, 20), 1, 0);
    double[] before = trainer(plan(2, 20), 0).network().parameters().toDoubleVector();
    double[] first = fit(plan.rounds().get(0).get(0));
    double[] second = fit(plan.rounds().get(0).get(1));
    double update = 0;
    double distance = 0;
    for (int i = 0; i < before.length; i++) {
      double mean = (48 * first[i] + 52 * second[i]) / 100;
      update += Math.pow(mean - before[i], 2);
      distance += (48 * Math.pow(first[i] - mean, 2) + 52 * Math.pow(second[i] - mean, 2)) / 100;
    }
    Trainer trainer = trainer(plan(2, 20), 0);

    trainer.trainEpoch(training, Progress.NONE);

    Round round = trainer.rounds().get(0);
    assertEquals(Math.sqrt(update), round.updateNorm(), 1e-6 * round.updateNorm());
    assertEquals(Math.sqrt(distance / update), round.spread(), 1e-6 * round.spread());
  }

  @Test
  void eachEpochAveragesAsOftenAsItsStageSays() {
    AveragingFrequency stages =
        new AveragingFrequency(List.of(new Stage(1, 2), new Stage(AveragingFrequency.END, 20)));
    Trainer trainer =
        trainer(
            new WorkerPlan(
                2, 1, Precision.FLOAT32, BATCH, BatchOf.WORKER, stages, UpdaterState.KEPT, 0, SEED),
            0);

    trainer.trainEpoch(training, Progress.NONE);
    assertEquals(4, trainer.rounds().size());
    assertEquals(4, trainer.traffic(100, 1).rounds());
    trainer.trainEpoch(training, Progress.NONE);
    assertEquals(1, trainer.rounds().size());
    assertEquals(1, trainer.traffic(100, 2).rounds());
  }

  /** Workers that are sent out anew for each round are given the mean of the states. */
  @Test
  void adamsStateIsAveragedAtEachAveragingWhereThatIsAskedFor() {
    Trainer anew = outer(plan(2, 2), 0, TO_THE_MEAN);
    anew.trainEpoch(training, Progress.NONE);
    double[] expected = anew.network().parameters().toDoubleVector();
    assertArrayEquals(expected, train(averagingState(), 1, 0), 1e-5);
    double farthest = 0;
    double[] kept = train(plan(2, 2), 1, 0);
    for (int i = 0; i < kept.length; i++) {
      farthest = Math.max(farthest, Math.abs(kept[i] - expected[i]));
    }
    assertTrue(farthest > 1e-4, "no farther than " + farthest);
  }

  @Test
  void anOptimizersStateThatIsAveragedAtEachAveragingIsSentThen() {
    Trainer trainer = trainer(averagingState(), 0);
    trainer.trainEpoch(training, Progress.NONE);
    long half = Float.BYTES * trainer.network().parameters().length() / 2;
    assertEquals(3 * half, trainer.rounds().get(0).broadcastBytes());
    assertEquals(6 * half, trainer.rounds().get(0).averagedBytes());
    assertEquals(3 * half, trainer.traffic(100, 1).broadcastBytes());
  }

  private static WorkerPlan averagingState() {
    return new WorkerPlan(
        2,
        1,
        Precision.FLOAT32,
        BATCH,
        BatchOf.WORKER,
        AveragingFrequency.always(2),
        UpdaterState.AVERAGED,
        0,
        SEED);
  }

  @Test
  void theIterationCountIsTheNumberOfUpdatesEvenAfterAShortRound() {
    Trainer trainer = trainer(plan(1, 5), 0);
    trainer.trainEpoch(training, Progress.NONE);
    assertEquals(13, trainer.network().configuration().iterations());
  }

  @Test
  void theTrainingLossIsTheMeanOverAllExamples() {
    Trainer trainer = trainer(plan(2, 2), 0);
    double first = trainer.trainEpoch(training, Progress.NONE);
    assertTrue(first > 0.1 && first < 2, "loss " + first);
    double last = 0;
    for (int epoch = 2; epoch <= 6; epoch++) {
      last = trainer.trainEpoch(training, Progress.NONE);
    }
    assertTrue(last < first / 2, first + " -> " + last);
  }

  @Test
  void theProgressIsToldOfEveryImage() {
    AtomicLong told = new AtomicLong();
    trainer(plan(2, 2), 0).trainEpoch(training, new Counting(told));
    assertEquals(100, told.get());
  }

  private record Counting(AtomicLong images) implements Progress {
    @Override
    public void advance(long more) {
      images.addAndGet(more);
    }

    @Override
    public void note(String text) {}

    @Override
    public void line(String text) {}

    @Override
    public void close() {}
  }

  @Test
  void predictionsAreThoseOfThePlainNetworkInTheOrderOfTheExamples() {
    Trainer trainer = trainer(plan(2, 2), 0);
    Predictions predictions = trainer.evaluate(training).predictions();
    int[] all = java.util.stream.IntStream.range(0, 100).toArray();
    Minibatch minibatch = minibatch(all);
    INDArray planes = Minibatch.planes(minibatch.pixels());
    float[] expected = trainer.network().output(planes).data().asFloat();
    assertArrayEquals(expected, predictions.probabilities(), 1e-6f);
    assertArrayEquals(minibatch.labels().data().asInt(), predictions.labels());
  }

  @Test
  void whatWasLearnedHoldsOnOtherExamples() {
    Examples validation = SyntheticExamples.write(folder, Split.VALIDATION, 60, HEIGHT, WIDTH);
    Trainer trainer = trainer(plan(2, 2), 0);
    for (int epoch = 1; epoch <= 5; epoch++) {
      trainer.trainEpoch(training, Progress.NONE);
    }
    double accuracy = SplitMetrics.of(trainer.evaluate(validation).predictions()).accuracy();
    assertTrue(accuracy >= 0.85, "accuracy " + accuracy);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void aTrainingThatGoesOnFromACheckpointWithinAnEpochEndsAsOneWithoutAStop(int workers) {
    WorkerPlan plan = new WorkerPlan(workers, 1, BATCH, 2, 1, SEED);
    assertGoesOn(folder, training, () -> trainer(plan, 0.3));
  }

  @Test
  void theOuterVelocityOutlivesAStop() {
    WorkerPlan plan = new WorkerPlan(2, 1, BATCH, 2, 1, SEED);
    assertGoesOn(folder, training, () -> outer(plan, 0.3, new OuterMomentum(0.9, 0.7)));
  }

  /** Stops at a checkpoint within the second epoch. */
  static void assertGoesOn(Path folder, Examples training, Supplier<Trainer> start) {
    Trainer whole = start.get();
    double wholeLoss = 0;
    for (int epoch = 1; epoch <= 2; epoch++) {
      wholeLoss = whole.trainEpoch(training, Progress.NONE);
    }
    Trainer stopped = start.get();
    List<TrainingState> standings = new ArrayList<>();
    Checkpoint checkpoint =
        new Checkpoint(Storage.at(folder.resolve("at.zip").toString(), new Configuration()));
    stopped.trainEpoch(training, Progress.NONE);
    stopped.trainEpoch(
        training,
        Augmentation.NONE,
        Progress.NONE,
        () -> {
          if (standings.isEmpty()) {
            checkpoint.write(stopped.snapshot(), new byte[0]);
            standings.add(stopped.state());
          }
        });

    Trainer resumed = start.get();
    resumed.resume(checkpoint, standings.get(0), 2);
    double resumedLoss = resumed.trainEpoch(training, Progress.NONE);

    assertEquals(2, standings.get(0).epoch());
    assertTrue(standings.get(0).minibatches() > 0);
    assertArrayEquals(
        whole.network().parameters().toFloatVector(),
        resumed.network().parameters().toFloatVector(),
        0f);
    assertEquals(wholeLoss, resumedLoss);
    assertEquals(whole.state(), resumed.state());
  }

  @Test
  void aModelThatIsWrittenAfterGoingOnHasTheSameBytes() {
    Trainer trainer = trainer(plan(1, 2), 0);
    trainer.trainEpoch(training, Progress.NONE);
    trainer.trainEpoch(training, Progress.NONE);
    Checkpoint checkpoint =
        new Checkpoint(Storage.at(folder.resolve("epoch.zip").toString(), new Configuration()));
    checkpoint.write(trainer.snapshot(), new byte[0]);

    Trainer resumed = trainer(plan(1, 2), 0);
    resumed.resume(checkpoint, trainer.state(), 1);

    assertEquals(
        trainer.network().configuration().json(), resumed.network().configuration().json());
  }

  @Test
  void aCheckpointOfAnotherNetworkIsNotTaken() {
    Checkpoint checkpoint =
        new Checkpoint(Storage.at(folder.resolve("other.zip").toString(), new Configuration()));
    checkpoint.write(trainer(plan(1, 2), 0).snapshot(), new byte[0]);
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

  static WorkerPlan plan(int workers, int averagingFrequency) {
    return new WorkerPlan(workers, 1, BATCH, averagingFrequency, 0, SEED);
  }

  static NetworkConfiguration configuration(double dropout) {
    List<Layer> layers = new ArrayList<>();
    layers.add(new Layer.Convolution(4, 3, 3, 1, 1, Padding.NONE, Activation.RELU));
    layers.add(new Layer.Pooling(PoolingKind.MAX, 2, 2, 2, 2));
    layers.add(new Layer.Dense(8, Activation.RELU));
    if (dropout > 0) {
      layers.add(new Layer.Dropout(dropout));
    }
    Optimizer adam = new Optimizer.Adam(RATE, 0.9, 0.999, 1e-8);
    return NetworkBuilder.configuration(
        new Architecture("small", layers, Loss.CROSS_ENTROPY, adam, BATCH, 1),
        2,
        HEIGHT,
        WIDTH,
        SEED);
  }

  private Trainer trainer(WorkerPlan plan, double dropout) {
    return new Trainer(context, "small", configuration(dropout), plan);
  }

  private Trainer outer(WorkerPlan plan, double dropout, OuterMomentum momentum) {
    return new Trainer(
        context,
        "small",
        configuration(dropout),
        plan,
        TrainingOptions.PLAIN,
        Optional.of(momentum));
  }

  private double[] train(WorkerPlan plan, int epochs, double dropout) {
    Trainer trainer = trainer(plan, dropout);
    for (int epoch = 1; epoch <= epochs; epoch++) {
      trainer.trainEpoch(training, Progress.NONE);
    }
    return trainer.network().parameters().toDoubleVector();
  }

  /** The minibatches of one worker, without Spark. */
  private static double[] fitAlone(int epochs) {
    List<int[]> minibatches = new ArrayList<>();
    for (int epoch = 1; epoch <= epochs; epoch++) {
      EpochPlan plan = EpochPlan.of(100, plan(1, 1), epoch, 0);
      plan.rounds().forEach(workers -> workers.forEach(minibatches::addAll));
    }
    return fit(minibatches);
  }

  private static double[] fit(List<int[]> minibatches) {
    Natives.useThreads(1);
    MultiLayerNetwork network =
        new MultiLayerNetwork(((LayersConfiguration) configuration(0)).dl4j());
    network.init();
    try (LocalTrainer trainer = LocalTrainer.of(new LayersNetwork(network), IMAGE, 1)) {
      for (int[] positions : minibatches) {
        Minibatch minibatch = minibatch(positions);
        trainer.fit(new DataSet(minibatch.pixels(), minibatch.labels()), 0);
      }
    }
    return network.params().toDoubleVector();
  }

  private static Minibatch minibatch(int[] positions) {
    return Minibatch.read(training, positions);
  }
}
