package io.convoy.bench;

import io.convoy.averaging.EpochPlan;
import io.convoy.averaging.WorkerPlan;
import io.convoy.dataset.Examples;
import io.convoy.engine.LocalTrainer;
import io.convoy.engine.Minibatch;
import io.convoy.engine.Predictor;
import io.convoy.network.NetworkBuilder;
import io.convoy.network.NetworkConfiguration;
import io.convoy.network.Shape;
import io.convoy.progress.Progress;
import io.convoy.settings.Architecture;
import io.convoy.train.Trainer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaSparkContext;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/**
 * What Spark and reading cost: an epoch by parameter averaging against the same steps in a plain
 * loop over minibatches that are in memory already, and reading against computing.
 */
final class EpochBench {
  private static final double MILLIS = 1e3;
  private static final int FED_MINIBATCHES = 16;

  /** Long enough that what an epoch takes once is a small part of it. */
  private static final double EPOCH_SECONDS = 6;

  private final JavaSparkContext context;
  private final Examples examples;
  private final WorkerPlan plan;
  private final Stopwatch stopwatch;

  EpochBench(JavaSparkContext context, Examples examples, WorkerPlan plan, Stopwatch stopwatch) {
    this.context = context;
    this.examples = examples;
    this.plan = plan;
    this.stopwatch = stopwatch;
  }

  Measurement averaging(Architecture architecture) {
    NetworkConfiguration configuration = configuration(architecture);
    try (Trainer trainer = new Trainer(context, architecture.name(), configuration, plan);
        LocalTrainer local = local(configuration)) {
      Examples epoch = ofAnEpoch(local);
      List<DataSet> minibatches = read(minibatches(epoch));
      double[] seconds =
          stopwatch.medians(
              () -> trainer.trainEpoch(epoch, Progress.NONE),
              () -> minibatches.forEach(minibatch -> local.fit(minibatch, 1)));
      return new Measurement("averaging_epoch", architecture.name(), "s", seconds[0], seconds[1]);
    }
  }

  /** As many as are trained in the time that an epoch shall take. */
  private Examples ofAnEpoch(LocalTrainer trainer) {
    List<int[]> all = minibatches(examples);
    DataSet minibatch = read(all.subList(0, 1)).get(0);
    double seconds = stopwatch.medians(() -> trainer.fit(minibatch, 1))[0];
    int minibatches = (int) Math.min(all.size(), Math.ceil(EPOCH_SECONDS / seconds));
    return examples.limited(
        all.subList(0, minibatches).stream().mapToInt(positions -> positions.length).sum());
  }

  /** Reading and turning uint8 into floats, against the whole step that the minibatch is for. */
  Measurement input(Architecture architecture) {
    List<int[]> all = minibatches(examples);
    List<int[]> positions = all.subList(0, Math.min(FED_MINIBATCHES, all.size()));
    List<DataSet> minibatches = read(positions);
    // Without hidden layers, little but the way from bytes to floats is left of a network.
    Architecture nothing =
        new Architecture(
            "input",
            List.of(),
            architecture.loss(),
            architecture.optimizer(),
            architecture.batch(),
            1);
    try (LocalTrainer local = local(configuration(architecture));
        Predictor floats = predictor(configuration(nothing))) {
      double[] seconds =
          stopwatch.medians(
              () -> read(positions, floats::output),
              () -> minibatches.forEach(minibatch -> local.fit(minibatch, 1)));
      return new Measurement(
          "input_share",
          architecture.name(),
          "ms/minibatch",
          MILLIS * seconds[0] / positions.size(),
          MILLIS * seconds[1] / positions.size());
    }
  }

  /** Reading prepared examples, against decoding photos anew with DL4J's loader. */
  Measurement readBack(DecoderBench decoder, int photos) {
    List<int[]> positions = minibatches(examples);
    double[] seconds = stopwatch.medians(() -> read(positions, pixels -> {}), decoder::load);
    return new Measurement(
        "read_back",
        Measurement.NO_NETWORK,
        "images/s",
        examples.examples() / seconds[0],
        photos / seconds[1]);
  }

  private List<int[]> minibatches(Examples epoch) {
    List<int[]> all = new ArrayList<>();
    EpochPlan.of(epoch.examples(), plan, 1, 0)
        .rounds()
        .forEach(round -> round.forEach(all::addAll));
    return all;
  }

  /** Reads one minibatch after the other into the same memory, as training does. */
  private void read(List<int[]> positions, Consumer<INDArray> receiver) {
    for (int[] each : positions) {
      INDArray pixels = Minibatch.read(examples, each).pixels();
      receiver.accept(pixels);
      pixels.close();
    }
  }

  private List<DataSet> read(List<int[]> positions) {
    return positions.stream()
        .map(each -> Minibatch.read(examples, each))
        .map(minibatch -> new DataSet(minibatch.pixels(), minibatch.labels()))
        .toList();
  }

  private NetworkConfiguration configuration(Architecture architecture) {
    return NetworkBuilder.configuration(
        architecture,
        examples.classes(),
        examples.layout().height(),
        examples.layout().width(),
        plan.seed());
  }

  private LocalTrainer local(NetworkConfiguration configuration) {
    return LocalTrainer.of(configuration.initialized(), image(), plan.threads());
  }

  private Predictor predictor(NetworkConfiguration configuration) {
    return Predictor.of(configuration.initialized(), image(), plan.threads());
  }

  private Shape image() {
    return new Shape(3, examples.layout().height(), examples.layout().width());
  }
}
