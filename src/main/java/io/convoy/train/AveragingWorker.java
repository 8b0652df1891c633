package io.convoy.train;

import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.CollectionAccumulator;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.spark.api.WorkerConfiguration;
import org.deeplearning4j.spark.api.worker.NetBroadcastTuple;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingResult;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingWorker;
import org.nd4j.linalg.dataset.api.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * DL4J's worker, which also reports the loss of each minibatch, and draws its dropout masks from
 * the run's seed, the iteration and the worker, not from the thread that happens to run it.
 */
final class AveragingWorker extends ParameterAveragingTrainingWorker {
  private static final long serialVersionUID = 1L;

  private final WorkerPlan plan;
  private final CollectionAccumulator<MinibatchLoss> losses;
  private int step;

  AveragingWorker(
      Broadcast<NetBroadcastTuple> broadcast,
      WorkerConfiguration configuration,
      WorkerPlan plan,
      CollectionAccumulator<MinibatchLoss> losses) {
    super(broadcast, plan.averageUpdaterState(), configuration, null, null, null);
    this.plan = plan;
    this.losses = losses;
  }

  @Override
  public MultiLayerNetwork getInitialModel() {
    NativeThreads.use(plan.threads());
    return super.getInitialModel();
  }

  @Override
  public ParameterAveragingTrainingResult processMinibatch(
      DataSet minibatch, MultiLayerNetwork network, boolean isLast) {
    int worker = TaskContext.getPartitionId();
    long iteration = network.getIterationCount();
    Nd4j.getRandom().setSeed((plan.seed() * 31 + iteration) * 31 + worker);
    ParameterAveragingTrainingResult result = super.processMinibatch(minibatch, network, isLast);
    losses.add(new MinibatchLoss(worker, step++, minibatch.numExamples(), network.score()));
    return result;
  }
}
