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
import org.apache.spark.util.CollectionAccumulator;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The averaging of one network: its workers' rounds, by DL4J on Spark, and the step from each
 * round's mean to the parameters of the next.
 */
public final class ParameterAveraging {
  private final JavaSparkContext context;
  private final WorkerPlan plan;
  private final Network network;
  private final List<RunningStatistics> statistics;
  private final Optional<OuterOptimizer> outer;
  private final CollectionAccumulator<MinibatchLoss> losses;

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
    this.losses = context.sc().collectionAccumulator();
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
   * What the workers of a round have done.
   *
   * @param lossSum over the examples, each before its minibatch's update
   * @param applied to them
   * @param movement of the parameters
   */
  public record Outcome(double lossSum, Applied applied, Round.Movement movement) {}

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
    return new EpochRounds(
        new AveragingMaster(settled, network, losses, counted, statistics, outer),
        new MinibatchLoader(training, augmentation, targets));
  }

  /** The averaging rounds of an epoch, one after the other. */
  public final class EpochRounds {
    private final AveragingMaster master;
    private final Consumer<JavaRDD<String>> spark;

    private EpochRounds(AveragingMaster master, MinibatchLoader loader) {
      this.master = master;
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
     * @param rate of learning in the round
     */
    public Outcome train(List<List<int[]>> workers, RoundLearningRate rate) {
      master.learningRate(rate);
      spark.accept(paths(workers));
      List<MinibatchLoss> reports = takeReports();
      return new Outcome(
          lossSum(reports),
          reports.stream().map(MinibatchLoss::applied).reduce(Applied.NOTHING, Applied::then),
          master.movement());
    }
  }

  private static double lossSum(List<MinibatchLoss> reports) {
    double sum = 0;
    for (MinibatchLoss report : reports) {
      sum += report.loss() * report.examples();
    }
    return sum;
  }

  /** A partition is what a worker trains. */
  private JavaRDD<String> paths(List<List<int[]>> workers) {
    List<List<String>> paths = new ArrayList<>();
    for (List<int[]> minibatches : workers) {
      paths.add(new ArrayList<>(minibatches.stream().map(MinibatchLoader::path).toList()));
    }
    return context.parallelize(paths, paths.size()).flatMap(List::iterator);
  }

  private List<MinibatchLoss> takeReports() {
    List<MinibatchLoss> round = new ArrayList<>(losses.value());
    losses.reset();
    // A retried task reports again: one entry a minibatch counts, in an order that is always the
    // same.
    round.sort(MinibatchLoss.ORDER);
    List<MinibatchLoss> once = new ArrayList<>();
    for (MinibatchLoss loss : round) {
      int last = once.size() - 1;
      if (last < 0 || MinibatchLoss.ORDER.compare(once.get(last), loss) != 0) {
        once.add(loss);
      }
    }
    return once;
  }
}
