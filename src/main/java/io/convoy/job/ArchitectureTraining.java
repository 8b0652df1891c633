package io.convoy.job;

import io.convoy.averaging.QuadraticRule;
import io.convoy.averaging.Round;
import io.convoy.averaging.WorkerPlan;
import io.convoy.evaluate.Predictions;
import io.convoy.evaluate.Temperature;
import io.convoy.evaluate.TemperatureScaling;
import io.convoy.job.Checkpoints.Trained;
import io.convoy.optimizer.LearningRate;
import io.convoy.report.ArchitectureResult;
import io.convoy.report.EpochResult;
import io.convoy.report.SplitResult;
import io.convoy.settings.Architecture;
import io.convoy.settings.AveragingFrequency;
import io.convoy.settings.TrainSettings;
import io.convoy.train.Trainer;
import io.convoy.train.TrainingOptions;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The training of one architecture, which keeps its best and its last model and measures the best.
 * It goes on where a run that was stopped left its checkpoint.
 *
 * @param run that it is a part of
 * @param definition of the network
 * @param data that it is trained and measured on
 * @param trainer of the network
 * @param epochs that are trained, as the tables have them
 * @param remarks that the user is told
 * @param models that are kept
 * @param checkpoints of this architecture
 */
record ArchitectureTraining(
    TrainingRun run,
    ModelDefinition definition,
    TrainingData data,
    Trainer trainer,
    EpochResults epochs,
    TrainingRemarks remarks,
    KeptModels models,
    Checkpoints checkpoints) {

  /** A training that has not begun. */
  static ArchitectureTraining of(TrainingRun run, ModelDefinition definition) {
    Architecture architecture = definition.architecture();
    TrainSettings settings = run.settings();
    int before = run.epochsBefore();
    TrainingData data = TrainingData.of(run, architecture);
    Trainer trainer =
        new Trainer(
            run.spark(),
            architecture.name(),
            definition.configuration(),
            new WorkerPlan(
                run.workers().count(),
                run.workers().threads(),
                run.precision(definition),
                run.batch(architecture),
                settings.batchOf(),
                AveragingFrequency.always(settings.usualFrequency()),
                settings.updaterState(),
                settings.checkpointRounds(),
                architecture.recipe().repeat().seed(settings.seed())),
            TrainingOptions.of(
                architecture.recipe(), architecture.epochs(), before, data.trainPerClass()),
            settings.outer(),
            run.lane().executors());
    ArchitectureTraining training =
        new ArchitectureTraining(
            run,
            definition,
            data,
            trainer,
            new EpochResults(
                architecture,
                before,
                data.train().examples(),
                epoch -> trainer.traffic(data.train(), epoch)),
            new TrainingRemarks(run.context(), architecture, before),
            new KeptModels(
                run.folder().files(),
                architecture,
                run.manifest(),
                run.context().build().version()),
            run.folder().checkpoints(architecture.name()));
    trainer.averageEvery(training.frequency(before + 1, List.of()));
    return training;
  }

  /**
   * How often workers are averaged: as the settings say, or as the rounds so far ask for.
   *
   * @param next epoch, from 1
   * @param rounds that are done
   */
  AveragingFrequency frequency(int next, List<Round> rounds) {
    LearningRate rate =
        new LearningRate(architecture().recipe().schedule(), architecture().epochs());
    int most = run.workload(architecture()).minibatchesOfAWorker(run.workers().count());
    return run.settings()
        .averagingFrequency()
        .orElseGet(() -> new QuadraticRule(rate, run.epochsBefore()).frequency(next, most, rounds));
  }

  /**
   * How far training has come.
   *
   * @param name of the architecture
   * @param epochs each epoch, for the tables
   * @param rounds each averaging round, for the tables
   */
  record SoFar(String name, List<EpochResult> epochs, List<Round> rounds) {
    /** Of a training that has not come to the end of an epoch. */
    static SoFar nothing(String name) {
      return new SoFar(name, List.of(), List.of());
    }
  }

  /**
   * What training came to.
   *
   * @param soFar all of it
   * @param result for the tables
   * @param validation the best model's predictions of the validation split
   * @param test its predictions of the test split
   */
  record Outcome(SoFar soFar, ArchitectureResult result, Predictions validation, Predictions test) {
    /** The architecture's name. */
    String name() {
      return result.architecture().name();
    }
  }

  /**
   * Trains all epochs, or until patience ends or the loss is no number any more; nothing where that
   * is done already.
   *
   * @param listener is told of all so far, after each epoch
   */
  Outcome run(Consumer<SoFar> listener) {
    try (trainer) {
      return outcome(checkpoints.trained().orElseGet(() -> train(listener)));
    }
  }

  /**
   * Trains up to an epoch, or until patience ends or the loss is no number any more, and leaves a
   * checkpoint to go on from.
   *
   * @param until epochs, up to all of the architecture
   * @param listener is told of all so far, after each epoch
   */
  TrainingNotes trainTo(int until, Consumer<SoFar> listener) {
    try (trainer) {
      return new TrainingLoop(this, until, listener).train(new TrainingStart(this).begin());
    }
  }

  private Trained train(Consumer<SoFar> listener) {
    TrainingNotes begun = new TrainingStart(this).begin();
    if (!begun.epochs().isEmpty()) {
      listener.accept(soFar(begun));
    }
    TrainingNotes trained = new TrainingLoop(this, architecture().epochs(), listener).train(begun);
    return new TrainingEnd(this).finish(trained);
  }

  /**
   * What a training came to that failed.
   *
   * @param soFar what it had come to
   * @param reason why it failed, in a line
   */
  static Outcome failed(TrainingRun run, ModelDefinition definition, SoFar soFar, String reason) {
    Predictions none = Predictions.none(run.manifest().classes().size());
    SplitResult unmeasured = SplitResult.ofValidation(none);
    ArchitectureResult result =
        new ArchitectureResult(
            definition.architecture(),
            definition.parameters(),
            0,
            run.images(definition.architecture()),
            run.epochsBefore() + soFar.epochs().size(),
            0,
            run.workers().count(),
            run.settings().usualFrequency(),
            soFar.epochs().stream()
                .mapToDouble(EpochResult::epochSeconds)
                .average()
                .orElse(Double.NaN),
            null,
            unmeasured,
            unmeasured,
            TemperatureScaling.UNKNOWN,
            Optional.of(reason));
    return new Outcome(soFar, result, none, none);
  }

  /** A copy, which the epochs to come do not change. */
  SoFar soFar(TrainingNotes notes) {
    return new SoFar(architecture().name(), List.copyOf(epochs.all()), notes.rounds());
  }

  private Outcome outcome(Trained trained) {
    TrainingNotes notes = epochs.follow(trained.notes());
    EpochResult best = epochs.best();
    Predictions ownValidation = epochs.bestValidation(notes);
    Predictions ownTest = new Predictions(notes.classes(), trained.test(), trained.testLabels());
    Temperature fitted = Temperature.fitted(ownValidation);
    Temperature applied = new Temperature(best.temperature());
    Predictions bestValidation = applied.of(ownValidation);
    Predictions test = applied.of(ownTest);
    SplitResult validation = SplitResult.ofValidation(bestValidation);
    double seconds = epochs.all().stream().mapToDouble(EpochResult::epochSeconds).sum();
    int trainedEpochs = epochs.all().size();
    ArchitectureResult result =
        new ArchitectureResult(
            architecture(),
            trained.parameters(),
            trained.modelBytes(),
            images(),
            run.epochsBefore() + trainedEpochs,
            best.epoch(),
            run.workers().count(),
            run.settings()
                .averagingFrequency()
                .map(frequency -> frequency.minibatches(best.epoch()))
                .orElse(best.averagingFrequency()),
            seconds / trainedEpochs,
            trained.inferenceSeconds(),
            validation,
            SplitResult.ofTest(test, validation),
            TemperatureScaling.of(fitted, ownValidation, ownTest),
            Optional.empty());
    return new Outcome(soFar(notes), result, bestValidation, test);
  }

  /** How many images train. */
  int images() {
    return data.train().examples();
  }

  Architecture architecture() {
    return definition.architecture();
  }
}
