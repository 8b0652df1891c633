package io.convoy.averaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.augment.EpochAugmentation;
import io.convoy.dataset.Examples;
import io.convoy.dataset.Split;
import io.convoy.dataset.SyntheticExamples;
import io.convoy.engine.Targets;
import io.convoy.network.Network;
import io.convoy.network.NetworkBuilder;
import io.convoy.onednn.DenseWeights;
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
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerBlockUpdated;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.storage.BlockId;
import org.apache.spark.storage.BlockManager;
import org.apache.spark.storage.BlockUpdatedInfo;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import scala.collection.JavaConverters;
import scala.runtime.AbstractFunction1;

/** The bytes that a round sends, counted from the blocks and the results of tasks. */
class RoundTrafficTest {
  private static final long MOST_OF_THE_DRIVER = 100_000;

  /** Of two jobs a round, by way of the driver. */
  private static final long MOST_OF_A_WORKERS_JOBS = 25_000;

  /** Enough that the start of their job weighs as little as in an epoch. */
  private static final int MOST_ROUNDS = 12;

  private static final Pattern PART = Pattern.compile("broadcast_(\\d+)_part_\\d+_(\\d+)_\\d+");
  private static final Pattern FACTORS =
      Pattern.compile("broadcast_(\\d+)_factors_\\d+_(\\d+)_\\d+");

  private static final Pattern MEAN = Pattern.compile("broadcast_(\\d+)_mean_\\d+_(\\d+)");

  /** Spark sends what tasks have in common as a broadcast. */
  private static final Pattern SENT_BY_DRIVER = Pattern.compile("broadcast_\\d+_piece\\d+");

  /** Of a minibatch of a worker. */
  private static final int IMAGES = 4;

  /** Numbers of an image. */
  private static final int INPUTS = 360;

  /** Outputs of a dense layer whose gradient is many times as many numbers as its factors. */
  private static final int WIDE = 800;

  @TempDir static Path folder;

  private static Examples training;
  private final JavaSparkContext context = SharedSpark.context();

  @BeforeAll
  static void writeExamples() {
    training = SyntheticExamples.write(folder, Split.TRAIN, 1024, 12, 10);
  }

  @ParameterizedTest
  @CsvSource({"4, WORKER, 800", "8, WORKER, 800", "4, ALL_WORKERS, 20", "8, ALL_WORKERS, 20"})
  void aWorkerSendsTwiceTheParametersOfTheOthersShares(int workers, BatchOf batchOf, int units)
      throws TimeoutException {
    Traffic traffic = train(workers, batchOf, 1, units);

    double expected = 2.0 * (workers - 1) / workers * traffic.parameters;
    assertEquals(workers, traffic.ofWorkers.length);
    for (long bytes : traffic.ofWorkers) {
      assertEquals(expected, bytes, 0.004 * expected);
    }
  }

  /** Factors to each of the others, and gradients and means of what is not the weights. */
  @ParameterizedTest
  @ValueSource(ints = {4, 8})
  void workersThatShareMinibatchesSendTheFactorsOfAWideLayerAndNotItsWeights(int workers)
      throws TimeoutException {
    Traffic traffic = train(workers, BatchOf.ALL_WORKERS, 1, WIDE);

    long weights = (long) INPUTS * WIDE;
    long factors = (long) IMAGES * (INPUTS + WIDE) * Float.BYTES;
    long rest = traffic.parameters - Float.BYTES * weights;
    double most = 2.0 * (workers - 1) / workers * traffic.parameters;
    assertEquals(workers, traffic.ofWorkers.length);
    for (long bytes : traffic.ofWorkers) {
      assertTrue(bytes < most / 2, bytes + " bytes");
    }
    long all = LongStream.of(traffic.ofWorkers).sum();
    assertEquals(workers * (workers - 1) * factors + 2 * (workers - 1) * rest, all);
    long means = (workers - 1) * rest;
    assertEquals(traffic.told.fromWorkers(), all - means, (double) workers * Float.BYTES);
    assertEquals(traffic.told.toExecutor(), means / workers);
  }

  /** Where tasks train a round each, there are more threads than this machine is asked for. */
  @ParameterizedTest
  @CsvSource({"4, WORKER, 1", "8, WORKER, 1", "4, WORKER, 16", "4, ALL_WORKERS, 1"})
  void jobsOfOneRoundSendAndAreSentLittle(int workers, BatchOf batchOf, int frequency)
      throws TimeoutException {
    Traffic traffic = train(workers, batchOf, frequency, WIDE);
    long most = workers * MOST_OF_A_WORKERS_JOBS;
    assertTrue(traffic.ofDriver <= most, traffic.ofDriver + " bytes");
    assertTrue(traffic.parameters > 4 * most);
  }

  @ParameterizedTest
  @CsvSource({"WORKER, 1", "WORKER, 16", "ALL_WORKERS, 1"})
  void theDriverSendsMessagesAndIsSentThem(BatchOf batchOf, int frequency) throws TimeoutException {
    Traffic traffic = train(2, batchOf, frequency, WIDE);
    assertTrue(traffic.messages > 0);
    double expected = messages(2, batchOf, frequency);
    assertEquals(expected, traffic.messages, 0.02 * expected);
    assertTrue(traffic.ofDriver <= MOST_OF_THE_DRIVER, traffic.ofDriver + " bytes");
  }

  /** Of workers that say what real ones say, as the test before shows of two. */
  @ParameterizedTest
  @CsvSource({"4, WORKER, 1", "8, WORKER, 1", "8, WORKER, 8", "8, ALL_WORKERS, 1"})
  void theMessagesOfARoundAreSmall(int workers, BatchOf batchOf, int frequency) {
    long bytes = messages(workers, batchOf, frequency);
    assertTrue(bytes <= MOST_OF_THE_DRIVER, bytes + " bytes");
  }

  /** The bytes of the messages of a round, its second. */
  private static long messages(int workers, BatchOf batchOf, int frequency) {
    WorkerPlan plan = plan(workers, batchOf, frequency);
    MinibatchLoader loader =
        new MinibatchLoader(
            training,
            EpochAugmentation.NONE,
            Targets.PLAIN,
            new EpochOrder(training.examples(), plan.seed(), 1));
    List<List<List<int[]>>> rounds = EpochPlan.of(training.examples(), plan, 1, 0).rounds();
    List<Integer> steps = rounds.get(1).stream().map(List::size).toList();
    List<Shares.Share> shares =
        Shares.ofParameters(network(WIDE).parameters(), List.of(), workers).slices();
    Supplier<List<DenseWeights>> factored =
        () -> batchOf == BatchOf.WORKER ? List.of() : List.of(new DenseWeights(0, INPUTS, WIDE));
    List<ResidentWorker.Trained> weights =
        IntStream.range(0, workers).mapToObj(worker -> trained(0, factored.get())).toList();
    RoundTask task =
        new RoundTask(
            "counted",
            1,
            2,
            batchOf == BatchOf.WORKER ? Exchange.PARAMETERS : Exchange.GRADIENTS,
            Extent.PARAMETERS,
            rate(1, steps),
            1,
            0,
            new SliceBlocks(1),
            List.of());
    List<Message> messages = new ArrayList<>();
    for (int worker = 0; worker < workers; worker++) {
      int own = worker;
      List<String> paths = rounds.get(1).get(worker).stream().map(loader::path).toList();
      List<String> next =
          rounds.get(2).get(worker).stream().limit(ReadAhead.AHEAD).map(loader::path).toList();
      messages.add(new Instruction.Train(task, paths, next, List.of(1)));
      messages.add(new Report.HasTrained(worker, trained(steps.get(worker), factored.get())));
      messages.add(new Instruction.Average(weights));
      messages.add(
          new Report.HasAveraged(
              worker,
              IntStream.range(0, shares.size())
                  .filter(slice -> shares.get(slice).owner() == own)
                  .mapToObj(slice -> new SliceChange(slice, 0, 0))
                  .toList()));
    }
    return messages.stream().mapToLong(message -> message.bytes().length).sum();
  }

  private static ResidentWorker.Trained trained(int minibatches, List<DenseWeights> factored) {
    List<MinibatchLoss> losses =
        IntStream.range(0, minibatches)
            .mapToObj(
                step ->
                    new MinibatchLoss(
                        0, step, 4, 0, new Applied(0.01, 0.01, List.of(2.0, 2.0), List.of(2, 2))))
            .toList();
    return new ResidentWorker.Trained(
        losses, (long) IMAGES * minibatches, (long) IMAGES * minibatches, factored);
  }

  /**
   * What a round sent, of those after the first of an epoch.
   *
   * @param parameters all of the network's, in bytes
   * @param ofWorkers by each, in the last
   * @param told what is said of them
   * @param messages between driver and workers
   * @param ofDriver by it to all workers, and by them to it, but for the headers of tasks
   */
  private record Traffic(
      long parameters, long[] ofWorkers, RoundBytes told, long messages, long ofDriver) {}

  private Traffic train(int workers, BatchOf batchOf, int frequency, int units)
      throws TimeoutException {
    WorkerPlan plan = plan(workers, batchOf, frequency);
    Network network = network(units);
    List<List<List<int[]>>> rounds = EpochPlan.of(training.examples(), plan, 1, 0).rounds();
    int last = Math.min(rounds.size(), MOST_ROUNDS) - 1;
    DriversTraffic driver = new DriversTraffic();
    long newest = context.broadcast(0).id();
    long[] ofWorkers;
    RoundBytes told;
    try (CountedTasks counted = new CountedTasks(context.sc(), Progress.NONE)) {
      try (ParameterAveraging averaging =
          new ParameterAveraging(
              context,
              "counted",
              InstantSource.system(),
              plan,
              network,
              Optional.empty(),
              List::of)) {
        ParameterAveraging.EpochRounds epoch =
            averaging.epoch(plan, 1, training, EpochAugmentation.NONE, Targets.PLAIN, counted);
        train(epoch, rounds, 0);
        context.sc().listenerBus().waitUntilEmpty();
        context.sc().addSparkListener(driver);
        for (int round = 1; round <= last; round++) {
          train(epoch, rounds, round);
        }
        told = epoch.bytes(workers, epoch.least());
        ofWorkers = sentByWorkers(network, workers, newest);
      }
      context.sc().listenerBus().waitUntilEmpty();
      return new Traffic(
          Float.BYTES * network.parameters().length(),
          ofWorkers,
          told,
          driver.messages.get() / last,
          (workers * driver.sent.get() + driver.received.get() + driver.messages.get()) / last);
    } finally {
      context.sc().removeSparkListener(driver);
    }
  }

  private static WorkerPlan plan(int workers, BatchOf batchOf, int frequency) {
    return new WorkerPlan(
        workers,
        1,
        Precision.FLOAT32,
        IMAGES,
        batchOf,
        AveragingFrequency.always(frequency),
        UpdaterState.KEPT,
        0,
        5);
  }

  private static Network network(int units) {
    return NetworkBuilder.configuration(
            new Architecture(
                "wide",
                List.of(new Layer.Dense(units, Activation.RELU)),
                Loss.CROSS_ENTROPY,
                new Optimizer.Adam(0.01, 0.9, 0.999, 1e-8),
                8,
                1),
            2,
            12,
            10,
            5)
        .initialized();
  }

  private static void train(
      ParameterAveraging.EpochRounds epoch, List<List<List<int[]>>> rounds, int round) {
    List<List<int[]>> next = rounds.size() > round + 1 ? rounds.get(round + 1) : List.of();
    List<Integer> steps = rounds.get(round).stream().map(List::size).toList();
    epoch.train(rounds.get(round), next, rate(round, steps), epoch.least());
  }

  private static RoundLearningRate rate(int round, List<Integer> steps) {
    return new RoundLearningRate(
        new LearningRate(new Schedule.Constant(0), 1), 0, 100, round, steps);
  }

  /** Each of the others is sent its own part, and all means. */
  private static long[] sentByWorkers(Network network, int workers, long newest) {
    List<Shares.Share> shares =
        Shares.ofParameters(network.parameters(), List.of(), workers).slices();
    long[] sent = new long[workers];
    for (BlockId block : blocks()) {
      Matcher part = PART.matcher(block.name());
      if (part.matches() && Long.parseLong(part.group(1)) > newest) {
        sent[Integer.parseInt(part.group(2))] += bytes(block);
      }
      Matcher factors = FACTORS.matcher(block.name());
      if (factors.matches() && Long.parseLong(factors.group(1)) > newest) {
        sent[Integer.parseInt(factors.group(2))] += (workers - 1) * bytes(block);
      }
      Matcher mean = MEAN.matcher(block.name());
      if (mean.matches() && Long.parseLong(mean.group(1)) > newest) {
        int owner = shares.get(Integer.parseInt(mean.group(2))).owner();
        sent[owner] += (workers - 1) * bytes(block);
      }
    }
    return sent;
  }

  private static List<BlockId> blocks() {
    return JavaConverters.seqAsJavaList(
        manager()
            .getMatchingBlockIds(
                new AbstractFunction1<BlockId, Object>() {
                  @Override
                  public Object apply(BlockId block) {
                    return block.isBroadcast();
                  }
                }));
  }

  private static long bytes(BlockId block) {
    return manager().getStatus(block).get().memSize() + manager().getStatus(block).get().diskSize();
  }

  private static BlockManager manager() {
    return SparkEnv.get().blockManager();
  }

  private static final class DriversTraffic extends SparkListener {
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong received = new AtomicLong();
    private final AtomicLong messages = new AtomicLong();

    @Override
    public void onBlockUpdated(SparkListenerBlockUpdated update) {
      BlockUpdatedInfo block = update.blockUpdatedInfo();
      boolean isThere = block.storageLevel().isValid();
      if (isThere && SENT_BY_DRIVER.matcher(block.blockId().name()).matches()) {
        sent.addAndGet(block.memSize() + block.diskSize());
      }
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd task) {
      received.addAndGet(task.taskMetrics().resultSize());
      JavaConverters.seqAsJavaList(task.taskInfo().accumulables()).stream()
          .filter(each -> each.name().exists(RoundSession.TRAFFIC::equals))
          .forEach(each -> messages.addAndGet((long) each.update().get()));
    }
  }
}
