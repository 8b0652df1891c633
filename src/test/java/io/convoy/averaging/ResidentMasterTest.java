package io.convoy.averaging;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.convoy.augment.EpochAugmentation;
import io.convoy.dataset.Examples;
import io.convoy.dataset.Split;
import io.convoy.dataset.SyntheticExamples;
import io.convoy.engine.Targets;
import io.convoy.network.Network;
import io.convoy.network.NetworkBuilder;
import io.convoy.optimizer.LearningRate;
import io.convoy.progress.Progress;
import io.convoy.settings.Activation;
import io.convoy.settings.Architecture;
import io.convoy.settings.AveragingFrequency;
import io.convoy.settings.BatchOf;
import io.convoy.settings.Layer;
import io.convoy.settings.Loss;
import io.convoy.settings.Optimizer;
import io.convoy.settings.Precision;
import io.convoy.settings.Schedule;
import io.convoy.settings.UpdaterState;
import io.convoy.spark.CountedTasks;
import io.convoy.spark.SharedSpark;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobEnd;
import org.apache.spark.storage.BlockId;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import scala.collection.JavaConverters;
import scala.runtime.AbstractFunction1;

/** Workers that are lost, and rounds that cannot be trained as they were begun. */
class ResidentMasterTest {
  private static final String RUN = "of the test";

  /** Of the clock that the test sets. */
  private static final Duration ROUND = Duration.ofSeconds(25);

  private static final int EXAMPLES = 96;
  private static final Runnable LOSS = () -> Residents.here().end(RUN, Integer.MAX_VALUE);
  private static final Pattern MEAN = Pattern.compile("broadcast_(\\d+)_mean_(\\d+)_\\d+");

  /** What a job waits for that keeps a core. */
  private static final Semaphore OVER = new Semaphore(0);

  /** Of two minibatches of each worker. */
  private static final int ROUNDS = 6;

  @TempDir static Path folder;

  private static final WorkerPlan KEPT = plan(8, 1, BatchOf.WORKER, UpdaterState.KEPT);

  private static Examples training;
  private final JavaSparkContext context = SharedSpark.context();

  @BeforeAll
  static void writeExamples() {
    training = SyntheticExamples.write(folder, Split.TRAIN, EXAMPLES, 12, 10);
  }

  static Stream<WorkerPlan> plans() {
    return Stream.of(
        KEPT,
        plan(8, 1, BatchOf.WORKER, UpdaterState.AVERAGED),
        plan(8, 1, BatchOf.ALL_WORKERS, UpdaterState.KEPT),
        plan(4, 2, BatchOf.ALL_WORKERS, UpdaterState.KEPT));
  }

  private static WorkerPlan plan(
      int batch, int frequency, BatchOf batchOf, UpdaterState updaterState) {
    return new WorkerPlan(
        2,
        1,
        Precision.FLOAT32,
        batch,
        batchOf,
        AveragingFrequency.always(frequency),
        updaterState,
        0,
        5);
  }

  @ParameterizedTest
  @MethodSource("plans")
  void workersThatAreLostTrainAgainToTheSameNumbers(WorkerPlan plan) throws TimeoutException {
    assertSame(train(plan, ROUND, Map.of()), train(plan, ROUND, Map.of(2, LOSS, 5, LOSS)));
  }

  /** The first are lost before the driver is given anything, and the second after that twice. */
  @Test
  void workersThatBeganWithKeptStatesAreLostAgainAfterOthersWereKept() throws TimeoutException {
    Duration each = Duration.ofMinutes(2);
    assertSame(train(KEPT, each, Map.of()), train(KEPT, each, Map.of(2, LOSS, 5, LOSS)));
  }

  /** The driver is given what workers go on with at the end of the fourth round, after a minute. */
  @Test
  void whatIsTrainedAgainIsAMinuteAtMost() throws TimeoutException {
    assertEquals(ROUNDS, train(KEPT, ROUND, Map.of()).roundsOfTheLast);
    // Of the workers that take over before the sixth: the fifth again, and the sixth.
    assertEquals(2, train(KEPT, ROUND, Map.of(5, LOSS)).roundsOfTheLast);
  }

  @Test
  void theClockChangesNoNumbers() throws TimeoutException {
    assertSame(train(KEPT, Duration.ZERO, Map.of()), train(KEPT, Duration.ofMinutes(2), Map.of()));
  }

  /** Two are of the first round, in which the workers find their executors. */
  @Test
  void allRoundsOfAnEpochAfterTheFirstAreOneJob() throws TimeoutException {
    assertEquals(2 + 1, train(KEPT, Duration.ZERO, Map.of()).jobs);
  }

  @ParameterizedTest
  @MethodSource("plans")
  void meansThatCannotBeFetchedAreTrainedAgainToTheSameNumbers(WorkerPlan plan)
      throws TimeoutException {
    Map<Integer, Runnable> faults = Map.of(3, ResidentMasterTest::removeMeans);
    assertSame(train(plan, ROUND, Map.of()), train(plan, ROUND, faults));
  }

  private static void removeMeans() {
    means().forEach(SliceBlocks::remove);
  }

  private static List<BlockId> means() {
    return JavaConverters.seqAsJavaList(
        SparkEnv.get()
            .blockManager()
            .getMatchingBlockIds(
                new AbstractFunction1<BlockId, Object>() {
                  @Override
                  public Object apply(BlockId block) {
                    return MEAN.matcher(block.name()).matches();
                  }
                }));
  }

  /** The round of the last workers' means, which those of the one before have made room for. */
  private static int lastRound() {
    return means().stream()
        .map(block -> MEAN.matcher(block.name()))
        .filter(Matcher::matches)
        .max(Comparator.comparingLong(mean -> Long.parseLong(mean.group(1))))
        .map(mean -> Integer.parseInt(mean.group(2)))
        .orElseThrow();
  }

  @ParameterizedTest
  @MethodSource("plans")
  void workersAnswerWithWhatTheLastRoundCameTo(WorkerPlan plan) throws TimeoutException {
    Trained trained = train(plan, ROUND, Map.of());
    List<float[]> answers = trained.answers.orElseThrow();
    assertEquals(plan.workers(), answers.size());
    answers.forEach(answer -> assertArrayEquals(trained.parameters, answer));
  }

  @Test
  void workersThatAreLostBehindTheLastRoundDoNotAnswer() throws TimeoutException {
    assertEquals(Optional.empty(), train(KEPT, ROUND, Map.of(ROUNDS, LOSS)).answers);
  }

  @Test
  void workersWithoutAMeanOfTheLastRoundDoNotAnswer() throws TimeoutException {
    Map<Integer, Runnable> faults = Map.of(ROUNDS, ResidentMasterTest::removeMeans);
    assertEquals(Optional.empty(), train(KEPT, ROUND, faults).answers);
  }

  /** Another job keeps one of the two cores. */
  @Test
  void workersThatDoNotGetTheirCoresAtOnceTrainOneAfterTheOtherToTheSameNumbers()
      throws TimeoutException {
    context.parallelize(List.of(0), 1).foreachAsync(ignored -> OVER.acquire());
    Trained trained = train(KEPT, ROUND, Map.of());
    OVER.release();
    assertSame(train(KEPT, ROUND, Map.of()), trained);
  }

  @Test
  void trainingsThatWantTheSameCoresDoNotWaitForOneAnotherForEver()
      throws TimeoutException, ExecutionException, InterruptedException {
    Trained alone = train(KEPT, ROUND, Map.of());
    ExecutorService threads = Executors.newFixedThreadPool(2);
    List<Future<Trained>> both = new ArrayList<>();
    for (String run : List.of("one", "other")) {
      both.add(threads.submit(() -> train(run, KEPT, ROUND, Map.of())));
    }
    threads.shutdown();
    assertSame(alone, both.get(0).get());
    assertSame(alone, both.get(1).get());
  }

  @Test
  void whoCancelsTheJobOfTheRoundsEndsTheTraining() {
    Map<Integer, Runnable> cancelled =
        Map.of(
            3,
            () -> {
              context.sc().cancelAllJobs();
              // Spark cancels in a thread of its own, and few rounds are left.
              while (context.statusTracker().getActiveJobIds().length > 0) {
                Thread.onSpinWait();
              }
            });
    assertThrows(IllegalStateException.class, () -> train(KEPT, ROUND, cancelled));
  }

  @Test
  void aTrainingThatIsInterruptedEndsAndLeavesItsCoresToTheNext() throws TimeoutException {
    Trained undisturbed = train(KEPT, ROUND, Map.of());
    Map<Integer, Runnable> interrupted = Map.of(3, Thread.currentThread()::interrupt);
    assertThrows(IllegalStateException.class, () -> train(KEPT, ROUND, interrupted));
    // Spark may have taken note of it, while workers were ended.
    Thread.interrupted();
    assertSame(undisturbed, train(KEPT, ROUND, Map.of()));
  }

  /**
   * What came of a training.
   *
   * @param jobs of Spark's, where no other training was beside it
   * @param roundsOfTheLast workers, those that took over from the ones before
   * @param answers of the workers behind it: their parameters
   */
  private record Trained(
      float[] parameters,
      float[] state,
      List<Double> losses,
      int jobs,
      int roundsOfTheLast,
      Optional<List<float[]>> answers) {}

  private static void assertSame(Trained expected, Trained actual) {
    assertArrayEquals(expected.parameters, actual.parameters);
    assertArrayEquals(expected.state, actual.state);
    assertEquals(expected.losses, actual.losses);
  }

  private Trained train(WorkerPlan plan, Duration each, Map<Integer, Runnable> faults)
      throws TimeoutException {
    return train(RUN, plan, each, faults);
  }

  /**
   * @param each what a round takes
   * @param faults that come before rounds, from 0, and behind the last
   */
  private Trained train(String run, WorkerPlan plan, Duration each, Map<Integer, Runnable> faults)
      throws TimeoutException {
    Network network =
        NetworkBuilder.configuration(
                new Architecture(
                    "small",
                    List.of(new Layer.Dense(400, Activation.RELU)),
                    Loss.CROSS_ENTROPY,
                    new Optimizer.Adam(0.01, 0.9, 0.999, 1e-8),
                    8,
                    1),
                2,
                12,
                10,
                5)
            .initialized();
    Instant[] now = {Instant.EPOCH};
    Jobs jobs = new Jobs();
    List<Double> losses = new ArrayList<>();
    LearningRate rate = new LearningRate(new Schedule.Constant(0), 1);
    List<List<List<int[]>>> rounds = EpochPlan.of(EXAMPLES, plan, 1, 0).rounds();
    try (ParameterAveraging averaging =
            new ParameterAveraging(
                context, run, () -> now[0], plan, network, Optional.empty(), List::of);
        CountedTasks counted = new CountedTasks(context.sc(), Progress.NONE)) {
      context.sc().listenerBus().waitUntilEmpty();
      context.sc().addSparkListener(jobs);
      ParameterAveraging.EpochRounds epoch =
          averaging.epoch(plan, 1, training, EpochAugmentation.NONE, Targets.PLAIN, counted);
      int iterations = 0;
      for (int i = 0; i < ROUNDS; i++) {
        faults.getOrDefault(i, () -> {}).run();
        boolean isLast = i == ROUNDS - 1;
        List<Integer> steps = rounds.get(i).stream().map(List::size).toList();
        losses.add(
            epoch
                .train(
                    rounds.get(i),
                    isLast ? List.of() : rounds.get(i + 1),
                    new RoundLearningRate(rate, 0, 100, i, steps),
                    isLast ? Extent.ALL : epoch.least())
                .lossSum());
        iterations += steps.get(0);
        network.countIterations(iterations);
        now[0] = now[0].plus(each);
      }
      context.sc().listenerBus().waitUntilEmpty();
      int ended = jobs.ended.get();
      int last = lastRound();
      faults.getOrDefault(ROUNDS, () -> {}).run();
      return new Trained(
          network.parameters().toFloatVector(),
          network.updaterState().orElseThrow().toFloatVector(),
          losses,
          ended,
          last,
          averaging.ask((worker, asked) -> asked.network().parameters().toFloatVector()));
    } finally {
      context.sc().removeSparkListener(jobs);
    }
  }

  private static final class Jobs extends SparkListener {
    private final AtomicInteger ended = new AtomicInteger();

    @Override
    public void onJobEnd(SparkListenerJobEnd job) {
      ended.incrementAndGet();
    }
  }
}
