package io.convoy.train;

import io.convoy.spark.CountedTasks;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.HashPartitioner;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.CollectionAccumulator;
import org.deeplearning4j.core.loader.DataSetLoader;
import org.deeplearning4j.core.loader.MultiDataSetLoader;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.spark.api.Repartition;
import org.deeplearning4j.spark.api.WorkerConfiguration;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingMaster;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingResult;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingWorker;
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
 * time.
 */
final class AveragingMaster extends ParameterAveragingTrainingMaster {
  private static final int PREFETCHED_MINIBATCHES = 2;

  private final WorkerPlan plan;
  private final CollectionAccumulator<MinibatchLoss> losses;
  private final CountedTasks counted;
  private Broadcast<NetworkState> broadcast;

  AveragingMaster(
      WorkerPlan plan, CollectionAccumulator<MinibatchLoss> losses, CountedTasks counted) {
    super(
        new Builder(plan.workers(), plan.batch())
            .batchSizePerWorker(plan.batch())
            .averagingFrequency(plan.averagingFrequency().atLast())
            .saveUpdater(plan.averageUpdaterState())
            .workerPrefetchNumBatches(PREFETCHED_MINIBATCHES)
            .repartionData(Repartition.Never)
            .storageLevelStreams(null));
    this.plan = plan;
    this.losses = losses;
    this.counted = counted;
  }

  @Override
  public ParameterAveragingTrainingWorker getWorkerInstance(SparkDl4jMultiLayer spark) {
    broadcast = spark.getSparkContext().broadcast(NetworkState.ofTraining(spark.getNetwork()));
    WorkerConfiguration configuration =
        new WorkerConfiguration(
            false,
            plan.batch(),
            plan.batch(),
            plan.averagingFrequency().atLast(),
            PREFETCHED_MINIBATCHES,
            false);
    return new AveragingWorker(broadcast, configuration, plan, losses, counted);
  }

  /** DL4J would count the minibatches first, by a job of their own, to cut them into rounds. */
  @Override
  public void executeTrainingPaths(
      SparkDl4jMultiLayer spark,
      SparkComputationGraph none,
      JavaRDD<String> round,
      DataSetLoader loader,
      MultiDataSetLoader noLoader) {
    doIterationPaths(spark, none, round, 1, 1, round.getNumPartitions(), loader, noLoader);
  }

  @Override
  protected void processResults(
      SparkDl4jMultiLayer spark,
      SparkComputationGraph none,
      JavaRDD<ParameterAveragingTrainingResult> results,
      int split,
      int splits) {
    MultiLayerNetwork network = spark.getNetwork();
    List<PackedArray> arrays =
        NetworkState.arrays(
            network.params(),
            plan.averageUpdaterState() ? network.getUpdater().getStateViewArray() : null);
    int workers = results.getNumPartitions();
    List<Slice.Place> places = Slice.places(arrays, workers);
    JavaPairRDD<Integer, byte[]> means =
        results
            .flatMapToPair(result -> slices(result, workers))
            .groupByKey(new HashPartitioner(places.size()))
            .mapValues(Slice::mean);
    new ArrivingMeans(means).forEach((slice, mean) -> Slice.write(arrays, places.get(slice), mean));
    means.rdd().cleanShuffleDependencies(false);
    broadcast.destroy();
  }

  private static Iterator<Tuple2<Integer, Slice>> slices(
      ParameterAveragingTrainingResult result, int workers) {
    List<PackedArray> arrays =
        NetworkState.arrays(result.getParameters(), result.getUpdaterState());
    List<Slice.Place> places = Slice.places(arrays, workers);
    int worker = TaskContext.getPartitionId();
    long weight = ((WeightedResult) result).examples();
    return java.util.stream.IntStream.range(0, places.size())
        .mapToObj(
            i -> new Tuple2<>(i, new Slice(worker, weight, Slice.read(arrays, places.get(i)))))
        .iterator();
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
