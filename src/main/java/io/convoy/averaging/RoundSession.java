package io.convoy.averaging;

import io.convoy.failure.Amount;
import io.convoy.spark.ExecutorPoll.Executor;
import io.convoy.spark.JobNames;
import io.convoy.spark.PinnedRdd;
import io.convoy.spark.SessionExecutors;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.rpc.RpcEndpointRef;
import org.apache.spark.rpc.RpcEnv;
import org.apache.spark.storage.BlockManagerId;
import org.apache.spark.util.LongAccumulator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One Spark job in which resident workers train round after round, a task each. It wants all of
 * their cores at once, and keeps them between rounds.
 *
 * <p>It ends before its time where a worker's executor is lost, where a task is given to another
 * executor than its worker's, and where not all tasks can begin. Workers that are still there have
 * lost nothing by it, and can be asked to go on with the same round.
 */
final class RoundSession implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RoundSession.class);

  /** What Spark says of a job that somebody has ended. */
  private static final Pattern CANCELLED = Pattern.compile("Job \\d+ cancelled");

  /** The name of what Spark adds up. */
  static final String TRAFFIC = "bytes between driver and workers";

  /** How many seconds pass until all tasks have begun: what has taken their cores may go on. */
  private static final int MOST_LOOKS = 10;

  private final JavaSparkContext context;
  private final Set<String> executors;
  private final RpcEnv network;
  private final RoundCoordinator coordinator;
  private final RpcEndpointRef endpoint;
  private final LongAccumulator traffic;
  private final JavaFutureAction<Void> job;
  private boolean isGivenUp;
  private int looks;
  private int rounds;

  /**
   * Begins.
   *
   * @param name that no other session has
   * @param first of the rounds
   * @param places the processes of the workers
   * @param locations of the workers, as Spark names them; none where any will do
   */
  RoundSession(
      JavaSparkContext context,
      String name,
      RoundOrder first,
      List<BlockManagerId> places,
      List<String> locations) {
    this.context = context;
    this.executors =
        locations.isEmpty()
            ? Set.of()
            : places.stream().map(BlockManagerId::executorId).collect(Collectors.toSet());
    this.network = SparkEnv.get().rpcEnv();
    this.coordinator = new RoundCoordinator(network, places);
    this.endpoint = network.setupEndpoint(name, coordinator);
    this.traffic = context.sc().longAccumulator(TRAFFIC);
    List<Integer> numbers = IntStream.range(0, places.size()).boxed().toList();
    JavaRDD<Integer> tasks = PinnedRdd.of(context.parallelize(numbers, numbers.size()), locations);
    JobNames names = new JobNames(context.sc());
    if (!first.spec().next().isEmpty()) {
      names.beginAndThoseAfter();
    }
    this.job =
        tasks.foreachAsync(new SessionTask(name, places, first.loader(), first.counted(), traffic));
    names.end();
  }

  /**
   * Trains the next round.
   *
   * @param instructions to each worker
   * @return empty where the session has come to an end
   */
  Optional<RoundResult> train(List<Instruction.Train> instructions) {
    Future<Optional<RoundResult>> round = coordinator.begin(instructions);
    while (true) {
      try {
        Optional<RoundResult> result = round.get(1, TimeUnit.SECONDS);
        rounds += result.isPresent() ? 1 : 0;
        return result;
      } catch (TimeoutException e) {
        look();
      } catch (ExecutionException e) {
        throw new IllegalStateException(e);
      } catch (InterruptedException e) {
        coordinator.end();
        job.cancel(true);
        Thread.currentThread().interrupt();
        throw new IllegalStateException("stopped while workers trained", e);
      }
    }
  }

  /** Spark tells nobody that a task will not begin or not come to its end. */
  private void look() {
    if (job.isDone()) {
      requireWhole();
      coordinator.end();
    } else if (!executors().containsAll(executors)) {
      coordinator.end();
    } else if (!coordinator.isWhole()) {
      looks++;
      if (looks == MOST_LOOKS) {
        LOG.warn("not all workers have a core at once: averaging by two jobs a round meanwhile");
        coordinator.end();
        // Whoever has the core may keep it for long.
        isGivenUp = true;
        job.cancel(true);
      }
    }
  }

  /** A job that is cancelled, or has a task that fails for good, is not tried again. */
  private void requireWhole() {
    try {
      job.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * To be called when it is closed.
   *
   * @throws IllegalStateException if somebody has cancelled its job, as who wants the training to
   *     end
   */
  void requireNotCancelled() {
    try {
      job.get();
    } catch (ExecutionException e) {
      if (!isGivenUp && CANCELLED.matcher(String.valueOf(e.getCause().getMessage())).find()) {
        throw new IllegalStateException(e.getCause());
      }
    } catch (CancellationException e) {
      LOG.debug("given up", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Set<String> executors() {
    return executors.isEmpty()
        ? Set.of()
        : new SessionExecutors(context.sc())
            .executors().stream().map(Executor::id).collect(Collectors.toSet());
  }

  /** Ends the tasks, and waits until they have ended. */
  @Override
  public void close() {
    coordinator.end();
    try {
      job.get();
      LOG.info(
          "{} in one job, of {} bytes between driver and workers",
          Amount.of(rounds, "averaging round"),
          traffic.value());
    } catch (ExecutionException e) {
      LOG.warn("the job of averaging rounds has failed", e.getCause());
    } catch (CancellationException e) {
      LOG.info("the job of averaging rounds is cancelled", e);
    } catch (InterruptedException e) {
      job.cancel(true);
      Thread.currentThread().interrupt();
    } finally {
      network.stop(endpoint);
    }
  }
}
