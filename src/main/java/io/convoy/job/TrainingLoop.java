package io.convoy.job;

import io.convoy.job.ArchitectureTraining.SoFar;
import io.convoy.modelfile.Snapshot;
import io.convoy.progress.Progress;
import io.convoy.report.EpochResult;
import io.convoy.settings.AveragingFrequency;
import io.convoy.train.Evaluation;
import io.convoy.train.Trainer;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The epochs of an architecture's training, with a checkpoint after each and within it. Files are
 * written from copies while the training goes on.
 *
 * @param until how many epochs are trained, up to all of the architecture
 * @param listener is told of all so far, after each epoch, in the order of the epochs
 */
record TrainingLoop(ArchitectureTraining training, int until, Consumer<SoFar> listener) {
  private static final double NANO = 1e-9;

  /**
   * Trains the epochs that are left.
   *
   * @param begun what is trained already
   */
  TrainingNotes train(TrainingNotes begun) {
    TrainingNotes notes = goesOn(begun) ? trainEpochs(begun) : begun;
    tellEnd(notes);
    return notes;
  }

  private TrainingNotes trainEpochs(TrainingNotes begun) {
    TrainingNotes notes = begun;
    String task = "train " + training.architecture().name();
    try (Progress progress = training.run().lane().progress().apply(task, imagesLeft(notes));
        BackgroundWriter writer = new BackgroundWriter()) {
      while (goesOn(notes)) {
        notes = trainEpoch(notes, progress, writer);
        progress.note(training.remarks().of(training.epochs().last()));
      }
      writer.finish();
    }
    return notes;
  }

  /** Depends on the epochs that are trained alone, so that a run that was stopped ends alike. */
  private boolean goesOn(TrainingNotes notes) {
    return notes.epochs().size() < until
        && !notes.hasDiverged()
        && training.epochs().stop().isEmpty();
  }

  private void tellEnd(TrainingNotes notes) {
    if (notes.hasDiverged()) {
      training.remarks().diverged(notes.epochs().size());
    } else if (notes.epochs().size() < training.architecture().epochs()) {
      training.epochs().stop().ifPresent(training.remarks()::stopping);
    }
    training.remarks().choice(training.epochs().choice());
  }

  private long imagesLeft(TrainingNotes notes) {
    long epochsLeft = until - notes.epochs().size();
    return epochsLeft * training.images() - imagesOfTheEpoch(notes);
  }

  /** That have trained it already. */
  private long imagesOfTheEpoch(TrainingNotes notes) {
    return (long) notes.state().minibatches() * training.run().batch(training.architecture());
  }

  private void weigh(TrainingNotes before, Progress progress) {
    TrainingWork work = TrainingWork.of(training.run(), training.architecture());
    int epoch = before.epochs().size() + 1;
    double each = work.image(epoch);
    progress.weigh(each, work.epochs(epoch, until) - each * imagesOfTheEpoch(before));
  }

  private TrainingNotes trainEpoch(
      TrainingNotes before, Progress progress, BackgroundWriter writer) {
    Trainer trainer = training.trainer();
    TrainingRun run = training.run();
    choose(before, progress);
    weigh(before, progress);
    Watch watch = new Watch(before.partSeconds());
    double loss =
        trainer.trainEpoch(
            training.data().train(),
            training.architecture().recipe().augmentation(),
            progress,
            () -> {
              watch.stop();
              TrainingNotes within =
                  before.within(trainer.state(), watch.seconds, trainer.rounds());
              write(writer, network -> keep(network, within));
              watch.start();
            });
    watch.stop();
    Evaluation evaluation = trainer.evaluate(training.data().validation());
    TrainingNotes after =
        training
            .epochs()
            .follow(
                before.after(
                    trainer.state(),
                    TrainingNotes.Epoch.of(
                        loss,
                        watch.seconds,
                        evaluation,
                        trainer.applied(),
                        training.architecture().recipe().calibration()),
                    evaluation.predictions().labels(),
                    trainer.rounds()));
    SoFar soFar = training.soFar(after);
    Optional<EpochResult> best = training.epochs().lastIfBest();
    write(
        writer,
        network -> {
          keep(network, after);
          // After the checkpoint, from which it can be done again.
          best.ifPresent(epoch -> training.models().keepBest(network, epoch));
          listener.accept(soFar);
        });
    return after;
  }

  /** How often the workers are averaged in the next epoch, where the settings leave it open. */
  private void choose(TrainingNotes before, Progress progress) {
    TrainingRun run = training.run();
    int epoch = training.trainer().state().epoch();
    AveragingFrequency frequency = training.frequency(epoch, before.rounds());
    training.trainer().averageEvery(frequency);
    if (run.settings().averagingFrequency().isEmpty() && run.workers().count() > 1) {
      training.remarks().of(frequency, epoch).ifPresent(progress::line);
    }
  }

  /**
   * @param files writes them, of the network as it is now
   */
  private void write(BackgroundWriter writer, Consumer<Snapshot> files) {
    // One copy at a time.
    writer.finish();
    Snapshot network = training.trainer().snapshot();
    writer.write(() -> files.accept(network));
  }

  private void keep(Snapshot network, TrainingNotes notes) {
    training.run().folder().requireHeld();
    training.checkpoints().write(network, notes);
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
}
