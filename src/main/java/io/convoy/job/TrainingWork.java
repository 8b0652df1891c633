package io.convoy.job;

import io.convoy.settings.Architecture;
import io.convoy.settings.ProgressiveResizing;
import java.util.stream.IntStream;

/**
 * What a training is about to take, by the size of its epochs' images, in the time that a training
 * step takes for a whole image.
 *
 * @param resizing of the training images
 * @param epochs of the whole training
 * @param images that an epoch trains
 * @param evaluation what each epoch's takes
 * @param test what the last evaluation takes
 */
record TrainingWork(
    ProgressiveResizing resizing, int epochs, int images, double evaluation, double test) {
  /**
   * Of the arithmetic of a training step, what a prediction takes: forward of two more backward.
   */
  private static final double FORWARD_SHARE = 1 / 3.0;

  static TrainingWork of(TrainingRun run, Architecture architecture) {
    int images = run.images(architecture);
    int validated =
        run.manifest().train().examples() + run.manifest().validation().examples() - images;
    double predicted = FORWARD_SHARE * architecture.recipe().testTime().passes();
    return new TrainingWork(
        architecture.recipe().resizing(),
        architecture.epochs(),
        images,
        predicted * validated,
        predicted * run.manifest().test().examples());
  }

  /** All of it. */
  double all() {
    return epochs(1, epochs) + test;
  }

  /** To train an image of an epoch. */
  double image(int epoch) {
    return resizing.time(epoch, epochs);
  }

  /** What epochs take with their evaluations, both included. */
  double epochs(int first, int last) {
    return IntStream.rangeClosed(first, last)
        .mapToDouble(epoch -> images * image(epoch) + evaluation)
        .sum();
  }
}
