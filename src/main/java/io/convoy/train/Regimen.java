package io.convoy.train;

import io.convoy.optimizer.LearningRate;
import io.convoy.settings.Recipe;
import io.convoy.settings.Schedule;
import java.util.List;

/**
 * How a network is trained, beyond what its configuration says.
 *
 * @param rate over the training
 * @param targets of the training examples
 * @param before epochs of an earlier training, which do not count in the rate
 */
public record Regimen(LearningRate rate, Targets targets, int before) {
  /** The optimizer's rate throughout, on the labels as they are. */
  public static final Regimen PLAIN =
      new Regimen(new LearningRate(new Schedule.Constant(0), 1), Targets.PLAIN, 0);

  /**
   * That of a recipe.
   *
   * @param epochs to be trained
   * @param before epochs of an earlier training
   * @param perClass training examples of each class, by label
   */
  public static Regimen of(Recipe recipe, int epochs, int before, List<Integer> perClass) {
    return new Regimen(
        new LearningRate(recipe.schedule(), epochs), Targets.of(recipe, perClass), before);
  }
}
