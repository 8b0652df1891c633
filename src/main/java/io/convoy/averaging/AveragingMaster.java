package io.convoy.averaging;

import io.convoy.averaging.AveragedNumbers.SlicePlace;
import io.convoy.network.Network;
import io.convoy.network.NetworkState;
import io.convoy.spark.CountedTasks;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.HashPartitioner;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.CollectionAccumulator;
import org.deeplearning4j.core.loader.DataSetLoader;
import org.deeplearning4j.core.loader.MultiDataSetLoader;
import org.deeplearning4j.spark.api.Repartition;
import org.deeplearning4j.spark.api.WorkerConfiguration;
import org.deeplearning4j.spark.api.worker.ExecuteWorkerFlatMap;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingMaster;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingResult;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingWorker;
import org.nd4j.common.loader.LocalFileSource;
import org.nd4j.linalg.dataset.DataSet;
import scala.Tuple2;

/**
 * DL4J's parameter averaging with another way for the parameters. DL4J 1.0.0-M2 sends each worker's
 * parameters and optimizer's state to the driver as one task result, of which Spark holds three
 * copies on the heap at once; adds them in the order of their arrival, so that three workers or
 * more never give the same sum twice; weighs all workers alike, however few examples the last round
 * left them; and never destroys the broadcast of a round.
 *
 * <p>Here they go through a shuffle in slices: each slice is averaged by itself, in the order of
 * the workers and weighted by their examples, and the driver has a few slices on its heap at a
 * time. Running statistics are pooled instead, and an outer step may go beyond the mean.
 */
final class AveragingMaster extends ParameterAveragingTrainingMaster implements RoundMaster {
  /** DL4J's read-ahead waits for ever where it fails: {@link ReadAhead} reads instead. */
  private static final int PREFETCHED_MINIBATCHES = 0;

  private final WorkerPlan plan;
  private final Network network;
  private final CollectionAccumulator<MinibatchLoss> losses;
  private final CountedTasks counted;
  private final List<RunningStatistics> statistics;
  private final Optional<OuterOptimizer> outer;
  private Round.Movement movement;
  private Broadcast<NetworkState> broadcast;
  private RoundLearningRate rate;

  /**
   * @param plan settled for the epoch
   * @param context Spark's
   * @param counted are told of the images
   * @param statistics where running statistics lie among the parameters
   * @param outer the step beyond the mean
   */
  AveragingMaster(
      WorkerPlan plan,
      Network network,
      JavaSparkContext context,
      CountedTasks counted,
      List<RunningStatistics> statistics,
      Optional<OuterOptimizer> outer) {
    super(
        new Builder(plan.workers(), plan.batch())
            .batchSizePerWorker(plan.batch())
            .averagingFrequency(plan.averagingFrequency().atLast())
            .saveUpdater(true)
            .workerPrefetchNumBatches(PREFETCHED_MINIBATCHES)
            .repartionData(Repartition.Never)
            .storageLevelStreams(null));
    this.plan = plan;
    this.network = network;
    this.losses = context.sc().collectionAccumulator();
    this.counted = counted;
    this.statistics = statistics;
    this.outer = outer;
  }

  @Override
  public void expect(RoundSpec next) {
    rate = next.rate();
  }

  @Override
  public ParameterAveragingTrainingWorker getWorkerInstance(SparkDl4jMultiLayer spark) {
    return worker(spark.getSparkContext(), Kind.LAYERS);
  }

  @Override
  public ParameterAveragingTrainingWorker getWorkerInstance(SparkComputationGraph spark) {
    return worker(spark.getSparkContext(), Kind.GRAPH);
  }

  private enum Kind {
    LAYERS,
    GRAPH
  }

  private ParameterAveragingTrainingWorker worker(JavaSparkContext context, Kind kind) {
    broadcast = context.broadcast(NetworkState.ofTraining(network));
    WorkerConfiguration configuration =
        new WorkerConfiguration(
            kind == Kind.GRAPH,
            plan.batch(),
            plan.batch(),
            plan.averagingFrequency().atLast(),
            PREFETCHED_MINIBATCHES,
            false);
    return new AveragingWorker(broadcast, configuration, plan, rate, losses, counted);
  }

  /** DL4J would count the minibatches first, by a job of their own, to cut them into rounds. */
  @Override
  public void executeTrainingPaths(
      SparkDl4jMultiLayer spark,
      SparkComputationGraph graph,
      JavaRDD<String> round,
      DataSetLoader loader,
      MultiDataSetLoader noLoader) {
    ParameterAveragingTrainingWorker worker =
        graph == null ? getWorkerInstance(spark) : getWorkerInstance(graph);
    processResults(spark, graph, round.mapPartitions(paths -> train(paths, loader, worker)), 1, 1);
  }

  private static Iterator<ParameterAveragingTrainingResult> train(
      Iterator<String> paths, DataSetLoader loader, ParameterAveragingTrainingWorker worker)
      throws Exception {
    TaskContext task = TaskContext.get();
    try (ReadAhead<DataSet> minibatches =
        new ReadAhead<>(paths, path -> load(loader, path), task::isInterrupted)) {
      return new ExecuteWorkerFlatMap<>(worker).call(minibatches);
    }
  }

  private static DataSet load(DataSetLoader loader, String path) {
    try {
      return loader.load(new LocalFileSource(path));
    } catch (IOException e) {
      throw new UncheckedIOException(path + ": " + e.getMessage(), e);
    }
  }

  @Override
  protected void processResults(
      SparkDl4jMultiLayer spark,
      SparkComputationGraph graph,
      JavaRDD<ParameterAveragingTrainingResult> results,
      int split,
      int splits) {
    AveragedNumbers numbers =
        new AveragedNumbers(
            NetworkState.arrays(network.parameters(), network.updaterState().orElse(null)),
            statistics);
    Cut cut = new Cut(results.getNumPartitions(), statistics);
    List<SlicePlace> places = numbers.places(cut.workers);
    JavaPairRDD<Integer, Slice.Mean> means =
        results
            .flatMapToPair(cut::slices)
            .groupByKey(new HashPartitioner(places.size()))
            .mapToPair(slices -> new Tuple2<>(slices._1, cut.mean(places, slices._1, slices._2)));
    ArrivingRound round = new ArrivingRound(numbers, places, outer);
    new ArrivingMeans(means).forEach(round::take);
    movement = round.movement();
    means.rdd().cleanShuffleDependencies(false);
    broadcast.destroy();
  }

  @Override
  public Outcome outcome() {
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
    return Outcome.of(once, movement);
  }

  /** How a round is cut, on the executors as on the driver. */
  private record Cut(int workers, List<RunningStatistics> statistics) implements Serializable {
    private static final long serialVersionUID = 1L;

    Iterator<Tuple2<Integer, Slice>> slices(ParameterAveragingTrainingResult result) {
      AveragedNumbers numbers =
          new AveragedNumbers(
              NetworkState.arrays(result.getParameters(), result.getUpdaterState()), statistics);
      List<SlicePlace> places = numbers.places(workers);
      int worker = TaskContext.getPartitionId();
      long weight = ((WeightedResult) result).examples();
      return IntStream.range(0, places.size())
          .mapToObj(i -> new Tuple2<>(i, new Slice(worker, weight, numbers.read(places.get(i)))))
          .iterator();
    }

    Slice.Mean mean(List<SlicePlace> places, int slice, Iterable<Slice> slices) {
      boolean last = slice == places.size() - 1;
      return last && !statistics.isEmpty()
          ? Slice.pooled(slices, statistics)
          : Slice.mean(slices, places.get(slice).learned());
    }
  }

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
