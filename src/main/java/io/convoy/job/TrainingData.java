package io.convoy.job;

import io.convoy.dataset.Examples;
import io.convoy.dataset.Folds;
import io.convoy.dataset.Split;
import io.convoy.settings.Architecture;
import java.util.List;

/**
 * The examples of one architecture's training: the data set's splits or, in cross-validation, the
 * folds that train and the one that validates.
 *
 * @param trainPerClass how many train of each class, by label
 */
record TrainingData(
    Examples train, Examples validation, Examples test, List<Integer> trainPerClass) {

  static TrainingData of(TrainingRun run, Architecture architecture) {
    Examples test = Examples.of(run.shards(), Split.TEST, run.manifest());
    return architecture
        .recipe()
        .repeat()
        .crossValidation()
        .map(
            fold -> {
              Folds folds = run.folds().get(fold.count());
              return new TrainingData(
                  chosen(run, Split.TRAIN, folds.train(fold.number())),
                  chosen(run, Split.VALIDATION, folds.validation(fold.number())),
                  test,
                  folds.trainPerClass(fold.number(), run.manifest().classes().size()));
            })
        .orElseGet(
            () ->
                new TrainingData(
                    Examples.of(run.shards(), Split.TRAIN, run.manifest()),
                    Examples.of(run.shards(), Split.VALIDATION, run.manifest()),
                    test,
                    run.manifest().train().perClass()));
  }

  private static Examples chosen(TrainingRun run, Split split, int[] positions) {
    return Examples.of(run.shards(), split, run.spark().broadcast(positions), run.manifest());
  }
}
