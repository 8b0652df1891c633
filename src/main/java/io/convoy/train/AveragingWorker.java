package io.convoy.train;

import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.CollectionAccumulator;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.spark.api.WorkerConfiguration;
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

  private final Broadcast<NetworkState> state;
  private final WorkerPlan plan;
  private final CollectionAccumulator<MinibatchLoss> losses;
  private int step;
  private long examples;

  AveragingWorker(
      Broadcast<NetworkState> state,
      WorkerConfiguration configuration,
      WorkerPlan plan,
      CollectionAccumulator<MinibatchLoss> losses) {
    super(null, plan.averageUpdaterState(), configuration, null, null, null);
    this.state = state;
    this.plan = plan;
    this.losses = losses;
  }

  @Override
  public MultiLayerNetwork getInitialModel() {
    NativeThreads.use(plan.threads());
    return state.value().copy();
  }

  @Override
  public ParameterAveragingTrainingResult processMinibatch(
      DataSet minibatch, MultiLayerNetwork network, boolean isLast) {
    int worker = TaskContext.getPartitionId();
    long iteration = network.getIterationCount();
    Nd4j.getRandom().setSeed((plan.seed() * 31 + iteration) * 31 + worker);
    examples += minibatch.numExamples();
    ParameterAveragingTrainingResult result = super.processMinibatch(minibatch, network, isLast);
    losses.add(new MinibatchLoss(worker, step++, minibatch.numExamples(), network.score()));
    return result;
  }

  @Override
  public ParameterAveragingTrainingResult getFinalResult(MultiLayerNetwork network) {
    return new WeightedResult(super.getFinalResult(network), examples);
  }
}
