package io.convoy.bench;

import io.convoy.engine.LocalTrainer;
import io.convoy.engine.Minibatch;
import io.convoy.engine.Natives;
import io.convoy.engine.PrecisionChoice;
import io.convoy.engine.Predictor;
import io.convoy.network.Network;
import io.convoy.network.NetworkBuilder;
import io.convoy.network.NetworkConfiguration;
import io.convoy.network.NetworkSummary;
import io.convoy.network.Shape;
import io.convoy.settings.Architecture;
import io.convoy.settings.Precision;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.lang3.ArrayUtils;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * One architecture's training step and inference, on a minibatch of its own size: convoy's against
 * DL4J's {@code fit} and {@code output}, and against the rate of a matrix product.
 */
final class NetworkBench {
  static final String TRAINING_STEP = "training_step";
  static final String PRECISION = "precision";

  private static final double GIGA = 1e9;

  /** The order in which they are timed. */
  private static final int OURS = 0;

  private static final int DL4J = 1;
  private static final int PRODUCT = 2;
  private static final int BEST = 3;

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
    Network plain = network();
    double[] step;
    Precision best = best(plain.configuration(), image);
    try (LocalTrainer trainer = LocalTrainer.of(network(), image, threads);
        LocalTrainer other = LocalTrainer.of(network(), image, threads, best)) {
      Runnable[] works = {
        () -> trainer.fit(ours, 1), () -> plain.fit(planes, minibatch.labels()), product::compute
      };
      step =
          stopwatch.medians(
              best == Precision.BFLOAT16 ? ArrayUtils.add(works, () -> other.fit(ours, 1)) : works);
    }
    double[] output;
    try (Predictor predictor = Predictor.of(network(), image, threads)) {
      output =
          stopwatch.medians(
              () -> predictor.output(minibatch.pixels()),
              () -> plain.output(planes),
              product::compute);
    }
    Nd4j.getWorkspaceManager().destroyAllWorkspacesForCurrentThread();
    List<Measurement> all = new ArrayList<>();
    all.add(measurement(TRAINING_STEP, "images/s", images / step[OURS], images / step[DL4J]));
    if (best == Precision.BFLOAT16) {
      all.add(measurement(PRECISION, "images/s", images / step[BEST], images / step[OURS]));
    }
    all.add(measurement("inference", "images/s", images / output[OURS], images / output[DL4J]));
    all.add(share("gemm_share", images * work.training(), step));
    all.add(share("gemm_share_inference", images * work.forward(), output));
    return all;
  }

  /** What {@code train.precision = auto} would be here. */
  private Precision best(NetworkConfiguration network, Shape image) {
    List<Natives> here = List.of(Natives.here("driver", threads));
    return new PrecisionChoice(Optional.empty(), "precision", here)
        .of(network, image, architecture.name());
  }

  private Measurement share(String measure, double operations, double[] seconds) {
    return measurement(
        measure,
        "GFLOP/s",
        operations / seconds[OURS] / GIGA,
        MatrixProduct.work() / seconds[PRODUCT] / GIGA);
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
