package io.convoy.job;

import io.convoy.dataset.Folds;
import io.convoy.dataset.Manifest;
import io.convoy.dataset.Shards;
import io.convoy.engine.PrecisionChoice;
import io.convoy.failure.UserException;
import io.convoy.image.Rgb;
import io.convoy.modelfile.StartingModel;
import io.convoy.network.Shape;
import io.convoy.plan.Workload;
import io.convoy.settings.Architecture;
import io.convoy.settings.Precision;
import io.convoy.settings.TrainSettings;
import io.convoy.storage.Storage;
import io.convoy.train.Workers;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * What the trainings of a run's architectures share.
 *
 * @param context tells the user, and names the build
 * @param spark Spark's
 * @param folder of the run, locked
 * @param dataset the folder of the data set
 * @param manifest of the data set
 * @param shards of the data set
 * @param folds of the data set, by how many there are; none without cross-validation
 * @param settings of the training
 * @param executors a worker on each of them, as many as there were when the run was opened
 * @param workers that train beside one another
 * @param precision of the networks' passes, and what the executors compute with
 * @param from the saved model that the run goes on with; empty where its networks are new
 * @param lane where its trainings take place
 */
record TrainingRun(
    Context context,
    JavaSparkContext spark,
    RunFolder folder,
    Storage dataset,
    Manifest manifest,
    Broadcast<Shards> shards,
    Map<Integer, Folds> folds,
    TrainSettings settings,
    Workers executors,
    Workers workers,
    PrecisionChoice precision,
    Optional<FromModel> from,
    Lane lane) {

  /** For a training somewhere else. */
  TrainingRun on(Lane other) {
    return new TrainingRun(
        context, spark, folder, dataset, manifest, shards, folds, settings, executors, workers,
        precision, from, other);
  }

  /** For trainings whose minibatches several workers share. */
  TrainingRun sharedBy(Workers several) {
    return new TrainingRun(
        context,
        spark,
        folder,
        dataset,
        manifest,
        shards,
        folds,
        settings.sharingMinibatches(),
        executors,
        several,
        precision,
        from,
        lane);
  }

  /** An epoch of an architecture, in minibatches of a worker. */
  Workload workload(Architecture architecture) {
    return new Workload(images(architecture), batch(architecture));
  }

  /** How many images train an architecture. */
  int images(Architecture architecture) {
    return architecture
        .recipe()
        .repeat()
        .crossValidation()
        .map(fold -> folds.get(fold.count()).train(fold.number()).length)
        .orElse(manifest.train().examples());
  }

  /** Images a minibatch of each of the run's workers. */
  int batch(Architecture architecture) {
    return batch(architecture, workers.count());
  }

  /** Images a minibatch of each of so many workers. */
  int batch(Architecture architecture, int count) {
    return settings.batchOf().perWorker(architecture.batch(), count);
  }

  /**
   * The precision of a network's passes.
   *
   * @throws UserException if one is wanted that cannot be had
   */
  Precision precision(ModelDefinition definition) {
    String name = "architectures." + definition.architecture().name();
    return precision
        .or(definition.architecture().recipe().precision(), name + ".precision")
        .of(
            definition.configuration(),
            new Shape(Rgb.CHANNELS, manifest.height(), manifest.width()),
            name);
  }

  /** Epochs that the model of {@code from} was trained before. */
  int epochsBefore() {
    return from.map(FromModel::model).map(StartingModel::epochs).orElse(0);
  }
}
