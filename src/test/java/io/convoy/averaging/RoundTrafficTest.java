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
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
import scala.collection.JavaConverters;
import scala.runtime.AbstractFunction1;

/** The bytes that a round sends, counted from the blocks and the results of tasks. */
class RoundTrafficTest {
  /** Four executors have a hundred kilobytes together. */
  private static final long MOST_OF_THE_DRIVER = 25_000;

  private static final Pattern PART = Pattern.compile("broadcast_(\\d+)_part_\\d+_(\\d+)_\\d+");
  private static final Pattern MEAN = Pattern.compile("broadcast_(\\d+)_mean_\\d+_(\\d+)");

  /** Spark sends what tasks have in common as a broadcast. */
  private static final Pattern SENT_BY_DRIVER = Pattern.compile("broadcast_\\d+_piece\\d+");

  @TempDir static Path folder;

  private static Examples training;
  private final JavaSparkContext context = SharedSpark.context();

  @BeforeAll
  static void writeExamples() {
    training = SyntheticExamples.write(folder, Split.TRAIN, 1024, 12, 10);
  }

  @ParameterizedTest
  @CsvSource({"4, WORKER, 1", "8, WORKER, 1", "4, ALL_WORKERS, 1", "8, ALL_WORKERS, 1"})
  void aWorkerSendsTwiceTheParametersOfTheOthersShares(int workers, BatchOf batchOf, int frequency)
      throws TimeoutException {
    Traffic traffic = secondRound(workers, batchOf, frequency);

    double expected = 2.0 * (workers - 1) / workers * traffic.parameters;
    assertEquals(workers, traffic.ofWorkers.length);
    for (long bytes : traffic.ofWorkers) {
      assertEquals(expected, bytes, 0.001 * expected);
    }
  }

  @ParameterizedTest
  @CsvSource({"4, WORKER, 1", "8, WORKER, 1", "4, WORKER, 16", "4, ALL_WORKERS, 1"})
  void theDriverSendsLittleAndIsSentLittle(int workers, BatchOf batchOf, int frequency)
      throws TimeoutException {
    Traffic traffic = secondRound(workers, batchOf, frequency);
    long most = workers * MOST_OF_THE_DRIVER;
    assertTrue(traffic.ofDriver <= most, traffic.ofDriver + " bytes");
    assertTrue(traffic.parameters > 4 * most);
  }

  /**
   * What a round sent.
   *
   * @param parameters all of the network's, in bytes
   * @param ofWorkers by each
   * @param ofDriver by it to all workers, and by them to it, but for the headers of tasks
   */
  private record Traffic(long parameters, long[] ofWorkers, long ofDriver) {}

  private Traffic secondRound(int workers, BatchOf batchOf, int frequency) throws TimeoutException {
    WorkerPlan plan =
        new WorkerPlan(
            workers,
            1,
            Precision.FLOAT32,
            4,
            batchOf,
            AveragingFrequency.always(frequency),
            UpdaterState.KEPT,
            0,
            5);
    Network network = network();
    List<List<List<int[]>>> rounds = EpochPlan.of(training.examples(), plan, 1, 0).rounds();
    DriversTraffic driver = new DriversTraffic();
    long newest = context.broadcast(0).id();
    try (ParameterAveraging averaging =
            new ParameterAveraging(
                context,
                "counted",
                InstantSource.system(),
                plan,
                network,
                Optional.empty(),
                List::of);
        CountedTasks counted = new CountedTasks(context.sc(), Progress.NONE)) {
      ParameterAveraging.EpochRounds epoch =
          averaging.epoch(plan, 1, training, EpochAugmentation.NONE, Targets.PLAIN, counted);
      train(epoch, rounds, 0);
      context.sc().listenerBus().waitUntilEmpty();
      context.sc().addSparkListener(driver);
      train(epoch, rounds, 1);
      context.sc().listenerBus().waitUntilEmpty();
      return new Traffic(
          Float.BYTES * network.parameters().length(),
          sentByWorkers(network, workers, newest),
          workers * driver.sent.get() + driver.received.get());
    } finally {
      context.sc().removeSparkListener(driver);
    }
  }

  private static Network network() {
    return NetworkBuilder.configuration(
            new Architecture(
                "wide",
                List.of(new Layer.Dense(800, Activation.RELU)),
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
    LearningRate rate = new LearningRate(new Schedule.Constant(0), 1);
    epoch.train(
        rounds.get(round), next, new RoundLearningRate(rate, 0, 100, round, steps), epoch.least());
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
    }
  }
}
