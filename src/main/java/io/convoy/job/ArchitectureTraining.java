package io.convoy.job;

import io.convoy.dataset.Examples;
import io.convoy.dataset.Manifest;
import io.convoy.dataset.Split;
import io.convoy.evaluate.Predictions;
import io.convoy.evaluate.SplitMetrics;
import io.convoy.model.NetworkBuilder;
import io.convoy.progress.Progress;
import io.convoy.report.ArchitectureResult;
import io.convoy.report.EpochResult;
import io.convoy.report.SplitResult;
import io.convoy.settings.Architecture;
import io.convoy.settings.TrainSettings;
import io.convoy.settings.UpdaterState;
import io.convoy.storage.Storage;
import io.convoy.train.Model;
import io.convoy.train.Traffic;
import io.convoy.train.Trainer;
import io.convoy.train.WorkerPlan;
import io.convoy.train.Workers;
import java.util.Locale;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;

/** Trains one architecture, keeps its best and its last model, and measures the best. */
final class ArchitectureTraining {
  private static final double MEGA = 1e6;

  private final Context context;
  private final SparkSession spark;
  private final Storage dataset;
  private final Manifest manifest;
  private final TrainSettings settings;
  private final Workers workers;
  private final Architecture architecture;

  ArchitectureTraining(
      Context context,
      SparkSession spark,
      Storage dataset,
      Manifest manifest,
      TrainSettings settings,
      Workers workers,
      Architecture architecture) {
    this.context = context;
    this.spark = spark;
    this.dataset = dataset;
    this.manifest = manifest;
    this.settings = settings;
    this.workers = workers;
    this.architecture = architecture;
  }

  /**
   * What training came to.
   *
   * @param result for the tables
   * @param validation the best model's predictions of the validation split
   * @param test its predictions of the test split
   */
  record Outcome(ArchitectureResult result, Predictions validation, Predictions test) {}

  /** The best epoch so far. */
  private record Best(int epoch, Double loss, Predictions validation) {
    boolean isBeatenBy(Double other) {
      return loss == null || other != null && other < loss;
    }
  }

  /**
   * Trains all epochs, or until the loss is no number any more.
   *
   * @param models the folder of this architecture's models
   * @param listener is told of each epoch
   */
  Outcome run(Storage models, Consumer<EpochResult> listener) {
    WorkerPlan plan =
        new WorkerPlan(
            workers.count(),
            workers.threads(),
            architecture.batch(),
            settings.averagingFrequency(),
            settings.updaterState() == UpdaterState.AVERAGED,
            settings.seed());
    int examples = manifest.train().examples();
    Model best = new Model(models.child("best.zip"));
    Trainer trainer =
        new Trainer(
            JavaSparkContext.fromSparkContext(spark.sparkContext()),
            architecture.name(),
            NetworkBuilder.configuration(
                architecture, manifest.height(), manifest.width(), settings.seed()),
            plan);
    Traffic traffic = trainer.traffic(examples);
    context.remark(
        "train %s: %d averaging round(s) an epoch, each %.1f MB to an executor and %.1f MB back from"
            + " all workers%n",
        architecture.name(),
        traffic.rounds(),
        traffic.broadcastBytes() / MEGA,
        traffic.averagedBytes() / MEGA);
    try (Progress progress =
        context.progress("train " + architecture.name(), (long) examples * architecture.epochs())) {
      Best bestEpoch = new Best(0, null, null);
      double seconds = 0;
      int epoch = 0;
      double trainLoss = 0;
      while (epoch < architecture.epochs() && !Double.isNaN(trainLoss)) {
        epoch++;
        long start = System.nanoTime();
        trainLoss = trainer.trainEpoch(source(Split.TRAIN), epoch, progress);
        double epochSeconds = (System.nanoTime() - start) / 1e9;
        seconds += epochSeconds;
        Predictions validation = trainer.predict(source(Split.VALIDATION));
        EpochResult result = epochResult(epoch, trainLoss, validation, epochSeconds, traffic);
        if (bestEpoch.isBeatenBy(result.validationLoss())) {
          bestEpoch = new Best(epoch, result.validationLoss(), validation);
          best.write(trainer.network(), Model.Updater.LEFT_OUT);
        }
        progress.note(note(result));
        listener.accept(result);
      }
      if (Double.isNaN(trainLoss)) {
        context.remark(
            "train %s: the loss is no number after epoch %d; a lower learning rate may help.%n",
            architecture.name(), epoch);
      }
      new Model(models.child("last.zip")).write(trainer.network(), Model.Updater.KEPT);
      if (bestEpoch.epoch() < epoch) {
        best.restoreParameters(trainer.network());
      }
      Predictions test = trainer.predict(source(Split.TEST));
      return outcome(bestEpoch, epoch, seconds / epoch, best, trainer, test);
    }
  }

  private Outcome outcome(
      Best bestEpoch,
      int epochs,
      double epochSeconds,
      Model best,
      Trainer trainer,
      Predictions test) {
    SplitResult validation = SplitResult.ofValidation(bestEpoch.validation());
    ArchitectureResult result =
        new ArchitectureResult(
            architecture,
            trainer.network().numParams(),
            best.bytes(),
            manifest.train().examples(),
            epochs,
            bestEpoch.epoch(),
            workers.count(),
            settings.averagingFrequency(),
            epochSeconds,
            validation,
            SplitResult.ofTest(test, validation));
    return new Outcome(result, bestEpoch.validation(), test);
  }

  private EpochResult epochResult(
      int epoch, double trainLoss, Predictions validation, double seconds, Traffic traffic) {
    SplitResult result = SplitResult.ofValidation(validation);
    SplitMetrics metrics = result.metrics();
    Double loss =
        switch (architecture.loss()) {
          case MSE -> metrics.mse();
          case CROSS_ENTROPY -> metrics.crossEntropy();
        };
    return new EpochResult(
        architecture.name(),
        epoch,
        trainLoss,
        loss,
        result,
        seconds,
        manifest.train().examples() / seconds,
        traffic.rounds(),
        traffic.broadcastBytes(),
        traffic.averagedBytes());
  }

  private String note(EpochResult result) {
    String measured =
        result.validationLoss() == null
            ? ""
            : String.format(
                Locale.ROOT,
                ", validation loss %.4f, accuracy %.3f",
                result.validationLoss(),
                result.validation().metrics().accuracy());
    return String.format(
        Locale.ROOT,
        "epoch %d of %d: loss %.4f%s",
        result.epoch(),
        architecture.epochs(),
        result.trainLoss(),
        measured);
  }

  private Examples.Source source(Split split) {
    return new Examples.Source(
        dataset.toString(),
        split,
        manifest.counts(split).examples(),
        manifest.counts(split).examplesPerShard(),
        manifest.layout(),
        new SerializableConfiguration(spark.sparkContext().hadoopConfiguration()));
  }
}
