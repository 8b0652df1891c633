package io.convoy;

import io.convoy.report.ArchitectureResult;
import java.util.Optional;

/**
 * A trained network of a run, as it was after its best epoch: the one with the lowest loss on
 * validation.
 *
 * @param architecture its name in the settings
 * @param file of the model, for {@link Convoy#predict}
 * @param parameters weights and biases
 * @param bytes size of the file
 * @param epochs that it was trained
 * @param bestEpoch the best of them, from 1
 * @param validation its figures on the validation split, on which epoch and threshold were chosen
 * @param test its figures on the test split, on which nothing was chosen
 * @param failure why its training failed, in a line; empty where it did not
 */
public record TrainedModel(
    String architecture,
    String file,
    long parameters,
    long bytes,
    int epochs,
    int bestEpoch,
    Scores validation,
    Scores test,
    Optional<String> failure) {

  static TrainedModel of(ArchitectureResult result, String file) {
    return new TrainedModel(
        result.architecture().name(),
        file,
        result.parameters(),
        result.modelBytes(),
        result.epochs(),
        result.bestEpoch(),
        Scores.of(result.validation().metrics()),
        Scores.of(result.test().metrics()),
        result.failure());
  }
}
