package io.convoy.settings;

import java.io.Serializable;
import java.util.Objects;

/**
 * How an architecture is trained, beyond its loss and its optimizer.
 *
 * @param schedule of the learning rate
 * @param weightDecay share of a weight that an update takes off it for each unit of the learning
 *     rate, at least 0; biases and batch normalisation keep theirs (Loshchilov and Hutter 2019)
 * @param labelSmoothing share of each training label, 0 to below 1, that is spread evenly over the
 *     classes (Szegedy et al. 2016)
 * @param classWeights of the training examples
 * @param stopping when training ends early
 * @param best the metric of the epoch that is kept
 * @param augmentation of the training images
 */
public record Recipe(
    Schedule schedule,
    double weightDecay,
    double labelSmoothing,
    ClassWeights classWeights,
    Stopping stopping,
    Metric best,
    Augmentation augmentation)
    implements Serializable {
  /** Nothing of it, and the epoch of the lowest loss. */
  public static final Recipe PLAIN =
      new Recipe(
          new Schedule.Constant(0),
          0,
          0,
          ClassWeights.NONE,
          new Stopping.Never(),
          Metric.LOSS,
          Augmentation.NONE);

  /** Refuses nulls. */
  public Recipe {
    Objects.requireNonNull(schedule, "schedule");
    Objects.requireNonNull(classWeights, "classWeights");
    Objects.requireNonNull(stopping, "stopping");
    Objects.requireNonNull(best, "best");
    Objects.requireNonNull(augmentation, "augmentation");
  }
}
