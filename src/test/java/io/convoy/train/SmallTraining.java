package io.convoy.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.averaging.EpochPlan;
import io.convoy.averaging.WorkerPlan;
import io.convoy.dataset.Examples;
import io.convoy.engine.LocalTrainer;
import io.convoy.engine.Minibatch;
import io.convoy.engine.Natives;
import io.convoy.modelfile.Checkpoint;
import io.convoy.network.LayersConfiguration;
import io.convoy.network.LayersNetwork;
import io.convoy.network.NetworkBuilder;
import io.convoy.network.NetworkConfiguration;
import io.convoy.network.Shape;
import io.convoy.progress.Progress;
import io.convoy.settings.Activation;
import io.convoy.settings.Architecture;
import io.convoy.settings.Augmentation;
import io.convoy.settings.Layer;
import io.convoy.settings.Loss;
import io.convoy.settings.Optimizer;
import io.convoy.settings.OuterMomentum;
import io.convoy.settings.Padding;
import io.convoy.settings.PoolingKind;
import io.convoy.storage.Storage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.dataset.DataSet;

/** The training of a little network, for tests. */
final class SmallTraining {
  static final int HEIGHT = 12;
  static final int WIDTH = 10;
  static final int BATCH = 8;
  static final long SEED = 5;
  private static final Shape IMAGE = new Shape(3, HEIGHT, WIDTH);
  private static final double RATE = 0.01;

  private SmallTraining() {}

  static WorkerPlan plan(int workers, int averagingFrequency) {
    return new WorkerPlan(workers, 1, BATCH, averagingFrequency, 0, SEED);
  }

  static NetworkConfiguration configuration(double dropout) {
    List<Layer> layers = new ArrayList<>();
    layers.add(new Layer.Convolution(4, 3, 3, 1, 1, Padding.NONE, Activation.RELU));
    layers.add(new Layer.Pooling(PoolingKind.MAX, 2, 2, 2, 2));
    layers.add(new Layer.Dense(8, Activation.RELU));
    if (dropout > 0) {
      layers.add(new Layer.Dropout(dropout));
    }
    Optimizer adam = new Optimizer.Adam(RATE, 0.9, 0.999, 1e-8);
    return NetworkBuilder.configuration(
        new Architecture("small", layers, Loss.CROSS_ENTROPY, adam, BATCH, 1),
        2,
        HEIGHT,
        WIDTH,
        SEED);
  }

  static Trainer trainer(JavaSparkContext context, WorkerPlan plan, double dropout) {
    return new Trainer(context, "small", configuration(dropout), plan);
  }

  /** With an outer step, for which workers are sent out anew in each round. */
  static Trainer outer(
      JavaSparkContext context, WorkerPlan plan, double dropout, OuterMomentum momentum) {
    return new Trainer(
        context,
        "small",
        configuration(dropout),
        plan,
        TrainingOptions.PLAIN,
        Optional.of(momentum));
  }

  /** The minibatches of one worker, without Spark. */
  static double[] fitAlone(Examples training, int epochs) {
    List<int[]> minibatches = new ArrayList<>();
    for (int epoch = 1; epoch <= epochs; epoch++) {
      EpochPlan plan = EpochPlan.of(100, plan(1, 1), epoch, 0);
      plan.rounds().forEach(workers -> workers.forEach(minibatches::addAll));
    }
    return fit(training, minibatches);
  }

  static double[] fit(Examples training, List<int[]> minibatches) {
    Natives.useThreads(1);
    MultiLayerNetwork network =
        new MultiLayerNetwork(((LayersConfiguration) configuration(0)).dl4j());
    network.init();
    try (LocalTrainer trainer = LocalTrainer.of(new LayersNetwork(network), IMAGE, 1)) {
      for (int[] positions : minibatches) {
        Minibatch minibatch = Minibatch.read(training, positions);
        trainer.fit(new DataSet(minibatch.pixels(), minibatch.labels()), 0);
      }
    }
    return network.params().toDoubleVector();
  }

  /** Stops at a checkpoint within the second epoch. */
  static void assertGoesOn(Path folder, Examples training, Supplier<Trainer> start) {
    Trainer whole = start.get();
    double wholeLoss = 0;
    for (int epoch = 1; epoch <= 2; epoch++) {
      wholeLoss = whole.trainEpoch(training, Progress.NONE);
    }
    Trainer stopped = start.get();
    List<TrainingState> standings = new ArrayList<>();
    Checkpoint checkpoint =
        new Checkpoint(Storage.at(folder.resolve("at.zip").toString(), new Configuration()));
    stopped.trainEpoch(training, Progress.NONE);
    stopped.trainEpoch(
        training,
        Augmentation.NONE,
        Progress.NONE,
        () -> {
          if (standings.isEmpty()) {
            checkpoint.write(stopped.snapshot(), new byte[0]);
            standings.add(stopped.state());
          }
        });

    Trainer resumed = start.get();
    resumed.resume(checkpoint, standings.get(0), 2);
    double resumedLoss = resumed.trainEpoch(training, Progress.NONE);

    assertEquals(2, standings.get(0).epoch());
    assertTrue(standings.get(0).minibatches() > 0);
    assertArrayEquals(
        whole.network().parameters().toFloatVector(),
        resumed.network().parameters().toFloatVector(),
        0f);
    assertEquals(wholeLoss, resumedLoss);
    assertEquals(whole.state(), resumed.state());
  }
}
