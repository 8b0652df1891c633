package io.convoy.train;

import static io.convoy.train.SmallTraining.BATCH;
import static io.convoy.train.SmallTraining.HEIGHT;
import static io.convoy.train.SmallTraining.SEED;
import static io.convoy.train.SmallTraining.WIDTH;
import static io.convoy.train.SmallTraining.plan;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.convoy.averaging.EpochPlan;
import io.convoy.averaging.Round;
import io.convoy.averaging.WorkerPlan;
import io.convoy.dataset.Examples;
import io.convoy.dataset.Split;
import io.convoy.dataset.SyntheticExamples;
import io.convoy.evaluate.Predictions;
import io.convoy.evaluate.SplitMetrics;
import io.convoy.network.NetworkBuilder;
import io.convoy.onednn.OneDnn;
import io.convoy.progress.Progress;
import io.convoy.settings.Activation;
import io.convoy.settings.Architecture;
import io.convoy.settings.AveragingFrequency;
import io.convoy.settings.AveragingFrequency.Stage;
import io.convoy.settings.BatchOf;
import io.convoy.settings.Layer;
import io.convoy.settings.Loss;
import io.convoy.settings.Optimizer;
import io.convoy.settings.OuterMomentum;
import io.convoy.settings.Precision;
import io.convoy.settings.UpdaterState;
import io.convoy.spark.SharedSpark;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageCompleted;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Parameter averaging by workers on Spark, and what it tells of its rounds. */
class TrainerTest {
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
    assertArrayEquals(SmallTraining.fitAlone(training, 2), train(plan(1, 1), 2, 0));
  }

  @Test
  void oneWorkerEqualsALearnerAloneAtAnyAveragingFrequency() {
    assertArrayEquals(SmallTraining.fitAlone(training, 2), train(plan(1, 5), 2, 0));
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
      // Of tests before this one, a listener would hear of the last stages too.
      context.sc().listenerBus().waitUntilEmpty();
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
    double[] first = SmallTraining.fit(training, round.rounds().get(0).get(0));
    double[] second = SmallTraining.fit(training, round.rounds().get(0).get(1));
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
    double[] first = SmallTraining.fit(training, plan.rounds().get(0).get(0));
    double[] second = SmallTraining.fit(training, plan.rounds().get(0).get(1));
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
    assertEquals(4, trainer.traffic(training, 1).rounds());
    trainer.trainEpoch(training, Progress.NONE);
    assertEquals(1, trainer.rounds().size());
    assertEquals(1, trainer.traffic(training, 2).rounds());
  }

  /** Workers that are sent out anew for each round are given the mean of the states. */
  @Test
  void adamsStateIsAveragedAtEachAveragingWhereThatIsAskedFor() {
    Trainer anew = SmallTraining.outer(context, plan(2, 2), 0, TO_THE_MEAN);
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
    assertEquals(3 * half, trainer.traffic(training, 1).broadcastBytes());
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
    public void weigh(double each, double left) {}

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
  void whatWasLearnedHoldsOnOtherExamples() {
    Examples validation = SyntheticExamples.write(folder, Split.VALIDATION, 60, HEIGHT, WIDTH);
    Trainer trainer = trainer(plan(2, 2), 0);
    for (int epoch = 1; epoch <= 5; epoch++) {
      trainer.trainEpoch(training, Progress.NONE);
    }
    double accuracy = SplitMetrics.of(trainer.evaluate(validation).predictions()).accuracy();
    assertTrue(accuracy >= 0.85, "accuracy " + accuracy);
  }

  private double[] train(WorkerPlan plan, int epochs, double dropout) {
    Trainer trainer = trainer(plan, dropout);
    for (int epoch = 1; epoch <= epochs; epoch++) {
      trainer.trainEpoch(training, Progress.NONE);
    }
    return trainer.network().parameters().toDoubleVector();
  }

  private Trainer trainer(WorkerPlan plan, double dropout) {
    return SmallTraining.trainer(context, plan, dropout);
  }
}
