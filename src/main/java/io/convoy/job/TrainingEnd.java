package io.convoy.job;

import io.convoy.evaluate.Predictions;
import io.convoy.job.Checkpoints.Trained;
import io.convoy.network.Network;
import io.convoy.train.Evaluation;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.commons.math3.stat.descriptive.rank.Median;

/** The end of an architecture's training: its last model is kept, and its best is measured. */
record TrainingEnd(ArchitectureTraining training) {

  /** Keeps what the tables need in place of the checkpoints. */
  Trained finish(TrainingNotes notes) {
    training.run().folder().requireHeld();
    Network network = training.trainer().network();
    training.models().keepLast(network, training.epochs().last());
    if (!training.epochs().lastIsBest()) {
      training.trainer().predictWith(training.models().best());
    }
    Evaluation evaluation = training.trainer().evaluate(training.data().test());
    Predictions test = evaluation.predictions();
    Trained trained =
        new Trained(
            notes,
            network.parameters().length(),
            training.models().best().bytes(),
            test.probabilities(),
            test.labels(),
            inferenceSeconds(notes, evaluation));
    training.checkpoints().finish(trained);
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
}
