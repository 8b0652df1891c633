package io.convoy.job;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.convoy.averaging.Applied;
import io.convoy.averaging.Round;
import io.convoy.evaluate.Predictions;
import io.convoy.evaluate.SplitMetrics;
import io.convoy.evaluate.Temperature;
import io.convoy.evaluate.ThresholdRow;
import io.convoy.evaluate.ThresholdSweep;
import io.convoy.settings.ProbabilityCalibration;
import io.convoy.train.Evaluation;
import io.convoy.train.TrainingState;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What is known of an architecture's training beside its network: all that its rows in the tables
 * are made of.
 *
 * @param state where training goes on; {@code standing} in files, as an older convoy called it
 * @param workers that trained beside one another
 * @param threads of each
 * @param partSeconds of training in the epoch that is begun
 * @param epochs that are trained, in their order
 * @param labels of the validation split, in the order of its positions
 * @param rounds of averaging that are done, in their order
 * @param classes how many there are
 * @param batch images a minibatch of each worker; 0 in the notes of an older convoy's
 */
record TrainingNotes(
    @JsonProperty("standing") TrainingState state,
    int workers,
    int threads,
    double partSeconds,
    List<Epoch> epochs,
    int[] labels,
    List<Round> rounds,
    int classes,
    int batch) {
  private static final int OF_OLDER = 2;

  /** Takes notes of an older convoy, which have no rounds, or are of two classes. */
  TrainingNotes {
    rounds = rounds == null ? List.of() : rounds;
    classes = classes == 0 ? OF_OLDER : classes;
  }

  /**
   * An epoch that is trained.
   *
   * @param trainLoss its mean loss
   * @param seconds of training
   * @param metrics of the validation split after it; null in the notes of an older convoy's, which
   *     have the probabilities of every epoch
   * @param atBest the row of the threshold that is best there; null where nothing can be measured,
   *     and for more than two classes
   * @param validation the probabilities of the validation split after it, as {@link Predictions}
   *     has them; null once the epoch is neither the best nor the last
   * @param applied in it; null in the notes of an older convoy's
   * @param temperature that the probabilities of its model are scaled by; null where they are not,
   *     and in the notes of an older convoy's
   * @param threshold of the scaled probability that is best on the validation split; null where
   *     that is the one of {@code atBest}
   * @param inferenceSeconds that a worker took for an image of the validation split; null where
   *     there is none, and in the notes of an older convoy's
   */
  record Epoch(
      double trainLoss,
      double seconds,
      SplitMetrics metrics,
      ThresholdRow atBest,
      float[] validation,
      Applied applied,
      Double temperature,
      Double threshold,
      Double inferenceSeconds) {

    /** An epoch that is evaluated on the validation split. */
    static Epoch of(
        double trainLoss,
        double seconds,
        Evaluation evaluation,
        Applied applied,
        ProbabilityCalibration calibration) {
      Predictions validation = evaluation.predictions();
      Optional<Temperature> temperature =
          switch (calibration) {
            case NONE -> Optional.empty();
            case TEMPERATURE -> Optional.of(Temperature.fitted(validation));
          };
      return new Epoch(
          trainLoss,
          seconds,
          SplitMetrics.of(validation),
          atBest(validation),
          validation.probabilities(),
          applied,
          temperature.map(Temperature::value).orElse(null),
          temperature
              .map(fitted -> atBest(fitted.of(validation)))
              .map(ThresholdRow::threshold)
              .orElse(null),
          evaluation.secondsPerImage());
    }

    private static ThresholdRow atBest(Predictions validation) {
      return validation.isBinary()
          ? ThresholdSweep.of(validation.oneVsRest(1)).best().orElse(null)
          : null;
    }

    private Epoch measured(int classes, int[] labels) {
      return metrics == null
          ? of(
              trainLoss,
              seconds,
              new Evaluation(new Predictions(classes, validation, labels), inferenceSeconds),
              applied,
              ProbabilityCalibration.NONE)
          : this;
    }

    private Epoch withoutProbabilities() {
      return new Epoch(
          trainLoss,
          seconds,
          metrics,
          atBest,
          null,
          applied,
          temperature,
          threshold,
          inferenceSeconds);
    }

    private boolean isWhole(int classes, int[] labels) {
      return validation == null
          ? metrics != null
          : validation.length == labels.length * Predictions.outputs(classes);
    }
  }

  /**
   * These notes after a part of an epoch.
   *
   * @param more rounds
   */
  TrainingNotes within(TrainingState now, double seconds, List<Round> more) {
    return new TrainingNotes(
        now, workers, threads, seconds, epochs, labels, both(rounds, more), classes, batch);
  }

  /**
   * These notes after one more epoch.
   *
   * @param more rounds
   */
  TrainingNotes after(TrainingState now, Epoch epoch, int[] validationLabels, List<Round> more) {
    return new TrainingNotes(
        now,
        workers,
        threads,
        0,
        both(epochs, List.of(epoch)),
        validationLabels,
        both(rounds, more),
        classes,
        batch);
  }

  /** These notes with the metrics of each epoch, also of epochs that an older convoy trained. */
  TrainingNotes measured() {
    return with(epochs.stream().map(epoch -> epoch.measured(classes, labels)).toList());
  }

  /**
   * These notes with the probabilities of one epoch alone, of which the tables are made: notes are
   * written anew after each epoch, and those of all would grow with the square of the epochs.
   *
   * @param best the best epoch's index
   */
  TrainingNotes withProbabilitiesOf(int best) {
    return with(
        IntStream.range(0, epochs.size())
            .mapToObj(i -> i == best ? epochs.get(i) : epochs.get(i).withoutProbabilities())
            .toList());
  }

  private TrainingNotes with(List<Epoch> others) {
    return new TrainingNotes(
        state, workers, threads, partSeconds, others, labels, rounds, classes, batch);
  }

  private static <T> List<T> both(List<T> first, List<T> second) {
    return Stream.of(first, second).flatMap(List::stream).toList();
  }

  /** Whether nothing is missing, as in a damaged file. */
  boolean areWhole() {
    return state != null
        && labels != null
        && epochs != null
        && epochs.stream().allMatch(epoch -> epoch != null && epoch.isWhole(classes, labels))
        && rounds.stream().allMatch(Objects::nonNull);
  }

  /** Whether the last epoch's loss is no number. */
  boolean hasDiverged() {
    return !epochs.isEmpty() && Double.isNaN(epochs.get(epochs.size() - 1).trainLoss());
  }
}
