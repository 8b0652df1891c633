package io.convoy.bench;

import io.convoy.dataset.Examples;
import io.convoy.dataset.NoiseExamples;
import io.convoy.dataset.Shard.RecordLayout;
import io.convoy.engine.Engine;
import io.convoy.engine.Minibatch;
import io.convoy.engine.Natives;
import io.convoy.engine.PrecisionChoice;
import io.convoy.failure.UserException;
import io.convoy.image.Rgb;
import io.convoy.network.NetworkBuilder;
import io.convoy.network.NetworkConfiguration;
import io.convoy.network.Shape;
import io.convoy.onednn.DenseWeights;
import io.convoy.plan.EpochSteps;
import io.convoy.plan.Forecast;
import io.convoy.plan.PlannedCluster;
import io.convoy.plan.RoundTime;
import io.convoy.plan.StepTime;
import io.convoy.plan.Workload;
import io.convoy.settings.Architecture;
import io.convoy.settings.BatchOf;
import io.convoy.settings.ImageSettings;
import io.convoy.settings.Precision;
import io.convoy.settings.Settings;
import io.convoy.settings.UpdaterState;
import io.convoy.storage.Storage;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;

/** Measures what forecasts of epochs on a cluster are made of, on made-up examples. */
public final class ForecastBench {
  private static final int LEAST_TURNS = 2;
  private static final int MOST_TURNS = 5;
  private static final double ENOUGH_SECONDS = 6;

  private final JavaSparkContext context;
  private final Settings settings;
  private final PlannedCluster cluster;
  private final int threads;

  /**
   * @param context Spark's, with two executors on this machine
   * @param cluster that the forecasts are for
   * @param threads of this machine, at least 2
   */
  public ForecastBench(
      JavaSparkContext context, Settings settings, PlannedCluster cluster, int threads) {
    this.context = context;
    this.settings = settings;
    this.cluster = cluster;
    this.threads = threads;
  }

  /** How many executors of the cluster a machine such as this one has the cores for. */
  public int neighbours() {
    return Math.max(1, Math.min(cluster.executors(), threads / cluster.cores()));
  }

  /**
   * The precision in which an architecture's network would be trained on executors like this
   * machine.
   *
   * @throws UserException if one is wanted that cannot be had here
   */
  public Precision precision(Architecture architecture) {
    ImageSettings images = settings.images();
    NetworkConfiguration network =
        NetworkBuilder.configuration(
            architecture, images.classCount(), images.height(), images.width(), 1);
    return new PrecisionChoice(
            settings.train().precision(),
            "train.precision",
            List.of(Natives.here("of this machine", threads)))
        .or(
            architecture.recipe().precision(),
            "architectures.%s.precision".formatted(architecture.name()))
        .of(network, new Shape(Rgb.CHANNELS, images.height(), images.width()), architecture.name());
  }

  /**
   * Measures every architecture of the settings.
   *
   * @param folder where made-up examples are written
   * @param images of the training split
   * @param listener is told of each forecast as it comes
   */
  public List<Forecast> run(Storage folder, int images, Consumer<Forecast> listener) {
    Examples examples = examples(folder);
    RoundBench rounds = new RoundBench(context, examples);
    BatchOf batchOf = settings.train().batchOf();
    UpdaterState updaterState = settings.train().updaterState();
    return settings.architectures().stream()
        .map(
            architecture -> {
              int batch = architecture.batch();
              int perWorker = batchOf.perWorker(batch, cluster.executors());
              EpochSteps alone = steps(architecture, batch, images, examples);
              EpochSteps shared =
                  perWorker == batch ? alone : steps(architecture, perWorker, images, examples);
              RoundTime round = rounds.measure(architecture, updaterState, factored(architecture));
              return new Forecast(architecture.name(), shared, alone, round);
            })
        .peek(listener)
        .toList();
  }

  private RoundTime.Factored factored(Architecture architecture) {
    return switch (settings.train().batchOf()) {
      case WORKER -> RoundTime.Factored.NONE;
      case ALL_WORKERS -> {
        ImageSettings images = settings.images();
        Shape image = new Shape(Rgb.CHANNELS, images.height(), images.width());
        NetworkConfiguration network =
            NetworkBuilder.configuration(
                architecture, images.classCount(), images.height(), images.width(), 1);
        Precision precision = precision(architecture);
        int batch = architecture.batch();
        List<DenseWeights> layers =
            Engine.fastest(network, image).factored(network, image, batch, precision);
        yield new RoundTime.Factored(
            layers.stream().mapToLong(each -> Float.BYTES * each.length()).sum(),
            layers.stream().mapToLong(each -> each.factorBytes(batch, precision)).sum());
      }
    };
  }

  /** By turns, so that a machine that is slower for a while is slower for all of them. */
  private EpochSteps steps(Architecture architecture, int batch, int images, Examples examples) {
    StepBench bench =
        new StepBench(architecture, minibatch(batch, examples), precision(architecture));
    long start = System.nanoTime();
    double single = Double.MAX_VALUE;
    double all = Double.MAX_VALUE;
    double alone = Double.MAX_VALUE;
    double beside = Double.MAX_VALUE;
    for (int turn = 0; turn < LEAST_TURNS || turn < MOST_TURNS && isEarly(start); turn++) {
      single = Math.min(single, bench.seconds(1, 1));
      all = Math.min(all, bench.seconds(1, threads));
      if (neighbours() > 1) {
        alone = Math.min(alone, cluster.cores() == 1 ? single : bench.seconds(1, cluster.cores()));
        beside = Math.min(beside, bench.seconds(neighbours(), cluster.cores()));
      }
    }
    double crowding = neighbours() == 1 ? 1 : Math.max(1, beside / alone);
    return new EpochSteps(
        new Workload(images, batch), new StepTime(single, all, threads, crowding));
  }

  private static boolean isEarly(long start) {
    return (System.nanoTime() - start) / 1e9 < ENOUGH_SECONDS;
  }

  private Examples examples(Storage folder) {
    int most =
        settings.architectures().stream()
            .mapToInt(architecture -> RoundBench.examples(architecture.batch()))
            .max()
            .orElseThrow();
    RecordLayout layout =
        new RecordLayout(
            settings.images().height(), settings.images().width(), settings.images().classCount());
    return NoiseExamples.write(folder, most, layout, context);
  }

  private static Minibatch minibatch(int batch, Examples source) {
    int[] positions = IntStream.range(0, batch).map(i -> i % source.examples()).toArray();
    return Minibatch.read(source, positions);
  }
}
