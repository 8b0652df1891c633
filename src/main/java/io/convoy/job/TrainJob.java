package io.convoy.job;

import io.convoy.cli.Command;
import io.convoy.dataset.Manifest;
import io.convoy.model.NetworkSummary;
import io.convoy.report.ArchitectureResult;
import io.convoy.report.EpochResult;
import io.convoy.report.PredictionTable;
import io.convoy.report.RunTables;
import io.convoy.report.TableWriter;
import io.convoy.report.TableWriter.Marker;
import io.convoy.settings.Architecture;
import io.convoy.settings.ResolvedSettings;
import io.convoy.settings.Settings;
import io.convoy.spark.JobNames;
import io.convoy.storage.Json;
import io.convoy.storage.Storage;
import io.convoy.train.Natives;
import io.convoy.train.Workers;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** {@code train}: each architecture on a data set, one after the other; tables as they come. */
public final class TrainJob {
  private final Context context;

  public TrainJob(Context context) {
    this.context = context;
  }

  /** Trains on a data set that {@code prepare} made. */
  public void run(Command.Train command) {
    ResolvedSettings resolved = SettingsFiles.resolve(command.settings(), context);
    Storage dataset = context.storage(command.data());
    Manifest manifest = Manifest.read(dataset);
    requireFit(resolved.settings(), manifest.height(), manifest.width());
    Storage out = context.storage(command.out());
    Outputs.check(out, command.existing(), dataset);
    train(dataset, out, resolved);
  }

  /** Refuses networks that do not fit the images, before anything is done. */
  void requireFit(Settings settings, int height, int width) {
    settings.architectures().forEach(a -> NetworkSummary.of(a, height, width));
  }

  /** Trains into a checked output folder, and keeps the log in it however that ends. */
  void train(Storage dataset, Storage out, ResolvedSettings resolved) {
    Manifest manifest = Manifest.read(dataset);
    Settings settings = resolved.settings();
    SparkSession spark = context.spark().get();
    Workers workers = Workers.of(spark.sparkContext(), settings.train().workers());
    for (Architecture a : settings.architectures()) {
      workers.requireEnough(a.name(), a.batch(), manifest.train().examples());
    }
    Outputs.empty(out);
    List<Natives> natives =
        Natives.ask(JavaSparkContext.fromSparkContext(spark.sparkContext()), workers);
    context.remark("train: %d worker(s) of %d thread(s)%n", workers.count(), workers.threads());
    natives.forEach(each -> context.remark("train: %s%n", each));
    try {
      write(out.child("run.conf"), resolved.hocon().getBytes(StandardCharsets.UTF_8));
      write(
          out.child("provenance.json"),
          Json.write(
              Provenance.of(
                  context,
                  spark,
                  manifest,
                  dataset.toString(),
                  settings.train().seed(),
                  workers,
                  natives)));
      trainEach(spark, dataset, manifest, out, settings, workers);
    } finally {
      keepLog(out);
    }
    context.print("Tables: %s%n", out.child("tables"));
  }

  private void trainEach(
      SparkSession spark,
      Storage dataset,
      Manifest manifest,
      Storage out,
      Settings settings,
      Workers workers) {
    JobNames names = new JobNames(spark.sparkContext());
    names.begin("train: opening the data set");
    Dataset<Row> rejected = spark.read().parquet(dataset.child("rejected.parquet").toString());
    Dataset<Row> index = spark.read().parquet(dataset.child("examples.parquet").toString());
    names.end();

    TableWriter tables = new TableWriter(spark, out.child("tables"));
    tables.write("rejected", rejected, Marker.SUCCESS);
    RunTables columns = new RunTables(manifest.classes());
    PredictionTable predictions = new PredictionTable(spark, index);
    List<EpochResult> epochs = new ArrayList<>();
    List<ArchitectureResult> results = new ArrayList<>();
    List<PredictionTable.Scores> scores = new ArrayList<>();
    for (Architecture architecture : settings.architectures()) {
      ArchitectureTraining training =
          new ArchitectureTraining(
              context, spark, dataset, manifest, settings.train(), workers, architecture);
      ArchitectureTraining.Outcome outcome =
          training.run(
              out.child("models/" + architecture.name()),
              epoch -> {
                epochs.add(epoch);
                tables.write(columns.epochs(epochs));
              });
      results.add(outcome.result());
      scores.add(
          PredictionTable.Scores.of(architecture.name(), outcome.validation(), outcome.test()));
      tables.write(columns.thresholds(results));
      predictions.write(tables, scores);
      // The marker of this table says that the run is finished.
      boolean last = results.size() == settings.architectures().size();
      tables.write(columns.metrics(results), last ? Marker.SUCCESS : Marker.NONE);
    }
    context.print("%s%n", columns.ranking(results));
  }

  /** Where the cluster keeps the log, there is no file to keep. */
  private void keepLog(Storage out) {
    Path log = context.log();
    if (Files.isRegularFile(log)) {
      try {
        out.child("logs/" + log.getFileName()).write(copy -> Files.copy(log, copy));
      } catch (UncheckedIOException e) {
        context.remark("The log could not be copied into the run; it is %s%n", log);
      }
    }
  }

  private static void write(Storage file, byte[] content) {
    file.write(out -> out.write(content));
  }
}
