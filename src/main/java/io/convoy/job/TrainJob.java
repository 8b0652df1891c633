package io.convoy.job;

import com.typesafe.config.ConfigUtil;
import io.convoy.averaging.Round;
import io.convoy.cli.Command.SettingsSource;
import io.convoy.cli.Command.Show;
import io.convoy.cli.TrainCommand;
import io.convoy.compare.Candidate;
import io.convoy.compare.Comparison;
import io.convoy.compare.RankingText;
import io.convoy.dataset.DatasetTables;
import io.convoy.dataset.DatasetTables.Example;
import io.convoy.dataset.Manifest;
import io.convoy.dataset.Shards;
import io.convoy.engine.Natives;
import io.convoy.failure.UserException;
import io.convoy.report.ArchitectureResult;
import io.convoy.report.EpochResult;
import io.convoy.report.EpochTable;
import io.convoy.report.MetricsTable;
import io.convoy.report.PredictionTable;
import io.convoy.report.RoundTable;
import io.convoy.report.TableWriter;
import io.convoy.report.TableWriter.Marker;
import io.convoy.report.ThresholdTable;
import io.convoy.settings.Architecture;
import io.convoy.settings.ImageSettings;
import io.convoy.settings.ResolvedSettings;
import io.convoy.settings.Settings;
import io.convoy.settings.SettingsLoader;
import io.convoy.storage.Storage;
import io.convoy.table.Table;
import io.convoy.train.Workers;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** {@code train}: each architecture on a data set, one after the other; tables as they come. */
public final class TrainJob {
  private final Context context;

  public TrainJob(Context context) {
    this.context = context;
  }

  /** Trains on a data set that {@code prepare} made. */
  public void run(TrainCommand command) {
    Optional<FromModel> from = command.from().map(context::storage).map(FromModel::at);
    Storage dataset = context.storage(command.data());
    Manifest manifest = Manifest.read(dataset);
    ResolvedSettings resolved =
        resolve(ofDataset(command.settings(), from, manifest, dataset), from);
    from.ifPresent(model -> model.tellDifferences(resolved, context));
    List<Blueprint> blueprints =
        blueprints(
            resolved.settings(), from, manifest.classes(), manifest.height(), manifest.width());
    Storage out = context.storage(command.out());
    try (RunFolder folder =
        RunFolder.open(
            context, out, command.existing(), resolved, inputs(dataset, from, blueprints))) {
      train(dataset, folder, resolved, blueprints, from);
    }
  }

  /**
   * The settings with what the data set has decided already: its classes and the size of its
   * images.
   *
   * @throws UserException if others are asked for
   */
  private SettingsSource ofDataset(
      SettingsSource source, Optional<FromModel> from, Manifest manifest, Storage dataset) {
    SettingsSource quiet =
        new SettingsSource(
            source.confs(),
            source.overrides(),
            source.architectures(),
            source.epochs(),
            Show.NOTHING);
    ImageSettings asked = resolve(quiet, from).settings().images();
    ImageSettings usual = new SettingsLoader().load("", "", Map.of()).settings().images();
    if (!asked.classes().equals(usual.classes()) && !asked.classes().equals(manifest.classes())) {
      throw new UserException(
          "images.classes is [%s], but the data set %s was prepared with [%s]: leave images.classes"
              + " out, or prepare the photos anew.",
          String.join(", ", asked.classes()), dataset, String.join(", ", manifest.classes()));
    }
    if (differs(asked.height(), usual.height(), manifest.height())
        || differs(asked.width(), usual.width(), manifest.width())) {
      throw new UserException(
          "images.height and images.width are %d and %d, but the data set %s was prepared with %d and"
              + " %d: leave them out, or prepare the photos anew.",
          asked.height(), asked.width(), dataset, manifest.height(), manifest.width());
    }
    Map<String, String> decided = new LinkedHashMap<>(source.overrides());
    decided.put("images.height", Integer.toString(manifest.height()));
    decided.put("images.width", Integer.toString(manifest.width()));
    decided.put(
        "images.classes",
        manifest.classes().stream()
            .map(ConfigUtil::quoteString)
            .collect(Collectors.joining(", ", "[", "]")));
    return new SettingsSource(
        source.confs(), decided, source.architectures(), source.epochs(), source.show());
  }

  private static boolean differs(int asked, int usual, int prepared) {
    return asked != usual && asked != prepared;
  }

  /** The settings of new networks, or of the one that a model is of. */
  ResolvedSettings resolve(SettingsSource source, Optional<FromModel> from) {
    return from.map(model -> model.resolve(source, context))
        .orElseGet(() -> SettingsFiles.resolve(source, context));
  }

  /** What writing a run must do no harm to. */
  static Storage[] inputs(Storage data, Optional<FromModel> from, List<Blueprint> blueprints) {
    return Stream.of(
            Stream.of(data),
            from.stream().map(model -> model.origin().file()),
            blueprints.stream()
                .flatMap(each -> each.base().stream())
                .map(base -> base.saved().file()))
        .flatMap(files -> files)
        .toArray(Storage[]::new);
  }

  /** The networks; refuses those that do not fit the images, before anything is done. */
  List<Blueprint> blueprints(
      Settings settings, Optional<FromModel> from, List<String> classes, int height, int width) {
    List<Blueprint> blueprints = Blueprint.of(context, settings, height, width);
    from.ifPresent(model -> model.requireFit(blueprints.get(0), classes, height, width));
    return blueprints;
  }

  /** Trains into the folder, and keeps the log in it however that ends. */
  void train(
      Storage dataset,
      RunFolder folder,
      ResolvedSettings resolved,
      List<Blueprint> blueprints,
      Optional<FromModel> from) {
    if (folder.isFinished()) {
      folder.finishAgain();
      context.print("The run is finished already. Tables: %s%n", folder.files().tables());
      if (!folder.files().page().exists()) {
        new ReportJob(context).runAtEnd(folder.files());
      }
      return;
    }
    Manifest manifest = Manifest.read(dataset);
    Settings settings = resolved.settings();
    SparkSession spark = context.spark().get();
    Workers workers = Workers.of(spark.sparkContext(), settings.train().workers());
    for (Architecture a : settings.architectures()) {
      int batch = settings.train().batchOf().perWorker(a.batch(), workers.count());
      workers.requireEnough(a.name(), batch, manifest.train().examples());
      requireMeasurable(a, manifest);
    }
    JavaSparkContext java = JavaSparkContext.fromSparkContext(spark.sparkContext());
    Broadcast<Shards> files = Shards.share(java, dataset.toString(), manifest.shardHashes());
    Shards.requirePrepared(java, dataset, manifest, files);
    List<Natives> natives = workers.natives(java);
    Provenance provenance =
        Provenance.of(
            context,
            spark,
            manifest,
            dataset.toString(),
            from.map(FromModel::provenance),
            bases(blueprints),
            settings.train().seed(),
            workers,
            natives);
    boolean goesOn = folder.begin(provenance);
    if (goesOn) {
      context.remark("train: going on with the run that was stopped%n");
    }
    context.remark("train: %s%n", workers);
    natives.forEach(each -> context.remark("train: %s%n", each));
    if (!goesOn) {
      context.remark(
          "train: will train %s%n",
          new TrainingOutlook(manifest, settings.train(), workers).measured(java, blueprints));
    }
    try {
      trainEach(
          spark,
          dataset,
          new ArchitectureTraining.Data(files, manifest),
          folder,
          settings,
          blueprints,
          workers,
          from);
    } finally {
      keepLog(folder);
    }
    folder.finish();
    context.print("Tables: %s%n", folder.files().tables());
    new ReportJob(context).runAtEnd(folder.files());
  }

  /** Without validation images patience would never end. */
  private static void requireMeasurable(Architecture architecture, Manifest manifest) {
    if (architecture.recipe().stopping().patient().isPresent()
        && manifest.validation().examples() == 0) {
      throw new UserException(
          "architectures.%s.stop: there are no validation images to measure; leave it out, or give"
              + " split some to prepare.",
          architecture.name());
    }
  }

  private void trainEach(
      SparkSession spark,
      Storage dataset,
      ArchitectureTraining.Data data,
      RunFolder folder,
      Settings settings,
      List<Blueprint> blueprints,
      Workers workers,
      Optional<FromModel> from) {
    Manifest manifest = data.manifest();
    DatasetTables prepared = new DatasetTables(dataset);
    TableWriter tables = new TableWriter(folder.files().tables());
    tables.write(new Table("rejected", DatasetTables.REJECTED, prepared.rejectedRows()));
    EpochTable epochTable = new EpochTable(manifest.classes());
    RoundTable roundTable = new RoundTable();
    List<Row> earlier = from.map(model -> earlier(model, epochTable)).orElse(List.of());
    List<Row> earlierRounds =
        from.map(model -> model.earlier(roundTable.of(Map.of()))).orElse(List.of());
    List<Example> predicted = PredictionTable.examples(prepared);
    List<EpochResult> epochs = new ArrayList<>();
    Map<String, List<Round>> rounds = new LinkedHashMap<>();
    List<ArchitectureResult> results = new ArrayList<>();
    List<PredictionTable.Scores> scores = new ArrayList<>();
    List<Candidate> candidates = new ArrayList<>();
    for (Blueprint blueprint : blueprints) {
      ArchitectureTraining training =
          new ArchitectureTraining(
              context,
              spark,
              folder,
              data,
              settings.train(),
              workers,
              blueprint,
              from.map(FromModel::origin));
      ArchitectureTraining.Outcome outcome =
          training.run(
              soFar -> {
                tables.write(epochTable.of(both(epochs, soFar.epochs())).after(earlier));
                rounds.put(blueprint.architecture().name(), soFar.rounds());
                tables.write(roundTable.of(rounds).after(earlierRounds));
              });
      epochs.addAll(outcome.soFar().epochs());
      rounds.put(blueprint.architecture().name(), outcome.soFar().rounds());
      results.add(outcome.result());
      candidates.add(
          new Candidate(
              blueprint.architecture().name(),
              outcome.result(),
              outcome.validation(),
              outcome.test()));
      scores.add(
          PredictionTable.Scores.of(
              blueprint.architecture().name(),
              outcome.result().threshold(),
              outcome.validation(),
              outcome.test()));
      folder.requireHeld();
      tables.write(new ThresholdTable().of(results));
      new PredictionTable(manifest.classes()).write(tables, predicted, scores);
      // The marker of this table says that the run is finished.
      boolean last = results.size() == blueprints.size();
      tables.write(
          new MetricsTable(manifest.classes()).of(results), last ? Marker.SUCCESS : Marker.NONE);
    }
    context.print("%s%n", new RankingText(new Comparison(candidates), manifest.classes()).text());
  }

  private static Map<String, Provenance.From> bases(List<Blueprint> blueprints) {
    Map<String, Provenance.From> bases = new TreeMap<>();
    for (Blueprint blueprint : blueprints) {
      blueprint
          .base()
          .ifPresent(base -> bases.put(blueprint.architecture().name(), base.provenance()));
    }
    return bases;
  }

  private static <T> List<T> both(List<T> first, List<T> second) {
    return Stream.of(first, second).flatMap(List::stream).toList();
  }

  private List<Row> earlier(FromModel model, EpochTable table) {
    List<Row> rows = model.earlier(table.of(List.of()));
    if (rows.isEmpty()) {
      context.remark(
          "train: the tables of its own run are not beside %s: tables/epochs begins with epoch %d%n",
          model.origin().file(), model.origin().epochs() + 1);
    }
    return rows;
  }

  /** Where the cluster keeps the log, there is no file to keep. */
  private void keepLog(RunFolder folder) {
    Path log = context.log();
    if (Files.isRegularFile(log)) {
      try {
        folder.files().log(log.getFileName().toString()).write(copy -> Files.copy(log, copy));
      } catch (UncheckedIOException e) {
        context.remark("The log could not be copied into the run; it is %s%n", log);
      }
    }
  }
}
