package io.convoy.settings;

import static io.convoy.settings.Refusals.message;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.failure.UserException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Mistakes in the training of a run, and in the optimizers and recipes of architectures. */
class TrainingErrorsTest {
  @Test
  void aNumberThatIsTooLargeGetsTheLargest() {
    assertEquals(
        "my.conf:1: train.checkpoint-rounds is 3000000000: it must be a whole number from 0 to"
            + " 2147483647.",
        message("train.checkpoint-rounds = 3000000000"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "train.seed = abc | train.seed is \"abc\": it must be a whole number.",
        "train.workers = 0 | train.workers is 0: it must be auto or a whole number of at least 1.",
        "train.averaging-frequency = 0 | train.averaging-frequency is 0: it must be auto, a whole number of at least 1, or stages such as [{ until-epoch = 2, minibatches = 8 }, { minibatches = 64 }].",
        "train.averaging-frequency = [] | train.averaging-frequency is []: it must be auto, a whole number of at least 1, or stages such as [{ until-epoch = 2, minibatches = 8 }, { minibatches = 64 }].",
        "train.averaging-frequency = [8] | train.averaging-frequency [1] is 8: it must be an object, in braces.",
        "train.averaging-frequency = [{ minibatches = 0 }] | train.averaging-frequency [1].minibatches is 0: it must be a whole number of at least 1.",
        "train.averaging-frequency = [{ minibatches = 8 }, { minibatches = 64 }] | train.averaging-frequency [1] has no until-epoch: add it.",
        "train.averaging-frequency = [{ until-epoch = 3, minibatches = 8 }] | train.averaging-frequency [1].until-epoch: the last stage lasts to the end of training; leave it out there, or add a stage with minibatches alone.",
        "train.averaging-frequency = [{ until-epoch = 3, minibatches = 8 }, { until-epoch = 3, minibatches = 9 }, { minibatches = 64 }] | train.averaging-frequency [2].until-epoch is 3: it must be a whole number of at least 4.",
        "train.averaging-frequency = [{ until = 3, minibatches = 8 }, { minibatches = 64 }] | train.averaging-frequency [1].until is not a setting: known here are minibatches, until-epoch.",
        "train.outer = nesterov | train.outer is \"nesterov\": it must be none, or an object such as { momentum = 0.9, learning-rate = 0.7 }.",
        "train.outer { momentum = 1 } | train.outer.momentum is 1: it must be a number of at least 0 and below 1.",
        "train.outer { learning-rate = 0 } | train.outer.learning-rate is 0: it must be a number above 0.",
        "train.outer { learningrate = 1 } | train.outer.learningrate is not a setting: did you mean learning-rate? known here are learning-rate, momentum.",
        "train.batch-of = workers | train.batch-of is \"workers\": did you mean worker? it must be one of worker, all-workers.",
        "train.precision = bf16 | train.precision is \"bf16\": did you mean bfloat16? it must be one of float32, bfloat16, auto.",
        "train.average-updater-state = 1 | train.average-updater-state is 1: it must be true or false.",
      })
  void aValueThatDoesNotDoIsTold(String text, String expected) {
    assertEquals("my.conf:1: " + expected, message(text));
  }

  @ParameterizedTest
  @CsvSource({"3000000, 1000, '3,000,000,000'", "10, 600, '36,000'"})
  void moreTrainingsThanARunMayHaveAreRefused(String repeats, String folds, String trainings) {
    ResolvedSettings settings =
        new SettingsLoader()
            .load(
                "train { repeats = %s, folds = %s }".formatted(repeats, folds),
                "my.conf",
                Map.of());
    String message = assertThrows(UserException.class, settings::repeated).getMessage();
    assertTrue(message.contains("make " + trainings + " trainings"), message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "learning-rate = 0 | learning-rate is 0: it must be a number above 0.",
        "learning-rate = 1e999 | learning-rate is Infinity: it must be a number above 0.",
        "epsilon = 0 | epsilon is 0: it must be a number above 0.",
        "beta1 = 1 | beta1 is 1: it must be a number of at least 0 and below 1.",
        "beta2 = -1 | beta2 is -1: it must be a number of at least 0 and below 1.",
        "name = adm | name is \"adm\": did you mean adam? it must be one of adam, nesterov, sgd.",
      })
  void anOptimizersValueThatDoesNotDoIsTold(String text, String expected) {
    assertEquals(
        "my.conf:1: architectures.mlp.optimizer." + expected,
        message("architectures.mlp.optimizer." + text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gradient-clipping = 0 | .gradient-clipping is 0: it must be a number above 0.",
        "weight-decay = -1 | .weight-decay is -1: it must be a number of at least 0.",
        "label-smoothing = 1 | .label-smoothing is 1: it must be a share of at least 0 and below 1.",
        "class-weights = even | .class-weights is \"even\": it must be one of none, balanced.",
        "best = f1 | '.best is \"f1\": convoy has no f1; it must be one of mse, loss, accuracy, auc, pearson.'",
        "schedule = cosine | '.schedule is \"cosine\": it must be an object, in braces.'",
        "schedule = none | '.schedule is \"none\": it must be an object, in braces; null leaves it out.'",
        "schedule {} | .schedule has no name: add it.",
        "schedule.name = cosin | .schedule.name is \"cosin\": did you mean cosine? it must be one of constant, step, cosine, one-cycle.",
        "schedule { name = step, factor = 0.1 } | .schedule has no every-epochs: add it.",
        "schedule { name = step, every-epochs = 1 } | .schedule has no factor: add it.",
        "schedule { name = step, every-epochs = 0 } | .schedule.every-epochs is 0: it must be a whole number of at least 1.",
        "schedule { name = step, every-epochs = 1, factor = 2 } | .schedule.factor is 2: it must be a number above 0 and up to 1.",
        "schedule { name = cosine, end = 2 } | .schedule.end is 2: it must be a number from 0 to 1.",
        "schedule { name = one-cycle, rise = 1 } | .schedule.rise is 1: it must be a share above 0 and below 1.",
        "schedule { name = cosine, warm-up-epochs = -1 } | .schedule.warm-up-epochs is -1: it must be a number of at least 0.",
        "schedule { name = constant, end = 0 } | .schedule.end is not a setting: known here are name, warm-up-epochs.",
        "stop { metric = mse } | .stop has no patience: add it.",
        "stop { metric = mse, patience = 0 } | .stop.patience is 0: it must be a whole number of at least 1.",
        "stop { metric = mse, patient = 3 } | .stop.patient is not a setting: did you mean patience? known here are metric, patience.",
      })
  void aRecipesValueThatDoesNotDoIsTold(String text, String expected) {
    assertEquals(
        "my.conf:1: architectures.mlp" + expected, message("architectures.mlp { " + text + " }"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "flip = 2 | flip is 2: it must be true or false.",
        "crop-scale = 0.7"
            + " | crop-scale is 0.7: it must be two shares above 0 and up to 1, the smaller first.",
        "crop-scale = [0.7, 1.2]"
            + " | crop-scale [2] is 1.2: it must be two shares above 0 and up to 1, the smaller first.",
        "crop-scale = [1, 0.7]"
            + " | crop-scale is [1,0.7]: it must be two shares above 0 and up to 1, the smaller first.",
        "crop-scale = [0.7, 1], aspect = [0, 1]"
            + " | aspect [1] is 0: it must be two numbers from 0.1 to 10, the smaller first.",
        "rotation = -1 | rotation is -1: it must be degrees from 0 to 180.",
        "brightness = 20 | brightness is 20: it must be a share from 0 to 1.",
        "hue = 0.6 | hue is 0.6: it must be a share of the colour circle from 0 to 0.5.",
        "cutout = 1 | cutout is 1: it must be a share of at least 0 and below 1.",
        "cutout = 0.2, cutout-probability = 2"
            + " | cutout-probability is 2: it must be a share from 0 to 1.",
        "aspect = [0.8, 1.2]"
            + " | aspect does nothing without crop-scale: add that, or leave this out.",
        "cutout-probability = 0.5"
            + " | cutout-probability does nothing without cutout: add that, or leave this out.",
      })
  void aWrongAugmentationSaysWhatItMustBe(String block, String complaint) {
    assertEquals(
        "my.conf:1: architectures.mlp.augment." + complaint,
        message("architectures.mlp.augment { " + block + " }"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "mixup = -1 | mixup is -1: it must be a number from 0 to 100.",
        "cutmix = -1 | cutmix is -1: it must be a number from 0 to 100.",
        "cutmix = 1, probability = 2 | probability is 2: it must be a share from 0 to 1.",
        "probability = 0.5"
            + " | probability does nothing without mixup or cutmix: add one, or leave this out.",
      })
  void aWrongMixtureSaysWhatItMustBe(String block, String complaint) {
    assertEquals(
        "my.conf:1: architectures.mlp.mix." + complaint,
        message("architectures.mlp.mix { " + block + " }"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "from = 0.1, until = 1 | .from is 0.1: it must be a share from 0.25 to 1.",
        "from = 0.5, to = 0.4, until = 1"
            + " | .to is 0.4: it must be a share from 0.5 (from) to 1.",
        "from = 0.5, to = 1.1, until = 1"
            + " | .to is 1.1: it must be a share from 0.5 (from) to 1.",
        "from = 0.5, until = 2 | .until is 2: it must be a share from 0 to 1.",
        "from = 0.5 | ` has no until: add it.`",
      })
  void aWrongProgressiveResizingSaysWhatItMustBe(String block, String complaint) {
    String message = message("architectures.mlp.progressive-resizing { " + block + " }");
    assertTrue(
        message.startsWith("my.conf:1: architectures.mlp.progressive-resizing" + complaint),
        message);
  }

  @Test
  void progressiveResizingOfANetworkThatBeginsWithAFileIsRefused() {
    assertEquals(
        "my.conf:2: architectures.mlp.progressive-resizing is for new networks, and this one begins"
            + " with a file (base), for images of one size: leave one of them out.",
        message(
            "architectures.mlp.base { model = a }\n"
                + "architectures.mlp.progressive-resizing { from = 0.5, until = 0.5 }"));
  }
}
