package io.convoy.job;

import io.convoy.train.Applied;
import io.convoy.train.Standing;
import java.util.ArrayList;
import java.util.List;

/**
 * What is known of an architecture's training beside its network: all that its rows in the tables
 * are made of.
 *
 * @param standing where training goes on
 * @param workers that trained beside one another
 * @param threads of each
 * @param partSeconds of training in the epoch that is begun
 * @param epochs that are trained, in their order
 * @param labels of the validation split, in the order of its positions
 */
record TrainingNotes(
    Standing standing,
    int workers,
    int threads,
    double partSeconds,
    List<Epoch> epochs,
    int[] labels) {

  /**
   * An epoch that is trained.
   *
   * @param trainLoss its mean loss
   * @param seconds of training
   * @param validation the probability of each image of the validation split after it
   * @param applied in it; null in the notes of an older convoy's
   */
  record Epoch(double trainLoss, double seconds, float[] validation, Applied applied) {}

  /** The same after a part of an epoch. */
  TrainingNotes within(Standing now, double seconds) {
    return new TrainingNotes(now, workers, threads, seconds, epochs, labels);
  }

  /** The same after one more epoch. */
  TrainingNotes after(Standing now, Epoch epoch, int[] validationLabels) {
    List<Epoch> all = new ArrayList<>(epochs);
    all.add(epoch);
    return new TrainingNotes(now, workers, threads, 0, all, validationLabels);
  }

  /** Whether the last epoch's loss is no number. */
  boolean hasDiverged() {
    return !epochs.isEmpty() && Double.isNaN(epochs.get(epochs.size() - 1).trainLoss());
  }
}
