package io.convoy.averaging;

import io.convoy.augment.EpochAugmentation;
import io.convoy.dataset.Examples;
import io.convoy.engine.Engine;
import io.convoy.engine.Predictor;
import io.convoy.engine.Targets;
import io.convoy.network.Network;
import io.convoy.network.NetworkConfiguration;
import io.convoy.network.NetworkState;
import io.convoy.network.Shape;
import io.convoy.onednn.DenseWeights;
import io.convoy.settings.AveragingFrequency;
import io.convoy.settings.BatchOf;
import io.convoy.settings.OuterMomentum;
import io.convoy.settings.TestTimeAugmentation;
import io.convoy.spark.CountedTasks;
import io.convoy.spark.ExecutorPoll;
import io.convoy.spark.ExecutorRequest;
import io.convoy.spark.SessionExecutors;
import java.io.Serializable;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.spark.api.TrainingMaster;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The averaging of one network: its workers' rounds, by DL4J on Spark, and the step from each
 * round's mean to the parameters of the next. The workers stay on their executors from round to
 * round, but with an outer step, which is the driver's, with more workers than cores, or where
 * Spark speculates: then they are sent out anew.
 */
public final class ParameterAveraging implements AutoCloseable {
  private final JavaSparkContext context;
  private final WorkerPlan plan;
  private final Network network;
  private final List<RunningStatistics> statistics;
  private final Optional<OuterOptimizer> outer;
  private final Optional<ResidentMaster> resident;

  /**
   * @param context Spark's
   * @param plan of the workers
   * @param network whose parameters and optimizer's state every round changes
   * @param momentum over the averagings; left out where one worker alone has none
   * @param executors that workers may be on now, the best first; not asked in local mode
   */
  public ParameterAveraging(
      JavaSparkContext context,
      WorkerPlan plan,
      Network network,
      Optional<OuterMomentum> momentum,
      Supplier<List<ExecutorPoll.Executor>> executors) {
    this(
        context,
        UUID.randomUUID().toString(),
        InstantSource.system(),
        plan,
        network,
        momentum,
        executors);
  }

  /**
   * With a name and a clock of choice.
   *
   * @param run that no other training has
   * @param clock that says when the workers have trained for long
   */
  ParameterAveraging(
      JavaSparkContext context,
      String run,
      InstantSource clock,
      WorkerPlan plan,
      Network network,
      Optional<OuterMomentum> momentum,
      Supplier<List<ExecutorPoll.Executor>> executors) {
    this.context = context;
    this.plan = plan;
    this.network = network;
    this.statistics = RunningStatistics.of(network.configuration());
    long learned =
        new AveragedNumbers(NetworkState.arrays(network.parameters(), null), statistics).learned();
    this.outer =
        momentum
            .filter(wanted -> plan.workers() > 1)
            .map(wanted -> new OuterStep(wanted.momentum(), wanted.learningRate()))
            .map(step -> new OuterOptimizer(step, learned));
    this.resident =
        outer.isEmpty() && canStay(context, plan.workers())
            ? Optional.of(
                new ResidentMaster(context, run, clock, plan, network, statistics, executors))
            : Optional.empty();
  }

  /**
   * Whether workers can stay on their executors. A worker that has to wait for its executor's core
   * would be given to another executor. So would one that Spark finds slow, where it speculates.
   */
  private static boolean canStay(JavaSparkContext context, int workers) {
    return !context.getConf().getBoolean("spark.speculation", false)
        && (context.sc().isLocal() || workers <= cores(context));
  }

  /** Those that are asked for, or more that are there. */
  private static int cores(JavaSparkContext context) {
    ExecutorRequest asked = ExecutorRequest.of(context.getConf());
    int there =
        new SessionExecutors(context.sc())
            .executors().stream().mapToInt(ExecutorPoll.Executor::cores).sum();
    return Math.max(there, asked.count() * Math.max(1, asked.cores()));
  }

  /** The outer step's velocity itself, [1, parameters that are learned]. */
  public Optional<INDArray> velocity() {
    return outer.map(OuterOptimizer::velocity);
  }

  /** What is averaged in each round at least, where parameters are. */
  private Extent least() {
    return switch (plan.updaterState()) {
      case KEPT -> Extent.PARAMETERS;
      case AVERAGED -> Extent.STATE;
    };
  }

  /**
   * What a round of an epoch sends.
   *
   * @param settled plan of the workers for the epoch
   * @param image of the epoch
   */
  public RoundBytes bytes(WorkerPlan settled, Shape image) {
    Extent extent = plan.workers() == 1 ? Extent.ALL : least();
    return bytes(exchange(settled), image, plan.workers(), extent);
  }

  private RoundBytes bytes(Exchange exchange, Shape image, int workers, Extent extent) {
    return switch (exchange) {
      case PARAMETERS -> {
        long shared = shared(bytes(extent));
        yield new RoundBytes(shared, workers * shared);
      }
      case GRADIENTS -> {
        NetworkConfiguration configuration = network.configuration();
        List<DenseWeights> factored =
            Engine.fastest(configuration, image)
                .factored(configuration, image, plan.shared(), plan.precision());
        long weights = factored.stream().mapToLong(DenseWeights::length).sum();
        long factors =
            factored.stream()
                .mapToLong(each -> each.factorBytes(plan.batch(), plan.precision()))
                .sum();
        // The optimizer's state has one owner.
        long rest = shared(bytes(Extent.PARAMETERS) - Float.BYTES * weights);
        yield new RoundBytes(rest, workers * (rest + (plan.workers() - 1) * factors));
      }
    };
  }

  /** What a worker gives away or is given of what is averaged: it keeps its own share. */
  private long shared(long bytes) {
    return resident.isEmpty() || plan.workers() == 1
        ? bytes
        : (plan.workers() - 1) * bytes / plan.workers();
  }

  private long bytes(Extent extent) {
    boolean withState = resident.isEmpty() || extent != Extent.PARAMETERS;
    long state = withState ? network.updaterState().map(INDArray::length).orElse(0L) : 0;
    return (network.parameters().length() + state) * Float.BYTES;
  }

  /**
   * The rounds of an epoch.
   *
   * @param settled plan of the workers for the epoch
   * @param epoch from 1
   * @param training the training examples
   * @param augmentation of the epoch
   * @param targets of the examples
   * @param counted is told of the images
   */
  public EpochRounds epoch(
      WorkerPlan settled,
      int epoch,
      Examples training,
      EpochAugmentation augmentation,
      Targets targets,
      CountedTasks counted) {
    MinibatchLoader loader =
        new MinibatchLoader(
            training,
            augmentation,
            targets,
            new EpochOrder(training.examples(), plan.seed(), epoch));
    if (resident.isPresent()) {
      resident.get().beginEpoch(loader, counted);
      return new EpochRounds(resident.get(), resident.get(), loader, exchange(settled));
    }
    AveragingMaster master =
        new AveragingMaster(settled, network, context, counted, statistics, outer);
    return new EpochRounds(master, master, loader, Exchange.PARAMETERS);
  }

  /** Workers that are averaged after each minibatch of theirs, which is a part of one of all. */
  private Exchange exchange(WorkerPlan settled) {
    return resident.isPresent()
            && plan.workers() > 1
            && plan.batchOf() == BatchOf.ALL_WORKERS
            && settled.averagingFrequency().equals(AveragingFrequency.always(1))
        ? Exchange.GRADIENTS
        : Exchange.PARAMETERS;
  }

  /** The averaging rounds of an epoch, one after the other. */
  public final class EpochRounds {
    private final RoundMaster rounds;
    private final Exchange exchange;
    private final MinibatchLoader loader;
    private final Consumer<JavaRDD<String>> spark;

    private EpochRounds(
        RoundMaster rounds,
        TrainingMaster<?, ?> master,
        MinibatchLoader loader,
        Exchange exchange) {
      this.rounds = rounds;
      this.exchange = exchange;
      this.loader = loader;
      this.spark =
          network.kind(
              layers -> {
                SparkDl4jMultiLayer dl4j = new SparkDl4jMultiLayer(context, layers, master);
                return paths -> dl4j.fitPaths(paths, loader);
              },
              graph -> {
                SparkComputationGraph dl4j = new SparkComputationGraph(context, graph, master);
                return paths -> dl4j.fitPaths(paths, loader);
              });
    }

    /** What the workers give one another at the end of each. */
    public Exchange exchange() {
      return exchange;
    }

    /** What is averaged in each at least. */
    public Extent least() {
      return switch (exchange) {
        case PARAMETERS -> ParameterAveraging.this.least();
        // The optimizer's state has one owner.
        case GRADIENTS -> Extent.PARAMETERS;
      };
    }

    /**
     * What a round sends.
     *
     * @param workers that train in it
     */
    public RoundBytes bytes(int workers, Extent extent) {
      return ParameterAveraging.this.bytes(exchange, loader.image(), workers, extent);
    }

    /**
     * Trains one round.
     *
     * @param workers the minibatches of each, in order; a minibatch is the positions of its
     *     examples in the training split
     * @param next those of the round after it in the epoch; none after the last
     * @param rate of learning in the round
     * @param extent of the averaging at its end
     */
    public Outcome train(
        List<List<int[]>> workers, List<List<int[]>> next, RoundLearningRate rate, Extent extent) {
      List<List<String>> paths = paths(workers, Integer.MAX_VALUE);
      while (resident.isPresent() && paths.size() < plan.workers()) {
        // It has nothing to train, and averages its share.
        paths.add(List.of());
      }
      rounds.expect(new RoundSpec(rate, exchange, extent, paths, paths(next, ReadAhead.AHEAD)));
      spark.accept(context.parallelize(paths, paths.size()).flatMap(List::iterator));
      return rounds.outcome();
    }

    /**
     * @param most minibatches of each worker
     */
    private List<List<String>> paths(List<List<int[]>> workers, int most) {
      List<List<String>> paths = new ArrayList<>();
      for (List<int[]> minibatches : workers) {
        paths.add(new ArrayList<>(minibatches.stream().limit(most).map(loader::path).toList()));
      }
      return paths;
    }
  }

  /**
   * What each worker is asked between two rounds.
   *
   * @param <T> the answer
   */
  public interface Inquiry<T extends Serializable> extends Serializable {
    /**
     * Answers on the executor.
     *
     * @param worker from 0
     */
    T answer(int worker, Asked asked);
  }

  /** A worker that is asked. */
  public interface Asked {
    /** With the parameters that the last round came to, to be left as it is. */
    Network network();

    /**
     * Predicts with the network; is the worker's to close.
     *
     * @param image what goes in
     * @param testTime how it is predicted
     */
    Predictor predictor(Shape image, TestTimeAugmentation testTime);
  }

  /**
   * Asks the workers, at the end of an epoch.
   *
   * @return in the order of the workers; empty where they do not stay or have not trained yet, or
   *     one is lost
   */
  public <T extends Serializable> Optional<List<T>> ask(Inquiry<T> inquiry) {
    return resident.flatMap(workers -> workers.ask(inquiry));
  }

  /** Has the workers begin anew with the network as it is. */
  public void beginAnew() {
    resident.ifPresent(ResidentMaster::beginAnew);
  }

  /** Ends workers that stay from round to round. */
  @Override
  public void close() {
    resident.ifPresent(ResidentMaster::close);
  }
}
