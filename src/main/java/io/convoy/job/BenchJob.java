package io.convoy.job;

import io.convoy.bench.Benchmark;
import io.convoy.bench.Measurement;
import io.convoy.cli.BenchCommand;
import io.convoy.cli.Command;
import io.convoy.cli.Command.SettingsSource;
import io.convoy.cli.PrepareCommand;
import io.convoy.dataset.Examples;
import io.convoy.dataset.Manifest;
import io.convoy.dataset.Shards;
import io.convoy.dataset.Split;
import io.convoy.network.NetworkSummary;
import io.convoy.report.TextTable;
import io.convoy.report.TextTable.Column;
import io.convoy.sample.SampleAction;
import io.convoy.settings.ImageSettings;
import io.convoy.storage.Storage;
import io.convoy.storage.TemporaryFolder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/** {@code bench}: measures on this machine, prints a table of ratios, and saves it. */
public final class BenchJob {
  private static final int DRAWINGS = 4096;
  private static final int DECODED_PHOTOS = 300;

  /** All images train, as many as there are. */
  private static final Map<String, String> ONE_SPLIT =
      Map.of(
          "split.by", "shares",
          "split.shares.train", "1",
          "split.shares.validation", "0",
          "split.shares.test", "0");

  private final Context context;

  public BenchJob(Context context) {
    this.context = context;
  }

  /** Measures. */
  public void run(BenchCommand command) {
    var resolved = SettingsFiles.resolve(command.settings().with(ONE_SPLIT), context);
    ImageSettings images = resolved.settings().images();
    resolved
        .settings()
        .architectures()
        .forEach(
            each -> NetworkSummary.of(each, images.classCount(), images.height(), images.width()));
    Path folder = TemporaryFolder.make("convoy-bench");
    try {
      String photos = command.images().orElseGet(() -> draw(folder.resolve("photos")));
      SettingsSource settings = command.settings().with(ONE_SPLIT);
      if (command.images().isEmpty()) {
        // Of the drawings, whatever classes the conf has.
        settings = settings.with(Map.of("images.classes", "auto"));
      }
      String dataset = "file://" + folder.resolve("dataset");
      new PrepareJob(context)
          .run(new PrepareCommand(photos, dataset, settings, Command.Existing.KEEP));
      Benchmark benchmark =
          new Benchmark(
              spark(), resolved.settings(), files(photos), source(dataset), command.repeats());
      List<Measurement> measurements = benchmark.run(this::tell);
      context.print("%s", table(measurements));
      command.out().ifPresent(out -> save(measurements, context.storage(out)));
    } finally {
      TemporaryFolder.delete(folder);
    }
  }

  private String draw(Path folder) {
    context.remark("Drawing %,d photos to measure on%n", DRAWINGS);
    new SampleAction(context.spark().get()).drawAnimals("file://" + folder, DRAWINGS, 1);
    return "file://" + folder;
  }

  /** Photos by the hash of their names: Spark would give the largest first. */
  private List<byte[]> files(String photos) {
    SparkSession spark = context.spark().get();
    String[] paths =
        photos(spark, photos)
            .select("path")
            .orderBy(functions.xxhash64(functions.col("path")))
            .limit(DECODED_PHOTOS)
            .as(Encoders.STRING())
            .collectAsList()
            .toArray(String[]::new);
    return photos(spark, paths).select("content").as(Encoders.BINARY()).collectAsList();
  }

  private static Dataset<Row> photos(SparkSession spark, String... places) {
    return spark
        .read()
        .format("binaryFile")
        .option("recursiveFileLookup", "true")
        .option("pathGlobFilter", "*.jpg")
        .load(places);
  }

  private JavaSparkContext spark() {
    return JavaSparkContext.fromSparkContext(context.spark().get().sparkContext());
  }

  private Examples source(String dataset) {
    Manifest manifest = Manifest.read(context.storage(dataset));
    return Examples.of(
        Shards.share(spark(), dataset, manifest.shardHashes()), Split.TRAIN, manifest);
  }

  private void tell(Measurement measurement) {
    context.remark(
        "%s %s: %.1f against %.1f %s%n",
        measurement.measure(),
        measurement.network(),
        measurement.ours(),
        measurement.baseline(),
        measurement.unit());
  }

  private static String table(List<Measurement> measurements) {
    TextTable table =
        new TextTable(
            Column.text("measure"),
            Column.text("network"),
            Column.text("unit"),
            Column.number("ours", "%.1f"),
            Column.number("baseline", "%.1f"),
            Column.number("ratio", "%.3f"));
    measurements.forEach(
        m -> table.row(m.measure(), m.network(), m.unit(), m.ours(), m.baseline(), m.ratio()));
    return table.render();
  }

  private static void save(List<Measurement> measurements, Storage file) {
    String lines =
        measurements.stream()
            .map(
                m ->
                    String.format(
                        Locale.ROOT,
                        "%s,%s,%.4f,%.4f,%.4f\n",
                        m.measure(),
                        m.network(),
                        m.ours(),
                        m.baseline(),
                        m.ratio()))
            .collect(Collectors.joining("", "measure,network,ours,baseline,ratio\n", ""));
    file.write(out -> out.write(lines.getBytes(StandardCharsets.UTF_8)));
  }
}
