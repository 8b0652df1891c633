package io.convoy.bench;

import io.convoy.engine.LocalTrainer;
import io.convoy.engine.Minibatch;
import io.convoy.engine.Predictor;
import io.convoy.network.Network;
import io.convoy.network.NetworkBuilder;
import io.convoy.network.NetworkSummary;
import io.convoy.network.Shape;
import io.convoy.settings.Architecture;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * One architecture's training step and inference, on a minibatch of its own size: convoy's against
 * DL4J's {@code fit} and {@code output}, and against the rate of a matrix product.
 */
final class NetworkBench {
  private static final double GIGA = 1e9;

  private final Architecture architecture;
  private final Minibatch minibatch;
  private final Stopwatch stopwatch;
  private final int threads;

  NetworkBench(Architecture architecture, Minibatch minibatch, Stopwatch stopwatch, int threads) {
    this.architecture = architecture;
    this.minibatch = minibatch;
    this.stopwatch = stopwatch;
    this.threads = threads;
  }

  List<Measurement> measure() {
    Shape image = minibatch.image();
    Work work =
        Work.of(
            NetworkSummary.of(architecture, minibatch.classCount(), image.height(), image.width()));
    double images = architecture.batch();
    DataSet ours = new DataSet(minibatch.pixels(), minibatch.labels());
    INDArray planes = Minibatch.planes(minibatch.pixels());
    MatrixProduct product = new MatrixProduct();
    Stopwatch.Seconds step;
    Stopwatch.Seconds stepShare;
    Stopwatch.Seconds output;
    Stopwatch.Seconds outputShare;
    Network plain = network();
    try (LocalTrainer trainer = LocalTrainer.of(network(), image, threads)) {
      step =
          stopwatch.compare(
              () -> trainer.fit(ours, 1), () -> plain.fit(planes, minibatch.labels()));
      stepShare = stopwatch.compare(() -> trainer.fit(ours, 1), product::compute);
    }
    try (Predictor predictor = Predictor.of(network(), image, threads)) {
      output =
          stopwatch.compare(() -> predictor.output(minibatch.pixels()), () -> plain.output(planes));
      outputShare = stopwatch.compare(() -> predictor.output(minibatch.pixels()), product::compute);
    }
    Nd4j.getWorkspaceManager().destroyAllWorkspacesForCurrentThread();
    return List.of(
        measurement("training_step", "images/s", images / step.ours(), images / step.baseline()),
        measurement("inference", "images/s", images / output.ours(), images / output.baseline()),
        share("gemm_share", images * work.training(), stepShare),
        share("gemm_share_inference", images * work.forward(), outputShare));
  }

  private Measurement share(String measure, double operations, Stopwatch.Seconds seconds) {
    return measurement(
        measure,
        "GFLOP/s",
        operations / seconds.ours() / GIGA,
        MatrixProduct.work() / seconds.baseline() / GIGA);
  }

  private Measurement measurement(String measure, String unit, double ours, double baseline) {
    return new Measurement(measure, architecture.name(), unit, ours, baseline);
  }

  private Network network() {
    Shape image = minibatch.image();
    return NetworkBuilder.configuration(
            architecture, minibatch.classCount(), image.height(), image.width(), 1)
        .initialized();
  }
}
