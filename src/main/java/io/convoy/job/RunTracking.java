package io.convoy.job;

import io.convoy.job.ArchitectureTraining.Outcome;
import io.convoy.job.ArchitectureTraining.SoFar;
import io.convoy.report.EpochResult;
import io.convoy.report.EpochTable;
import io.convoy.report.MetricsTable;
import io.convoy.settings.Architecture;
import io.convoy.settings.ResolvedSettings;
import io.convoy.settings.Settings;
import io.convoy.settings.TrackingSettings;
import io.convoy.settings.TrackingSettings.Files;
import io.convoy.storage.Storage;
import io.convoy.table.Table;
import io.convoy.tracking.Measurements;
import io.convoy.tracking.TrackedFile;
import io.convoy.tracking.TrackedRun;
import io.convoy.tracking.TrackedRun.End;
import io.convoy.tracking.Tracker;
import io.convoy.tracking.Tracker.Source;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;

/**
 * Tells a tracking server of a run and its trainings, where the settings name one: the run itself,
 * and for each training a run below it. Metrics have the names of the columns of the tables {@code
 * epochs} and {@code metrics}; of the latter those of validation, which are of the best epoch, have
 * {@code best_} before them. Intervals are left to the tables.
 */
final class RunTracking implements AutoCloseable {
  private static final String VALIDATION = "validation_";
  private static final String BEST = "best_";

  /** The columns of {@code metrics} that are told of a training that has ended. */
  private static final Pattern RESULTS =
      Pattern.compile(
          "(validation|test)_(?!images).*(?<!_low|_high)"
              + "|parameters|model_bytes|best_epoch|inference_seconds_per_image|temperature");

  private static final String EPOCH = "epoch";

  private final Context context;
  private final Optional<Tracker> tracker;
  private final TrainingRun run;
  private final Settings settings;
  private final TrackingSettings tracking;
  private final EpochTable epochTable;
  private final MetricsTable metricsTable;

  /** Epochs that the tracker has been told of, by the trainings' names. */
  private final Map<String, Integer> told = new HashMap<>();

  private RunTracking(
      Context context, Optional<Tracker> tracker, TrainingRun run, ResolvedSettings resolved) {
    this.context = context;
    this.tracker = tracker;
    this.run = run;
    this.settings = resolved.settings();
    this.tracking = resolved.tracking();
    this.epochTable = new EpochTable(run.manifest().classes());
    this.metricsTable = new MetricsTable(run.manifest().classes());
  }

  /**
   * Begins to tell of a run that has begun in its folder.
   *
   * @param context tells the user
   * @param name of the run
   * @param outer what the server calls the run that this one is a part of
   * @param more parameters of the run
   */
  static RunTracking of(
      Context context,
      TrainingRun run,
      ResolvedSettings resolved,
      String name,
      Optional<String> outer,
      Map<String, String> more) {
    Optional<Tracker> tracker =
        Tracker.open(
            resolved.tracking(),
            new Source(run.context().build().version(), run.context().build().commit()),
            outer,
            run.folder().files().tracking(),
            line -> context.remark("%s%n", line));
    RunTracking opened = new RunTracking(context, tracker, run, resolved);
    tracker.ifPresent(it -> it.begin(opened.root(name, more)));
    return opened;
  }

  private TrackedRun root(String name, Map<String, String> more) {
    Map<String, String> parameters = new TreeMap<>(settings.leaves());
    parameters.putAll(more);
    parameters.putAll(ofAll());
    parameters.put("seed", Long.toString(settings.train().seed()));
    parameters.put("train-images", Integer.toString(run.manifest().train().examples()));
    parameters.put(
        "architectures",
        String.join(", ", settings.architectures().stream().map(Architecture::name).toList()));
    return new TrackedRun(TrackedRun.ROOT, name, parameters, Map.of());
  }

  /** What each run has of the whole, so that each can be found by it. */
  private Map<String, String> ofAll() {
    return Map.of(
        "convoy-version", run.context().build().version(),
        "dataset-content-hash", run.manifest().contentHash());
  }

  /** The training of an architecture begins, or goes on. */
  void begin(Architecture architecture, Map<String, String> moreTags) {
    tracker.ifPresent(it -> it.begin(training(architecture, moreTags)));
  }

  private TrackedRun training(Architecture architecture, Map<String, String> moreTags) {
    Map<String, String> parameters = new TreeMap<>(architecture.leaves());
    settings.leaves().entrySet().stream()
        .filter(each -> each.getKey().startsWith("train."))
        .forEach(each -> parameters.put(each.getKey(), each.getValue()));
    parameters.putAll(ofAll());
    parameters.put(
        "seed", Long.toString(architecture.recipe().repeat().seed(settings.train().seed())));
    parameters.put("train-images", Integer.toString(run.images(architecture)));
    Map<String, String> tags = new TreeMap<>();
    tags.put(
        "convoy.architecture",
        architecture.recipe().repeat().repeated().orElse(architecture.name()));
    tags.putAll(moreTags);
    return new TrackedRun(architecture.name(), architecture.name(), parameters, tags);
  }

  /** How far a training has come that has begun. */
  synchronized void progress(SoFar soFar) {
    tracker.ifPresent(it -> progress(it, soFar));
  }

  private void progress(Tracker it, SoFar soFar) {
    int before = told.getOrDefault(soFar.name(), 0);
    List<EpochResult> all = soFar.epochs();
    for (EpochResult epoch : all.subList(Math.min(before, all.size()), all.size())) {
      SortedMap<String, Double> values = numbers(epochTable.of(List.of(epoch)));
      values.remove(EPOCH);
      it.measure(soFar.name(), new Measurements(epoch.epoch(), System.currentTimeMillis(), values));
    }
    told.put(soFar.name(), all.size());
  }

  /** A training has ended, or has failed. */
  synchronized void end(Outcome outcome) {
    tracker.ifPresent(
        it -> {
          progress(it, outcome.soFar());
          if (outcome.result().failure().isPresent()) {
            String reason = outcome.result().failure().get();
            begin(outcome.result().architecture(), Map.of("convoy.failure", reason));
            it.end(outcome.name(), End.FAILED);
            return;
          }
          it.measure(outcome.name(), results(outcome));
          it.end(outcome.name(), End.FINISHED);
          if (tracking.files() == Files.ALL) {
            Storage model = run.folder().files().bestModel(outcome.name());
            it.send(outcome.name(), new TrackedFile("model/" + model.name(), model));
          }
        });
  }

  /** A training has ended for now, which may go on or not. */
  void end(String name, End end) {
    tracker.ifPresent(it -> it.end(name, end));
  }

  private Measurements results(Outcome outcome) {
    SortedMap<String, Double> values = new TreeMap<>();
    numbers(metricsTable.of(List.of(outcome.result())))
        .forEach(
            (name, value) -> {
              if (RESULTS.matcher(name).matches()) {
                values.put(name.startsWith(VALIDATION) ? BEST + name : name, value);
              }
            });
    return new Measurements(outcome.result().bestEpoch(), System.currentTimeMillis(), values);
  }

  /** The numbers of a table's only row, by their columns. */
  private static SortedMap<String, Double> numbers(Table table) {
    Row row = table.rows().get(0);
    SortedMap<String, Double> numbers = new TreeMap<>();
    StructField[] columns = table.schema().fields();
    for (int i = 0; i < columns.length; i++) {
      if (columns[i].dataType() instanceof NumericType && !row.isNullAt(i)) {
        numbers.put(columns[i].name(), ((Number) row.get(i)).doubleValue());
      }
    }
    return numbers;
  }

  /** The run has ended well: its files are sent, once its page is written. */
  void finish() {
    tracker.ifPresent(
        it -> {
          if (tracking.files() != Files.NONE) {
            files().forEach(file -> it.send(TrackedRun.ROOT, file));
          }
          it.end(TrackedRun.ROOT, End.FINISHED);
        });
  }

  private Stream<TrackedFile> files() {
    RunFiles files = run.folder().files();
    Stream<TrackedFile> tables =
        files.tables().children().stream()
            .filter(table -> table.name().endsWith(".csv"))
            .map(table -> new TrackedFile("tables/" + table.name(), table));
    Stream<TrackedFile> others =
        Stream.of(
                new TrackedFile("report/index.html", files.page()),
                new TrackedFile(RunFiles.CONF, files.conf()),
                new TrackedFile(RunFiles.PROVENANCE, files.provenance()))
            .filter(file -> file.content().exists());
    return Stream.concat(tables, others);
  }

  /** What the server calls the run. */
  Optional<String> id() {
    return tracker.flatMap(Tracker::id);
  }

  /** Waits for the server, within limits, and says where the run is there. */
  @Override
  public void close() {
    tracker.ifPresent(
        it -> {
          it.close();
          it.page().ifPresent(page -> context.print("Tracking: %s%n", page));
        });
  }
}
