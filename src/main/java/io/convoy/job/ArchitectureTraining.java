package io.convoy.job;

import io.convoy.averaging.Round;
import io.convoy.averaging.WorkerPlan;
import io.convoy.dataset.Examples;
import io.convoy.dataset.Manifest;
import io.convoy.dataset.Shards;
import io.convoy.dataset.Split;
import io.convoy.evaluate.Predictions;
import io.convoy.job.Checkpoints.Trained;
import io.convoy.modelfile.Checkpoint;
import io.convoy.modelfile.StartingModel;
import io.convoy.progress.Progress;
import io.convoy.report.ArchitectureResult;
import io.convoy.report.EpochResult;
import io.convoy.report.SplitResult;
import io.convoy.settings.Architecture;
import io.convoy.settings.TrainSettings;
import io.convoy.settings.UpdaterState;
import io.convoy.train.Evaluation;
import io.convoy.train.Trainer;
import io.convoy.train.TrainingOptions;
import io.convoy.train.TrainingState;
import io.convoy.train.Workers;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.commons.math3.stat.descriptive.rank.Median;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;

/**
 * Trains one architecture, keeps its best and its last model, and measures the best. It goes on
 * where a run that was stopped left its checkpoint.
 */
final class ArchitectureTraining {
  private static final double NANO = 1e-9;

  private final Context context;
  private final SparkSession spark;
  private final RunFolder run;
  private final Data data;
  private final TrainSettings settings;
  private final Workers workers;
  private final Blueprint blueprint;
  private final Architecture architecture;
  private final Optional<StartingModel> from;
  private final int before;
  private final Trainer trainer;
  private final EpochResults epochs;
  private final TrainingRemarks remarks;
  private final KeptModels models;

  /** A prepared data set. */
  record Data(Broadcast<Shards> files, Manifest manifest) {}

  ArchitectureTraining(
      Context context,
      SparkSession spark,
      RunFolder run,
      Data data,
      TrainSettings settings,
      Workers workers,
      Blueprint blueprint,
      Optional<StartingModel> from) {
    this.context = context;
    this.spark = spark;
    this.run = run;
    this.data = data;
    this.settings = settings;
    this.workers = workers;
    this.blueprint = blueprint;
    this.architecture = blueprint.architecture();
    this.from = from;
    this.before = from.map(StartingModel::epochs).orElse(0);
    this.models =
        new KeptModels(run.files(), architecture, data.manifest, context.build().version());
    this.remarks = new TrainingRemarks(context, architecture, before);
    this.trainer =
        new Trainer(
            JavaSparkContext.fromSparkContext(spark.sparkContext()),
            architecture.name(),
            blueprint.configuration(),
            new WorkerPlan(
                workers.count(),
                workers.threads(),
                batch(workers.count()),
                settings.averagingFrequency(),
                settings.updaterState() == UpdaterState.AVERAGED,
                settings.checkpointRounds(),
                settings.seed()),
            TrainingOptions.of(
                architecture.recipe(),
                architecture.epochs(),
                before,
                data.manifest.train().perClass()),
            settings.outer());
    this.epochs =
        new EpochResults(architecture, before, images(), epoch -> trainer.traffic(images(), epoch));
  }

  /**
   * How far training has come.
   *
   * @param epochs each epoch, for the tables
   * @param rounds each averaging round, for the tables
   */
  record SoFar(List<EpochResult> epochs, List<Round> rounds) {}

  /**
   * What training came to.
   *
   * @param soFar all of it
   * @param result for the tables
   * @param validation the best model's predictions of the validation split
   * @param test its predictions of the test split
   */
  record Outcome(
      SoFar soFar, ArchitectureResult result, Predictions validation, Predictions test) {}

  /**
   * Trains all epochs, or until patience ends or the loss is no number any more; nothing where that
   * is done already.
   *
   * @param listener is told of all so far, after each epoch
   */
  Outcome run(Consumer<SoFar> listener) {
    Checkpoints checkpoints = run.checkpoints(architecture.name());
    Trained trained = checkpoints.trained().orElseGet(() -> train(checkpoints, listener));
    TrainingNotes notes = epochs.follow(trained.notes());
    EpochResult best = epochs.best();
    Predictions bestValidation = epochs.bestValidation(notes);
    SplitResult validation = SplitResult.ofValidation(bestValidation);
    Predictions test = new Predictions(trained.test(), trained.testLabels());
    double seconds = epochs.all().stream().mapToDouble(EpochResult::epochSeconds).sum();
    int trainedEpochs = epochs.all().size();
    ArchitectureResult result =
        new ArchitectureResult(
            architecture,
            trained.parameters(),
            trained.modelBytes(),
            images(),
            before + trainedEpochs,
            best.epoch(),
            workers.count(),
            settings.averagingFrequency().minibatches(best.epoch()),
            seconds / trainedEpochs,
            trained.inferenceSeconds(),
            validation,
            SplitResult.ofTest(test, validation));
    return new Outcome(soFar(notes), result, bestValidation, test);
  }

  private SoFar soFar(TrainingNotes notes) {
    return new SoFar(epochs.all(), notes.rounds());
  }

  private Trained train(Checkpoints checkpoints, Consumer<SoFar> listener) {
    if (settings.outer().isPresent() && workers.count() == 1) {
      remarks.nothingToAverage();
    }
    TrainingNotes notes =
        checkpoints
            .restoreLast(this::restore)
            .map(stopped -> resume(stopped, listener))
            .orElseGet(this::begin);
    try (Progress progress = context.progress("train " + architecture.name(), imagesLeft(notes))) {
      while (goesOn(notes)) {
        notes = trainEpoch(notes, checkpoints, progress);
        // After the checkpoint, from which it can be done again.
        keepIfBest();
        progress.note(remarks.of(epochs.last()));
        listener.accept(soFar(notes));
      }
    }
    tellEnd(notes);
    return finish(notes, checkpoints);
  }

  /** Depends on the epochs that are trained alone, so that a run that was stopped ends alike. */
  private boolean goesOn(TrainingNotes notes) {
    return notes.epochs().size() < architecture.epochs()
        && !notes.hasDiverged()
        && epochs.stop().isEmpty();
  }

  private void tellEnd(TrainingNotes notes) {
    if (notes.hasDiverged()) {
      remarks.diverged(notes.epochs().size());
    } else if (notes.epochs().size() < architecture.epochs()) {
      epochs.stop().ifPresent(remarks::stopping);
    }
    remarks.choice(epochs.choice());
  }

  private TrainingNotes begin() {
    remarks.traffic(
        trainer.traffic(images(), before + 1),
        settings.averagingFrequency().stages().size() > 1 ? " at first" : "");
    if (from.isPresent()) {
      beginWith(from.get());
    } else {
      blueprint.base().ifPresent(this::beginWith);
    }
    return new TrainingNotes(
        trainer.state(), workers.count(), workers.threads(), 0, List.of(), new int[0], List.of());
  }

  private void beginWith(Blueprint.Start base) {
    trainer.begin(base.network().parameters());
    remarks.beginning(base.provenance().model(), blueprint.configuration());
  }

  private void beginWith(StartingModel origin) {
    remarks.goingOnFrom(origin.file(), trainer.begin(origin));
    if (settings.outer().isPresent() && workers.count() > 1) {
      remarks.outerMomentumAfresh();
    }
  }

  private void restore(Checkpoint checkpoint, TrainingNotes notes) {
    TrainingState standing =
        notes.standing().inMinibatchesOf(batch(notes.workers()), batch(workers.count()));
    trainer.resume(checkpoint, standing, notes.workers());
  }

  private TrainingNotes resume(Checkpoints.Stopped stopped, Consumer<SoFar> listener) {
    TrainingNotes notes = epochs.follow(stopped.notes());
    stopped.damaged().forEach(remarks::damagedCheckpoint);
    TrainingState standing = trainer.state();
    remarks.resuming(standing);
    if (notes.workers() != workers.count() || notes.threads() != workers.threads()) {
      remarks.otherWorkers(workers, notes);
    }
    if (!notes.epochs().isEmpty()) {
      if (notes.standing().minibatches() == 0) {
        keepIfBest();
      }
      listener.accept(soFar(notes));
    }
    return new TrainingNotes(
        standing,
        workers.count(),
        workers.threads(),
        notes.partSeconds(),
        notes.epochs(),
        notes.labels(),
        notes.rounds());
  }

  private long imagesLeft(TrainingNotes notes) {
    long epochsLeft = architecture.epochs() - notes.epochs().size();
    return epochsLeft * images() - (long) notes.standing().minibatches() * batch(workers.count());
  }

  private TrainingNotes trainEpoch(
      TrainingNotes before, Checkpoints checkpoints, Progress progress) {
    Watch watch = new Watch(before.partSeconds());
    double loss =
        trainer.trainEpoch(
            source(Split.TRAIN),
            architecture.recipe().augmentation(),
            progress,
            () -> {
              watch.stop();
              write(checkpoints, before.within(trainer.state(), watch.seconds, trainer.rounds()));
              watch.start();
            });
    watch.stop();
    Evaluation evaluation = trainer.evaluate(source(Split.VALIDATION));
    TrainingNotes after =
        epochs.follow(
            before.after(
                trainer.state(),
                TrainingNotes.Epoch.of(loss, watch.seconds, evaluation, trainer.applied()),
                evaluation.predictions().labels(),
                trainer.rounds()));
    write(checkpoints, after);
    return after;
  }

  private void write(Checkpoints checkpoints, TrainingNotes notes) {
    run.requireHeld();
    checkpoints.write(trainer, notes);
  }

  /** Adds up the seconds of training, without those of the checkpoints. */
  private static final class Watch {
    private double seconds;
    private long started = System.nanoTime();

    Watch(double before) {
      this.seconds = before;
    }

    void stop() {
      seconds += (System.nanoTime() - started) * NANO;
    }

    void start() {
      started = System.nanoTime();
    }
  }

  private void keepIfBest() {
    if (epochs.lastIsBest()) {
      models.keepBest(trainer.network(), epochs.last());
    }
  }

  private Trained finish(TrainingNotes notes, Checkpoints checkpoints) {
    run.requireHeld();
    models.keepLast(trainer.network(), epochs.last());
    if (!epochs.lastIsBest()) {
      models.best().restoreParameters(trainer.network());
    }
    Evaluation evaluation = trainer.evaluate(source(Split.TEST));
    Predictions test = evaluation.predictions();
    Trained trained =
        new Trained(
            notes,
            trainer.network().parameters().length(),
            models.best().bytes(),
            test.probabilities(),
            test.labels(),
            inferenceSeconds(notes, evaluation));
    checkpoints.finish(trained);
    return trained;
  }

  /** The median over all evaluations, as the machine may have been busy during some. */
  private static Double inferenceSeconds(TrainingNotes notes, Evaluation test) {
    double[] measured =
        Stream.concat(
                notes.epochs().stream().map(TrainingNotes.Epoch::inferenceSeconds),
                Stream.ofNullable(test.secondsPerImage()))
            .filter(Objects::nonNull)
            .mapToDouble(Double::doubleValue)
            .toArray();
    return measured.length == 0 ? null : new Median().evaluate(measured);
  }

  /** Images a minibatch of each of so many workers. */
  private int batch(int count) {
    return settings.batchOf().perWorker(architecture.batch(), count);
  }

  private int images() {
    return data.manifest.train().examples();
  }

  private Examples source(Split split) {
    return Examples.of(data.files, split, data.manifest);
  }
}
