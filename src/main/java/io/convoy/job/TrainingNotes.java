package io.convoy.job;

import io.convoy.train.Applied;
import io.convoy.train.Round;
import io.convoy.train.Standing;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

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
 * @param rounds of averaging that are done, in their order
 */
record TrainingNotes(
    Standing standing,
    int workers,
    int threads,
    double partSeconds,
    List<Epoch> epochs,
    int[] labels,
    List<Round> rounds) {

  /** Those of an older convoy have no rounds. */
  TrainingNotes {
    rounds = rounds == null ? List.of() : rounds;
  }

  /**
   * An epoch that is trained.
   *
   * @param trainLoss its mean loss
   * @param seconds of training
   * @param validation the probability of each image of the validation split after it
   * @param applied in it; null in the notes of an older convoy's
   * @param inferenceSeconds that a worker took for an image of the validation split; null where
   *     there is none, and in the notes of an older convoy's
   */
  record Epoch(
      double trainLoss,
      double seconds,
      float[] validation,
      Applied applied,
      Double inferenceSeconds) {}

  /**
   * The same after a part of an epoch.
   *
   * @param more rounds
   */
  TrainingNotes within(Standing now, double seconds, List<Round> more) {
    return new TrainingNotes(now, workers, threads, seconds, epochs, labels, both(rounds, more));
  }

  /**
   * The same after one more epoch.
   *
   * @param more rounds
   */
  TrainingNotes after(Standing now, Epoch epoch, int[] validationLabels, List<Round> more) {
    return new TrainingNotes(
        now,
        workers,
        threads,
        0,
        both(epochs, List.of(epoch)),
        validationLabels,
        both(rounds, more));
  }

  private static <T> List<T> both(List<T> first, List<T> second) {
    return Stream.of(first, second).flatMap(List::stream).toList();
  }

  /** Whether nothing is missing, as in a damaged file. */
  boolean areWhole() {
    return standing != null
        && labels != null
        && epochs != null
        && epochs.stream().allMatch(epoch -> epoch != null && epoch.validation() != null)
        && epochs.stream().allMatch(epoch -> epoch.validation().length == labels.length)
        && rounds.stream().allMatch(Objects::nonNull);
  }

  /** Whether the last epoch's loss is no number. */
  boolean hasDiverged() {
    return !epochs.isEmpty() && Double.isNaN(epochs.get(epochs.size() - 1).trainLoss());
  }
}
