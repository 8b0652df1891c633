package io.convoy.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Writes a recipe as the lines of an architecture's block; those that are as if left out are. */
final class RecipeWriter {
  private RecipeWriter() {}

  static List<String> lines(Recipe recipe) {
    Recipe plain = Recipe.PLAIN;
    List<String> lines = new ArrayList<>();
    if (!recipe.schedule().equals(plain.schedule())) {
      lines.add("schedule { " + schedule(recipe.schedule()) + " }");
    }
    if (recipe.weightDecay() != plain.weightDecay()) {
      lines.add("weight-decay = " + recipe.weightDecay());
    }
    if (recipe.labelSmoothing() != plain.labelSmoothing()) {
      lines.add("label-smoothing = " + recipe.labelSmoothing());
    }
    if (recipe.classWeights() != plain.classWeights()) {
      lines.add("class-weights = " + Entry.word(recipe.classWeights()));
    }
    if (recipe.stopping() instanceof Stopping.Patience stop) {
      lines.add(
          "stop { metric = "
              + Entry.word(stop.metric())
              + ", patience = "
              + stop.patience()
              + " }");
    }
    if (recipe.best() != plain.best()) {
      lines.add("best = " + Entry.word(recipe.best()));
    }
    if (!recipe.augmentation().equals(plain.augmentation())) {
      lines.add("augment { " + augmentation(recipe.augmentation()) + " }");
    }
    return lines;
  }

  private static String schedule(Schedule schedule) {
    if (schedule instanceof Schedule.Step step) {
      return String.format(
          Locale.ROOT,
          "name = step, warm-up-epochs = %s, every-epochs = %d, factor = %s",
          step.warmUpEpochs(),
          step.everyEpochs(),
          step.factor());
    }
    if (schedule instanceof Schedule.Cosine cosine) {
      return "name = cosine, warm-up-epochs = " + cosine.warmUpEpochs() + ", end = " + cosine.end();
    }
    return "name = constant, warm-up-epochs = " + schedule.warmUpEpochs();
  }

  private static String augmentation(Augmentation augment) {
    return String.format(
        Locale.ROOT,
        "flip = %s, crop-scale = %s, aspect = %s, rotation = %s, brightness = %s, contrast = %s,"
            + " saturation = %s, hue = %s, cutout = %s, cutout-probability = %s",
        augment.flip(),
        range(augment.cropScale()),
        range(augment.aspect()),
        augment.rotation(),
        augment.brightness(),
        augment.contrast(),
        augment.saturation(),
        augment.hue(),
        augment.cutout(),
        augment.cutoutProbability());
  }

  private static String range(Augmentation.Range range) {
    return "[" + range.least() + ", " + range.most() + "]";
  }
}
