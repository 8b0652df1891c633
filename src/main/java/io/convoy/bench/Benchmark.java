package io.convoy.bench;

import io.convoy.averaging.WorkerPlan;
import io.convoy.dataset.Examples;
import io.convoy.dataset.NoiseExamples;
import io.convoy.dataset.Shard.RecordLayout;
import io.convoy.engine.Minibatch;
import io.convoy.engine.Natives;
import io.convoy.image.ImageLimits;
import io.convoy.image.ImageSize;
import io.convoy.image.PhotoDecoder;
import io.convoy.settings.Architecture;
import io.convoy.settings.ImageSettings;
import io.convoy.settings.Settings;
import io.convoy.storage.Storage;
import io.convoy.train.Workers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;

/** All that is measured, one after the other: two measurements at once would disturb each other. */
public final class Benchmark {
  /** The tutorial's training images. */
  private static final int MOST_EXAMPLES = 4096;

  /** The architectures whose figures have a bar. */
  private static final String AVERAGED = "conv48x2";

  private static final String FED = "conv24";

  private final JavaSparkContext context;
  private final Settings settings;
  private final List<byte[]> photos;
  private final Examples examples;
  private final Workers workers;
  private final Stopwatch stopwatch;

  /**
   * @param photos files to decode
   * @param examples a training split of the settings' image size
   * @param repeats how often everything is timed, at least 1
   */
  public Benchmark(
      JavaSparkContext context,
      Settings settings,
      List<byte[]> photos,
      Examples examples,
      int repeats) {
    this.context = context;
    this.settings = settings;
    this.photos = photos;
    this.examples = examples.limited(MOST_EXAMPLES);
    this.workers = Workers.of(context.sc(), OptionalInt.empty());
    this.stopwatch = new Stopwatch(repeats, new Stopwatch.Real());
  }

  /**
   * Measures.
   *
   * @param listener is told of each measurement as it comes
   */
  public List<Measurement> run(Consumer<Measurement> listener) {
    Natives.useThreads(workers.threads());
    List<Measurement> all = new ArrayList<>();
    Consumer<Measurement> keep = listener.andThen(all::add);
    DecoderBench decoder = decoder();
    keep.accept(decoder.measure(stopwatch));
    for (Architecture architecture : settings.architectures()) {
      EpochBench epochs = epochs(architecture);
      if (architecture.name().equals(FED)) {
        keep.accept(epochs.input(architecture));
        keep.accept(epochs.readBack(decoder, photos.size()));
      }
      if (architecture.name().equals(AVERAGED)) {
        keep.accept(epochs.averaging(architecture));
      }
      Minibatch minibatch = minibatch(architecture.batch());
      new NetworkBench(architecture, minibatch, stopwatch, workers.threads())
          .measure()
          .forEach(keep);
    }
    return List.copyOf(all);
  }

  /** The network whose averaging is measured, if it is one of those of the settings. */
  public static Optional<Architecture> averaged(Settings settings) {
    return settings.architectures().stream()
        .filter(architecture -> architecture.name().equals(AVERAGED))
        .findFirst();
  }

  /**
   * Measures what an averaging round takes.
   *
   * @param context with two executors on this machine
   * @param averaged see {@link #averaged}
   * @param folder where made-up examples are written
   * @param repeats how often everything is timed at least, at least 1
   */
  public static List<Measurement> rounds(
      JavaSparkContext context,
      Settings settings,
      Architecture averaged,
      Storage folder,
      int repeats) {
    ImageSettings images = settings.images();
    Examples noise =
        NoiseExamples.write(
            folder,
            RoundBench.examples(averaged.batch()),
            new RecordLayout(images.height(), images.width(), images.classCount()),
            context);
    return new RoundBench(context, noise)
        .compare(averaged, settings.train().updaterState(), repeats);
  }

  /** Whether DL4J's image loader, against which decoding is measured, takes a photo. */
  public static boolean isLoaded(byte[] photo) {
    return DecoderBench.isLoaded(photo);
  }

  private DecoderBench decoder() {
    int height = settings.images().height();
    int width = settings.images().width();
    PhotoDecoder decoder =
        new PhotoDecoder(
            new ImageSize(height, width), new ImageLimits(settings.images().maxPixels()));
    return new DecoderBench(photos, decoder, height, width);
  }

  private EpochBench epochs(Architecture architecture) {
    WorkerPlan plan =
        new WorkerPlan(
            workers.count(),
            workers.threads(),
            architecture.batch(),
            settings.train().usualFrequency(),
            0,
            settings.train().seed());
    return new EpochBench(context, examples, plan, stopwatch);
  }

  private Minibatch minibatch(int batch) {
    int[] positions = IntStream.range(0, batch).map(i -> i % examples.examples()).toArray();
    return Minibatch.read(examples, positions);
  }
}
