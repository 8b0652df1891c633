package io.convoy.train;

import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.CollectionAccumulator;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.spark.api.Repartition;
import org.deeplearning4j.spark.api.WorkerConfiguration;
import org.deeplearning4j.spark.api.worker.NetBroadcastTuple;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingMaster;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingWorker;

/**
 * DL4J's parameter averaging with workers that report each minibatch, and without a leak: DL4J
 * 1.0.0-M2 broadcasts parameters and optimizer state anew each round and never destroys the
 * broadcast, so the driver keeps half a gigabyte a round of the largest network until some garbage
 * collection.
 */
final class AveragingMaster extends ParameterAveragingTrainingMaster {
  private static final int PREFETCHED_MINIBATCHES = 2;

  private final WorkerPlan plan;
  private final CollectionAccumulator<MinibatchLoss> losses;
  private Broadcast<NetBroadcastTuple> broadcast;

  AveragingMaster(WorkerPlan plan, CollectionAccumulator<MinibatchLoss> losses) {
    super(
        new Builder(plan.workers(), plan.batch())
            .batchSizePerWorker(plan.batch())
            .averagingFrequency(plan.averagingFrequency())
            .saveUpdater(plan.averageUpdaterState())
            .workerPrefetchNumBatches(PREFETCHED_MINIBATCHES)
            .repartionData(Repartition.Never)
            .storageLevelStreams(null));
    this.plan = plan;
    this.losses = losses;
  }

  @Override
  public ParameterAveragingTrainingWorker getWorkerInstance(SparkDl4jMultiLayer spark) {
    destroyBroadcast();
    MultiLayerNetwork network = spark.getNetwork();
    broadcast =
        spark
            .getSparkContext()
            .broadcast(
                new NetBroadcastTuple(
                    network.getLayerWiseConfigurations(),
                    network.params(),
                    network.getUpdater().getStateViewArray()));
    WorkerConfiguration configuration =
        new WorkerConfiguration(
            false,
            plan.batch(),
            plan.batch(),
            plan.averagingFrequency(),
            PREFETCHED_MINIBATCHES,
            false);
    return new AveragingWorker(broadcast, configuration, plan, losses);
  }

  /** Frees the parameters of the last round on the driver and on every executor. */
  void destroyBroadcast() {
    if (broadcast != null) {
      broadcast.destroy();
      broadcast = null;
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
