package io.convoy.averaging;

import io.convoy.augment.EpochAugmentation;
import io.convoy.dataset.Examples;
import io.convoy.engine.Targets;
import io.convoy.network.Network;
import io.convoy.network.NetworkState;
import io.convoy.settings.OuterMomentum;
import io.convoy.spark.CountedTasks;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.spark.api.TrainingMaster;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The averaging of one network: its workers' rounds, by DL4J on Spark, and the step from each
 * round's mean to the parameters of the next.
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
   */
  public ParameterAveraging(
      JavaSparkContext context,
      WorkerPlan plan,
      Network network,
      Optional<OuterMomentum> momentum) {
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
        plan.workers() == 1 && plan.averageUpdaterState()
            ? Optional.of(new ResidentMaster(context, plan, network, statistics))
            : Optional.empty();
  }

  /** The outer step's velocity itself, [1, parameters that are learned]. */
  public Optional<INDArray> velocity() {
    return outer.map(OuterOptimizer::velocity);
  }

  /**
   * Bytes of the parameters and, where it is averaged, the optimizer's state: what goes to an
   * executor in a round, and what comes back from a worker.
   */
  public long stateBytes() {
    long state =
        plan.averageUpdaterState() ? network.updaterState().map(INDArray::length).orElse(0L) : 0;
    return (network.parameters().length() + state) * Float.BYTES;
  }

  /**
   * The rounds of an epoch.
   *
   * @param settled plan of the workers for the epoch
   * @param training the training examples
   * @param augmentation of the epoch
   * @param targets of the examples
   * @param counted is told of the images
   */
  public EpochRounds epoch(
      WorkerPlan settled,
      Examples training,
      EpochAugmentation augmentation,
      Targets targets,
      CountedTasks counted) {
    MinibatchLoader loader = new MinibatchLoader(training, augmentation, targets);
    if (resident.isPresent()) {
      resident.get().beginEpoch(loader, counted);
      return new EpochRounds(resident.get(), resident.get(), loader);
    }
    AveragingMaster master =
        new AveragingMaster(settled, network, context, counted, statistics, outer);
    return new EpochRounds(master, master, loader);
  }

  /** The averaging rounds of an epoch, one after the other. */
  public final class EpochRounds {
    private final RoundMaster rounds;
    private final Consumer<JavaRDD<String>> spark;

    private EpochRounds(RoundMaster rounds, TrainingMaster<?, ?> master, MinibatchLoader loader) {
      this.rounds = rounds;
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
      rounds.expect(new RoundSpec(rate, extent, paths(next)));
      List<List<String>> paths = paths(workers);
      spark.accept(context.parallelize(paths, paths.size()).flatMap(List::iterator));
      return rounds.outcome();
    }
  }

  private static List<List<String>> paths(List<List<int[]>> workers) {
    List<List<String>> paths = new ArrayList<>();
    for (List<int[]> minibatches : workers) {
      paths.add(new ArrayList<>(minibatches.stream().map(MinibatchLoader::path).toList()));
    }
    return paths;
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
