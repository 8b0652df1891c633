package io.convoy.averaging;

import io.convoy.engine.LocalTrainer;
import io.convoy.engine.Minibatch;
import io.convoy.engine.Natives;
import io.convoy.network.GraphNetwork;
import io.convoy.network.LayersNetwork;
import io.convoy.network.Network;
import io.convoy.network.NetworkState;
import io.convoy.onednn.DropoutSeed;
import io.convoy.spark.CountedTasks;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.CollectionAccumulator;
import org.apache.spark.util.TaskCompletionListener;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.spark.api.WorkerConfiguration;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingResult;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingWorker;
import org.nd4j.linalg.dataset.api.DataSet;

/**
 * DL4J's worker with a {@link LocalTrainer} of ours. It also reports what each minibatch cost, and
 * draws its dropout from the run's seed, the iteration and the worker, not from the thread that
 * happens to run it.
 */
final class AveragingWorker extends ParameterAveragingTrainingWorker {
  private static final long serialVersionUID = 1L;

  private final Broadcast<NetworkState> state;
  private final WorkerPlan plan;
  private final RoundLearningRate rate;
  private final CollectionAccumulator<MinibatchLoss> losses;
  private transient LocalTrainer trainer;
  private final CountedTasks counted;
  private int iterations;
  private int step;
  private long examples;

  AveragingWorker(
      Broadcast<NetworkState> state,
      WorkerConfiguration configuration,
      WorkerPlan plan,
      RoundLearningRate rate,
      CollectionAccumulator<MinibatchLoss> losses,
      CountedTasks counted) {
    super(null, true, configuration, null, null, null);
    this.state = state;
    this.plan = plan;
    this.rate = rate;
    this.losses = losses;
    this.counted = counted;
  }

  @Override
  public MultiLayerNetwork getInitialModel() {
    return ((LayersNetwork) begin()).dl4j();
  }

  @Override
  public ComputationGraph getInitialModelGraph() {
    return ((GraphNetwork) begin()).dl4j();
  }

  private Network begin() {
    Natives.useThreads(plan.threads());
    Network network = state.value().copy();
    iterations = network.configuration().iterations();
    return network;
  }

  @Override
  public ParameterAveragingTrainingResult processMinibatch(
      DataSet minibatch, MultiLayerNetwork network, boolean isLast) {
    train(minibatch, new LayersNetwork(network));
    return isLast ? getFinalResult(network) : null;
  }

  @Override
  public ParameterAveragingTrainingResult processMinibatch(
      DataSet minibatch, ComputationGraph network, boolean isLast) {
    train(minibatch, new GraphNetwork(network));
    return isLast ? getFinalResult(network) : null;
  }

  private void train(DataSet minibatch, Network network) {
    if (trainer == null) {
      trainer =
          LocalTrainer.of(
              network, Minibatch.shape(minibatch.getFeatures()), plan.threads(), plan.precision());
      TaskContext.get().addTaskCompletionListener((TaskCompletionListener) end -> trainer.close());
    }
    int worker = TaskContext.getPartitionId();
    int images = minibatch.numExamples();
    double factor = rate.factor(worker, step);
    long seed = new DropoutSeed(plan.seed()).of(iterations + step).of(worker).value();
    LocalTrainer.Fit fit = trainer.fit(minibatch, factor, seed);
    Applied applied = Applied.of(fit.learningRate(), minibatch);
    losses.add(new MinibatchLoss(worker, step++, images, fit.loss(), applied));
    counted.add(images);
    examples += images;
    // A minibatch's memory outside the heap would wait for a collection of the heap.
    minibatch.getFeatures().close();
  }

  @Override
  public ParameterAveragingTrainingResult getFinalResult(MultiLayerNetwork network) {
    return new WeightedResult(super.getFinalResult(network), examples);
  }

  @Override
  public ParameterAveragingTrainingResult getFinalResult(ComputationGraph network) {
    return new WeightedResult(super.getFinalResult(network), examples);
  }
}
