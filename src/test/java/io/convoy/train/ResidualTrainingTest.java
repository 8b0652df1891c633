package io.convoy.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.convoy.averaging.EpochPlan;
import io.convoy.averaging.RunningStatistics;
import io.convoy.averaging.WorkerPlan;
import io.convoy.dataset.Examples;
import io.convoy.dataset.Split;
import io.convoy.dataset.SyntheticExamples;
import io.convoy.engine.Engine;
import io.convoy.engine.LocalTrainer;
import io.convoy.engine.Minibatch;
import io.convoy.engine.Natives;
import io.convoy.engine.Predictor;
import io.convoy.modelfile.ModelCard;
import io.convoy.modelfile.ModelFile;
import io.convoy.network.Network;
import io.convoy.network.NetworkBuilder;
import io.convoy.network.NetworkConfiguration;
import io.convoy.network.Shape;
import io.convoy.onednn.OneDnn;
import io.convoy.progress.Progress;
import io.convoy.settings.Activation;
import io.convoy.settings.Architecture;
import io.convoy.settings.Layer;
import io.convoy.settings.Loss;
import io.convoy.settings.Optimizer;
import io.convoy.settings.Padding;
import io.convoy.settings.PoolingKind;
import io.convoy.settings.Precision;
import io.convoy.settings.TestTimeAugmentation;
import io.convoy.spark.SharedSpark;
import io.convoy.storage.Storage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/** A network with batch normalisation and residual connections, on its way through training. */
class ResidualTrainingTest {
  private static final int HEIGHT = 12;
  private static final int WIDTH = 10;
  private static final Shape IMAGE = new Shape(3, HEIGHT, WIDTH);
  private static final int BATCH = 8;

  @TempDir static Path folder;
  private static Examples training;

  @BeforeAll
  static void writeExamples() {
    training = SyntheticExamples.write(folder, Split.TRAIN, 100, HEIGHT, WIDTH);
  }

  private static NetworkConfiguration configuration() {
    Layer.BatchNormalization norm = new Layer.BatchNormalization(0.5, Activation.RELU);
    List<Layer> layers =
        List.of(
            conv(6, 1),
            norm,
            new Layer.Residual(List.of(conv(8, 2), norm, conv(8, 1)), Activation.RELU),
            new Layer.GlobalPooling(PoolingKind.AVERAGE));
    Optimizer adam = new Optimizer.Adam(0.01, 0.9, 0.999, 1e-8);
    return NetworkBuilder.configuration(
        new Architecture("net", layers, Loss.CROSS_ENTROPY, adam, BATCH, 1), 2, HEIGHT, WIDTH, 3);
  }

  private static Layer conv(int filters, int stride) {
    return new Layer.Convolution(filters, 3, 3, stride, stride, Padding.SAME, Activation.IDENTITY);
  }

  private static WorkerPlan plan() {
    return SmallTraining.plan(2, 20);
  }

  private static Trainer trained() {
    Trainer trainer = new Trainer(SharedSpark.context(), "net", configuration(), plan());
    trainer.trainEpoch(training, Progress.NONE);
    return trainer;
  }

  private static Network fit(List<int[]> minibatches) {
    Natives.useThreads(1);
    Network network = configuration().initialized();
    try (LocalTrainer trainer = LocalTrainer.of(network, IMAGE, 1)) {
      minibatches.forEach(positions -> trainer.fit(minibatch(positions), 0));
    }
    return network;
  }

  private static DataSet minibatch(int[] positions) {
    Minibatch minibatch = Minibatch.read(training, positions);
    return new DataSet(minibatch.pixels(), minibatch.labels());
  }

  @Test
  void runningStatisticsOfTwoWorkersAreThoseOfTheirImagesTogether() {
    List<List<int[]>> workers = EpochPlan.of(100, plan(), 1, 0).rounds().get(0);
    INDArray first = fit(workers.get(0)).parameters();
    INDArray second = fit(workers.get(1)).parameters();

    INDArray averaged = trained().network().parameters();

    List<RunningStatistics> statistics = RunningStatistics.of(configuration());
    assertEquals(3, statistics.size());
    for (RunningStatistics layer : statistics) {
      for (long i = 0; i < layer.length(); i++) {
        double one = first.getDouble(layer.mean() + i);
        double other = second.getDouble(layer.mean() + i);
        double mean = 0.48 * one + 0.52 * other;
        double variance =
            0.48 * (first.getDouble(layer.variance() + i) + Math.pow(one - mean, 2))
                + 0.52 * (second.getDouble(layer.variance() + i) + Math.pow(other - mean, 2));
        assertEquals(mean, averaged.getDouble(layer.mean() + i), 1e-6);
        assertEquals(variance, averaged.getDouble(layer.variance() + i), 1e-6);
      }
    }
  }

  @Test
  void oneDnnTrainsAsDl4jsOwnGraphDoes() {
    assumeTrue(OneDnn.obstacle().isEmpty(), () -> OneDnn.obstacle().orElseThrow());
    Network plain = configuration().initialized();
    Network fast = configuration().initialized();
    DataSet minibatch = minibatch(new int[] {1, 20, 3, 44, 50, 61, 7});
    try (LocalTrainer dl4j = Engine.DL4J.trainer(plain, IMAGE, 1, Precision.FLOAT32);
        LocalTrainer oneDnn = Engine.ONEDNN.trainer(fast, IMAGE, 2, Precision.FLOAT32)) {
      for (int step = 0; step < 3; step++) {
        assertEquals(dl4j.fit(minibatch, step), oneDnn.fit(minibatch, step), 1e-3);
      }
    }
    assertEquals(plain.configuration().iterations(), fast.configuration().iterations());
    assertArrayEquals(statistics(plain), statistics(fast), 1e-2);
  }

  private static double[] statistics(Network network) {
    return RunningStatistics.of(network.configuration()).stream()
        .flatMapToDouble(
            layer ->
                java.util.stream.LongStream.range(layer.mean(), layer.mean() + 2L * layer.length())
                    .mapToDouble(network.parameters()::getDouble))
        .toArray();
  }

  @Test
  void dl4jLoadsTheModelWithoutConvoy() throws IOException {
    Network network = trained().network();
    Path file = folder.resolve("best.zip");
    new ModelFile(Storage.at(file.toString(), new Configuration()))
        .write(
            ModelCard.of(
                "net",
                List.of("dog", "cat"),
                HEIGHT,
                WIDTH,
                0.5,
                "hash",
                "0",
                "",
                TestTimeAugmentation.NONE,
                1),
            network,
            ModelFile.Updater.KEPT);

    ComputationGraph loaded = ModelSerializer.restoreComputationGraph(file.toFile(), true);

    INDArray pixels = minibatch(new int[] {1, 2, 3, 4, 5}).getFeatures();
    try (Predictor predictor = Predictor.of(network, IMAGE, 1)) {
      assertArrayEquals(
          loaded.outputSingle(Minibatch.planes(pixels)).toDoubleVector(),
          predictor.output(pixels).toDoubleVector(),
          1e-5);
    }
    assertEquals(
        network.parameters(),
        new ModelFile(Storage.at(file.toString(), new Configuration()))
            .load()
            .network()
            .parameters());
  }
}
