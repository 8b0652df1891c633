package io.convoy.train;

import io.convoy.engine.Targets;
import io.convoy.optimizer.LearningRate;
import io.convoy.settings.Mixing;
import io.convoy.settings.ProgressiveResizing;
import io.convoy.settings.Recipe;
import io.convoy.settings.Schedule;
import io.convoy.settings.TestTimeAugmentation;
import java.util.List;

/**
 * How a network is trained, beyond what its configuration says.
 *
 * @param rate over the training
 * @param targets of the training examples
 * @param mixing of the training examples
 * @param resizing of the training examples
 * @param testTime what the network sees of an image that it predicts
 * @param emaDecay share of the moving average of the parameters that an epoch leaves; 0 for none
 * @param before epochs of an earlier training, which do not count in the rate
 */
public record TrainingOptions(
    LearningRate rate,
    Targets targets,
    Mixing mixing,
    ProgressiveResizing resizing,
    TestTimeAugmentation testTime,
    double emaDecay,
    int before) {
  /** The optimizer's rate throughout, on the labels as they are. */
  public static final TrainingOptions PLAIN =
      new TrainingOptions(
          new LearningRate(new Schedule.Constant(0), 1),
          Targets.PLAIN,
          Mixing.NONE,
          ProgressiveResizing.NONE,
          TestTimeAugmentation.NONE,
          0,
          0);

  /**
   * The sides of an epoch's images, as a share of the whole ones'.
   *
   * @param epoch from 1, with those of an earlier training
   */
  double side(int epoch) {
    return resizing.side(epoch - before, rate.epochs());
  }

  /**
   * The options that a recipe says.
   *
   * @param epochs to be trained
   * @param before epochs of an earlier training
   * @param perClass training examples of each class, by label
   */
  public static TrainingOptions of(Recipe recipe, int epochs, int before, List<Integer> perClass) {
    return new TrainingOptions(
        new LearningRate(recipe.schedule(), epochs),
        Targets.of(recipe, perClass),
        recipe.mixing(),
        recipe.resizing(),
        recipe.testTime(),
        recipe.emaDecay(),
        before);
  }
}
