package io.convoy.job;

import io.convoy.modelfile.Checkpoint;
import io.convoy.modelfile.StartingModel;
import io.convoy.network.Network;
import io.convoy.report.EpochResult;
import io.convoy.settings.AveragingFrequency;
import io.convoy.settings.Layer;
import io.convoy.train.PatchSample;
import io.convoy.train.TrainingState;
import io.convoy.train.Workers;
import java.util.List;

/**
 * The start of an architecture's training: with a new network, with a saved model, or where a run
 * was stopped.
 */
record TrainingStart(ArchitectureTraining training) {

  /** Makes the trainer ready, and says what is trained already. */
  TrainingNotes begin() {
    if (training.run().settings().outer().isPresent() && workers().count() == 1) {
      training.remarks().nothingToAverage();
    }
    return training
        .checkpoints()
        .restoreLast(this::restore)
        .map(this::resumed)
        .orElseGet(this::fresh);
  }

  private Workers workers() {
    return training.run().workers();
  }

  private TrainingNotes fresh() {
    TrainingRun run = training.run();
    int last = run.epochsBefore() + training.architecture().epochs();
    AveragingFrequency foreseen = training.frequency(last, List.of());
    training
        .remarks()
        .traffic(
            training.trainer().traffic(training.data().train(), run.epochsBefore() + 1),
            foreseen.stages().size() > 1 ? " at first" : "");
    training
        .remarks()
        .tooFew(
            workers().count(),
            run.workload(training.architecture()),
            foreseen,
            run.settings().batchOf());
    if (run.from().isPresent()) {
      beginWith(run.from().get().model());
    } else {
      training.definition().base().ifPresent(this::beginWith);
      training.architecture().whitening().ifPresent(this::beginWith);
    }
    return new TrainingNotes(
        training.trainer().state(),
        workers().count(),
        workers().threads(),
        0,
        List.of(),
        new int[0],
        List.of(),
        run.manifest().classes().size(),
        training.run().batch(training.architecture()));
  }

  private void beginWith(ModelDefinition.Pretrained base) {
    training.trainer().begin(base.network().parameters());
    training.remarks().beginning(base.provenance().model(), training.definition().configuration());
  }

  private void beginWith(Layer.Whitening layer) {
    Network network = training.definition().configuration().initialized();
    PatchSample.statistics(
            training.run().spark(), training.architecture().name(), training.data().train(), layer)
        .whiten(network);
    training.trainer().begin(network.parameters());
  }

  private void beginWith(StartingModel model) {
    training.remarks().goingOnFrom(model.file(), training.trainer().begin(model));
    if (training.run().settings().outer().isPresent() && workers().count() > 1) {
      training.remarks().outerMomentumAfresh();
    }
  }

  private void restore(Checkpoint checkpoint, TrainingNotes notes) {
    TrainingRun run = training.run();
    TrainingState state =
        notes
            .state()
            .inMinibatchesOf(
                notes.batch() > 0
                    ? notes.batch()
                    : run.batch(training.architecture(), notes.workers()),
                run.batch(training.architecture()));
    training.trainer().resume(checkpoint, state, notes.workers());
    training.trainer().averageEvery(training.frequency(state.epoch(), notes.rounds()));
  }

  /** The run may have been stopped before it was kept. */
  private void keepBest(EpochResult epoch) {
    training.models().keepBest(training.trainer().snapshot(), epoch);
  }

  private TrainingNotes resumed(Checkpoints.Stopped stopped) {
    TrainingNotes notes = training.epochs().follow(stopped.notes());
    stopped.damaged().forEach(training.remarks()::damagedCheckpoint);
    TrainingState state = training.trainer().state();
    training.remarks().resuming(state);
    if (notes.workers() != workers().count() || notes.threads() != workers().threads()) {
      training.remarks().otherWorkers(workers(), notes);
    }
    if (!notes.epochs().isEmpty() && notes.state().minibatches() == 0) {
      training.epochs().lastIfBest().ifPresent(this::keepBest);
    }
    return new TrainingNotes(
        state,
        workers().count(),
        workers().threads(),
        notes.partSeconds(),
        notes.epochs(),
        notes.labels(),
        notes.rounds(),
        notes.classes(),
        training.run().batch(training.architecture()));
  }
}
