package io.convoy.page;

import io.convoy.failure.Amount;
import io.convoy.page.RunPage.Origin.Fact;
import io.convoy.settings.Architecture;
import io.convoy.settings.Augmentation;
import io.convoy.settings.ClassWeights;
import io.convoy.settings.Loss;
import io.convoy.settings.Mixing;
import io.convoy.settings.Optimizer;
import io.convoy.settings.ProgressiveResizing;
import io.convoy.settings.Recipe;
import io.convoy.settings.Schedule;
import java.util.ArrayList;
import java.util.List;

/** How a network is trained, in words; what is as if left out is not named. */
final class RecipeWords {
  private RecipeWords() {}

  static List<Fact> of(Architecture architecture, int classes) {
    Recipe recipe = architecture.recipe();
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("Loss", loss(architecture.loss(), classes)));
    facts.add(new Fact("Optimizer", architecture.optimizer().words()));
    facts.add(new Fact("Learning rate", rate(architecture.optimizer(), recipe.schedule())));
    facts.add(new Fact("Batch size", Figures.whole(architecture.batch())));
    facts.add(new Fact("Epochs at most", Figures.whole(architecture.epochs())));
    if (recipe.weightDecay() > 0) {
      facts.add(new Fact("Weight decay", String.valueOf(recipe.weightDecay())));
    }
    if (recipe.gradientClipping() > 0) {
      facts.add(
          new Fact("Gradient clipping", "to a norm of " + recipe.gradientClipping() + " a layer"));
    }
    if (recipe.emaDecay() > 0) {
      facts.add(
          new Fact(
              "Parameters",
              "moving average, of which an epoch leaves a share of " + recipe.emaDecay()));
    }
    if (recipe.labelSmoothing() > 0) {
      facts.add(new Fact("Label smoothing", String.valueOf(recipe.labelSmoothing())));
    }
    if (recipe.classWeights() == ClassWeights.BALANCED) {
      facts.add(new Fact("Class weights", "balanced"));
    }
    recipe
        .stopping()
        .patient()
        .ifPresent(
            stop ->
                facts.add(
                    new Fact(
                        "Early stopping",
                        "%s without a better %s"
                            .formatted(
                                Amount.of(stop.patience(), "epoch"), stop.metric().words()))));
    facts.add(new Fact("Best epoch by", recipe.best().words()));
    augmentation(recipe.augmentation()).forEach(facts::add);
    mixing(recipe.mixing()).forEach(facts::add);
    if (!recipe.resizing().equals(ProgressiveResizing.NONE)) {
      facts.add(
          new Fact(
              "Progressive resizing",
              "from %s of the sides to %s after %s of the epochs"
                  .formatted(
                      recipe.resizing().from(),
                      recipe.resizing().to(),
                      recipe.resizing().until())));
    }
    switch (recipe.testTime()) {
      case NONE -> {}
      case MIRROR -> facts.add(new Fact("Prediction", "mean of the image and its mirror image"));
      case MIRROR_CROP ->
          facts.add(
              new Fact(
                  "Prediction", "mean of the image and the mirror image of its middle, enlarged"));
    }
    switch (recipe.calibration()) {
      case NONE -> {}
      case TEMPERATURE ->
          facts.add(new Fact("Calibration", "temperature, fitted on the validation photos"));
    }
    return facts;
  }

  /**
   * The loss by its name in the field.
   *
   * @param classes how many there are
   */
  static String loss(Loss loss, int classes) {
    return switch (loss) {
      case MSE -> "mean squared error";
      case CROSS_ENTROPY -> classes == 2 ? "binary cross-entropy" : "cross-entropy";
    };
  }

  private static String rate(Optimizer optimizer, Schedule schedule) {
    String warmUp =
        schedule.warmUpEpochs() > 0
            ? ", after a warm-up of %s epochs".formatted(schedule.warmUpEpochs())
            : "";
    return optimizer.learningRate() + schedule.words() + warmUp;
  }

  private static List<Fact> augmentation(Augmentation augment) {
    List<String> parts = new ArrayList<>();
    if (augment.flip()) {
      parts.add("horizontal flip");
    }
    range("crop scale", augment.cropScale(), parts);
    range("aspect", augment.aspect(), parts);
    number("rotation", augment.rotation(), "\u00b0", parts);
    number("brightness", augment.brightness(), "", parts);
    number("contrast", augment.contrast(), "", parts);
    number("saturation", augment.saturation(), "", parts);
    number("hue", augment.hue(), "", parts);
    number("cutout", augment.cutout(), "", parts);
    number("shift", augment.shift(), "", parts);
    number("TrivialAugment", augment.trivialAugment(), "", parts);
    return parts.isEmpty()
        ? List.of()
        : List.of(new Fact("Augmentation", String.join(", ", parts)));
  }

  private static List<Fact> mixing(Mixing mix) {
    List<String> parts = new ArrayList<>();
    number("mixup", mix.mixup(), "", parts);
    number("cutmix", mix.cutmix(), "", parts);
    return parts.isEmpty()
        ? List.of()
        : List.of(
            new Fact(
                "Mixing",
                "%s; a share of %s of the images"
                    .formatted(String.join(" or ", parts), mix.probability())));
  }

  private static void range(String name, Augmentation.Range range, List<String> parts) {
    if (!range.equals(Augmentation.Range.ONE)) {
      parts.add("%s %s to %s".formatted(name, range.least(), range.most()));
    }
  }

  private static void number(String name, double value, String unit, List<String> parts) {
    if (value > 0) {
      parts.add(name + " " + value + unit);
    }
  }
}
