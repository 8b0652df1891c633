package io.convoy.averaging;

import io.convoy.failure.Amount;
import io.convoy.network.Network;
import io.convoy.network.NetworkConfiguration;
import io.convoy.spark.CountedTasks;
import io.convoy.spark.ExecutorPoll.Executor;
import io.convoy.spark.PinnedRdd;
import io.convoy.spark.SessionExecutors;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.core.loader.DataSetLoader;
import org.deeplearning4j.core.loader.MultiDataSetLoader;
import org.deeplearning4j.spark.api.Repartition;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingMaster;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * DL4J's parameter averaging with workers that stay on their executors from round to round. The
 * driver is told of losses, and given the parameters where an epoch ends or a checkpoint is due.
 *
 * <p>Where an executor is lost, all workers begin anew from what the driver was given last, a
 * minute ago at most, and train the rounds since then again, of the same minibatches in the same
 * order: to the same parameters.
 */
final class ResidentMaster extends ParameterAveragingTrainingMaster
    implements RoundMaster, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ResidentMaster.class);

  /** How much of the training may have to be trained again. */
  static final Duration LOSS = Duration.ofMinutes(1);

  /** In one round, of which each costs an executor. */
  private static final int MOST_LOSSES = 20;

  /** As often as Spark tries a task: what one worker alone trains is lost to nobody else. */
  private static final int MOST_LOSSES_ALONE = 4;

  private final JavaSparkContext context;
  private final WorkerPlan plan;
  private final Network network;
  private final List<RunningStatistics> statistics;
  private final String run;
  private final InstantSource clock;
  private final Supplier<List<Executor>> executors;

  /** The rounds since the driver was given what workers begin anew with. */
  private final List<RoundOrder> orders = new ArrayList<>();

  /** When that was. */
  private Instant given;

  /** The optimizers' states, where they were not averaged then. */
  private Optional<KeptStates> kept = Optional.empty();

  private Optional<Generation> generation = Optional.empty();
  private int generations;
  private int done;
  private MinibatchLoader loader;
  private CountedTasks counted;
  private RoundSpec expected;
  private Outcome outcome;

  /**
   * @param run a name of the training that no other has
   * @param clock that says when workers have trained for long
   * @param plan of the workers
   * @param network whose parameters and optimizer's state the rounds change
   * @param statistics where running statistics lie among the parameters
   * @param executors that workers may be on now; not asked in local mode
   */
  ResidentMaster(
      JavaSparkContext context,
      String run,
      InstantSource clock,
      WorkerPlan plan,
      Network network,
      List<RunningStatistics> statistics,
      Supplier<List<Executor>> executors) {
    super(
        new Builder(plan.workers(), plan.batch())
            .repartionData(Repartition.Never)
            .storageLevelStreams(null));
    this.context = context;
    this.run = run;
    this.clock = clock;
    this.given = clock.instant();
    this.plan = plan;
    this.network = network;
    this.statistics = statistics;
    this.executors = executors;
  }

  /** Says of what the rounds of the next epoch are. */
  void beginEpoch(MinibatchLoader next, CountedTasks images) {
    loader = next;
    counted = images;
    given = clock.instant();
    generation.ifPresent(Generation::endSession);
    if (generation.filter(Generation::isMisplaced).isPresent()) {
      restart();
    }
  }

  @Override
  public void expect(RoundSpec next) {
    expected = next;
  }

  @Override
  public Outcome outcome() {
    return outcome;
  }

  @Override
  public void executeTrainingPaths(
      SparkDl4jMultiLayer spark,
      SparkComputationGraph graph,
      JavaRDD<String> paths,
      DataSetLoader sameLoader,
      MultiDataSetLoader noLoader) {
    NetworkConfiguration counts = network.configuration();
    RoundSpec spec = expected.with(extent());
    orders.add(
        new RoundOrder(
            spec,
            paths,
            loader,
            counted,
            List.of(counted.pass()),
            counts.iterations(),
            counts.epochs()));
    Optional<Outcome> trained = train();
    for (int losses = 1; trained.isEmpty() && losses < mostLosses(); losses++) {
      LOG.warn("a worker is lost: training {} again", Amount.of(orders.size(), "averaging round"));
      restart();
      trained = train();
    }
    outcome = trained.orElseThrow(() -> new LostWorkersException(mostLosses()));
    switch (spec.extent()) {
      case PARAMETERS, STATE -> {}
      case SNAPSHOT -> keep(generation.orElseThrow().kept());
      case ALL -> keep(Optional.empty());
    }
  }

  private int mostLosses() {
    return plan.workers() == 1 ? MOST_LOSSES_ALONE : MOST_LOSSES;
  }

  /** More than is asked for, where workers that began anew would have long to train again. */
  private Extent extent() {
    Extent asked = expected.extent();
    if (asked == Extent.ALL || clock.instant().isBefore(given.plus(LOSS))) {
      return asked;
    }
    boolean hasOwnStates =
        plan.workers() > 1
            && asked == Extent.PARAMETERS
            && expected.exchange() == Exchange.PARAMETERS;
    return hasOwnStates ? Extent.SNAPSHOT : Extent.ALL;
  }

  private void keep(Optional<KeptStates> states) {
    kept.ifPresent(KeptStates::destroy);
    kept = states;
    orders.clear();
    done = 0;
    given = clock.instant();
  }

  /** The rounds that are left, and of the last what came of it; empty where a worker is lost. */
  private Optional<Outcome> train() {
    Generation workers = generation.orElseGet(this::begin);
    Optional<Outcome> last = Optional.empty();
    while (done < orders.size()) {
      RoundOrder order = orders.get(done);
      last = workers.train(order);
      if (last.isEmpty()) {
        return last;
      }
      orders.set(done, order.again());
      done++;
    }
    return last;
  }

  private Generation begin() {
    generations++;
    Generation begun =
        new Generation(context, run, generations, plan, network, statistics, kept, executors);
    generation = Optional.of(begun);
    return begun;
  }

  /** Asks all workers; empty where none have begun, or one is lost. */
  <T extends Serializable> Optional<List<T>> ask(ParameterAveraging.Inquiry<T> inquiry) {
    return generation.flatMap(workers -> workers.ask(inquiry));
  }

  /** Has the next round begin with the driver's network as it is then. */
  void beginAnew() {
    keep(Optional.empty());
    restart();
  }

  private void restart() {
    generation.ifPresent(
        last -> {
          last.close();
          endOnExecutors();
        });
    generation = Optional.empty();
    done = 0;
  }

  /** Ends the workers, each as soon as its executor has the time for it. */
  @Override
  public void close() {
    if (context.sc().isStopped() || generation.isEmpty()) {
      return;
    }
    keep(Optional.empty());
    generation.get().close();
    generation = Optional.empty();
    endOnExecutors();
  }

  /** Of all generations so far; those that begin anew may be on other executors. */
  private void endOnExecutors() {
    if (context.sc().isLocal()) {
      return;
    }
    String ended = run;
    int last = generations;
    List<String> executors =
        new SessionExecutors(context.sc())
            .executors().stream()
                .map(executor -> SessionExecutors.location(executor.id(), executor.host()))
                .toList();
    if (!executors.isEmpty()) {
      // Nobody waits for it: an executor that is lost has nothing to end.
      PinnedRdd.of(context.parallelize(executors, executors.size()), executors)
          .foreachAsync(executor -> Residents.here().end(ended, last));
    }
  }
}
