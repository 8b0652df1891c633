package io.convoy.job;

import io.convoy.bench.Benchmark;
import io.convoy.bench.Measurement;
import io.convoy.bench.Peer;
import io.convoy.cli.BenchCommand;
import io.convoy.cli.Command;
import io.convoy.cli.Command.SettingsSource;
import io.convoy.cli.PrepareCommand;
import io.convoy.dataset.DatasetTables;
import io.convoy.dataset.Examples;
import io.convoy.dataset.LabelledPhoto;
import io.convoy.dataset.Manifest;
import io.convoy.dataset.Shards;
import io.convoy.dataset.Split;
import io.convoy.failure.UserException;
import io.convoy.network.NetworkSummary;
import io.convoy.report.TextTable;
import io.convoy.report.TextTable.Column;
import io.convoy.sample.SampleAction;
import io.convoy.settings.Architecture;
import io.convoy.settings.ImageSettings;
import io.convoy.settings.Settings;
import io.convoy.settings.SettingsLoader;
import io.convoy.spark.SparkSessions;
import io.convoy.spark.SparkSessions.Executors;
import io.convoy.storage.Storage;
import io.convoy.storage.TemporaryFolder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;

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
    SettingsSource asked = ofTheTutorial(command.settings()).with(ONE_SPLIT);
    var resolved = SettingsFiles.resolve(asked, context);
    ImageSettings images = resolved.settings().images();
    resolved
        .settings()
        .architectures()
        .forEach(
            each -> NetworkSummary.of(each, images.classCount(), images.height(), images.width()));
    Peer peer = command.peer().map(context::storage).map(Peer::read).orElse(Peer.NONE);
    Path folder = TemporaryFolder.make("convoy-bench");
    try {
      List<Measurement> measurements =
          new ArrayList<>(rounds(resolved.settings(), folder, command));
      String photos = command.images().orElseGet(() -> draw(folder.resolve("photos")));
      SettingsSource settings = asked.quiet();
      if (command.images().isEmpty()) {
        // Of the drawings, whatever classes the conf has.
        settings = settings.with(Map.of("images.classes", "auto"));
      }
      String dataset = "file://" + folder.resolve("dataset");
      new PrepareJob(context)
          .run(new PrepareCommand(photos, dataset, settings, Command.Existing.KEEP));
      Benchmark benchmark =
          new Benchmark(
              spark(),
              resolved.settings(),
              files(photos, dataset),
              source(dataset),
              command.repeats());
      measurements.addAll(benchmark.run(this::tell));
      context.print("%s", table(measurements, peer));
      command.out().ifPresent(out -> save(measurements, peer, context.storage(out)));
    } finally {
      TemporaryFolder.delete(folder);
    }
  }

  /**
   * The networks of the tutorial alone where nothing says which: what goes by the number of photos
   * is another network from one folder to the next.
   */
  private static SettingsSource ofTheTutorial(SettingsSource settings) {
    boolean says =
        !settings.confs().isEmpty()
            || !settings.architectures().isEmpty()
            || settings.overrides().keySet().stream()
                .anyMatch(key -> key.startsWith("architectures") || key.startsWith("defaults"));
    return says
        ? settings
        : settings.withArchitectures(new SettingsLoader().tutorialArchitectures());
  }

  /**
   * In a session of two executors, which ends before that of all else begins; nothing where Spark's
   * master is another, or no such session can be opened.
   */
  private List<Measurement> rounds(Settings settings, Path folder, BenchCommand command) {
    Optional<Architecture> averaged = Benchmark.averaged(settings);
    // What is wrong with the photos is said when they are prepared, and is not to wait for this.
    boolean photos = command.images().map(context::storage).map(Storage::exists).orElse(true);
    if (averaged.isEmpty() || !photos) {
      return List.of();
    }
    try (SparkSessions sessions = SparkSessions.withTwoExecutorsHere("convoy bench")) {
      SparkContext spark =
          sessions.open(Executors.ALL, line -> context.remark("%s%n", line)).sparkContext();
      if (!spark.master().startsWith("local-cluster")) {
        return List.of();
      }
      List<Measurement> rounds =
          Benchmark.rounds(
              JavaSparkContext.fromSparkContext(spark),
              settings,
              averaged.get(),
              context.storage("file://" + folder.resolve("noise")),
              command.repeats());
      rounds.forEach(this::tell);
      return rounds;
    } catch (UserException e) {
      context.remark("Averaging rounds are not measured: %s%n", e.getMessage());
      return List.of();
    }
  }

  private String draw(Path folder) {
    context.remark("Drawing %,d photos to measure on%n", DRAWINGS);
    new SampleAction(context.spark().get()).drawAnimals("file://" + folder, DRAWINGS, 1);
    return "file://" + folder;
  }

  /** Photos that were prepared, and DL4J's loader takes too, by the hash of their bytes. */
  private List<byte[]> files(String photos, String dataset) {
    Storage folder = context.storage(photos);
    List<LabelledPhoto> prepared = new ArrayList<>();
    new DatasetTables(context.storage(dataset))
        .forEachExample(example -> prepared.add(example.photo()));
    List<byte[]> files =
        prepared.stream()
            .sorted(Comparator.comparing(LabelledPhoto::hash))
            .limit(DECODED_PHOTOS)
            .map(photo -> folder.file(photo.path()).read())
            .filter(Benchmark::isLoaded)
            .toList();
    if (files.isEmpty()) {
      throw new UserException(
          "DL4J's image loader, which is the baseline, takes none of the photos in %s: give JPEG ones.",
          folder);
    }
    return files;
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
        "%s %s: %s against %s %s%n",
        measurement.measure(),
        measurement.network(),
        figure(measurement.ours()),
        figure(measurement.baseline()),
        measurement.unit());
  }

  private static String table(List<Measurement> measurements, Peer peer) {
    List<Column> columns =
        new ArrayList<>(
            List.of(
                Column.text("measure"),
                Column.text("network"),
                Column.text("unit"),
                Column.number("ours", "%s"),
                Column.number("baseline", "%s"),
                Column.number("ratio", "%.3f")));
    peer.ways().forEach(way -> columns.add(Column.number(way, "%s")));
    if (!peer.ways().isEmpty()) {
      columns.add(Column.number("to the best", "%.3f"));
    }
    TextTable table = new TextTable(columns.toArray(Column[]::new));
    for (Measurement m : measurements) {
      List<Object> row =
          new ArrayList<>(
              List.of(
                  m.measure(),
                  m.network(),
                  m.unit(),
                  figure(m.ours()),
                  figure(m.baseline()),
                  m.ratio()));
      peer.rates(m).forEach(rate -> row.add(figure(rate)));
      if (!peer.ways().isEmpty()) {
        row.add(peer.ratio(m));
      }
      table.row(row.toArray());
    }
    return table.render();
  }

  /** Small ones are seconds. */
  private static String figure(double value) {
    return Double.isNaN(value)
        ? "-"
        : String.format(Locale.ROOT, value < 10 ? "%.3f" : "%.1f", value);
  }

  private static void save(List<Measurement> measurements, Peer peer, Storage file) {
    String title =
        Stream.concat(Stream.of("measure,network,ours,baseline,ratio,unit"), peer.ways().stream())
            .collect(Collectors.joining(",", "", "\n"));
    String lines =
        measurements.stream()
            .map(
                m ->
                    String.format(
                            Locale.ROOT,
                            "%s,%s,%.4f,%.4f,%.4f,%s",
                            m.measure(),
                            m.network(),
                            m.ours(),
                            m.baseline(),
                            m.ratio(),
                            m.unit())
                        + peer.rates(m).stream()
                            .map(rate -> String.format(Locale.ROOT, ",%.4f", rate))
                            .collect(Collectors.joining("", "", "\n")))
            .collect(Collectors.joining("", title, ""));
    file.write(out -> out.write(lines.getBytes(StandardCharsets.UTF_8)));
  }
}
