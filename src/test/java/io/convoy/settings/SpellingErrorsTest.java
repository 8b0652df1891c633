package io.convoy.settings;

import static io.convoy.settings.Refusals.layerMessage;
import static io.convoy.settings.Refusals.message;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys and words that are not ours, and the ones that are named instead. */
class SpellingErrorsTest {
  @Test
  void anUnknownKeyGetsTheNearestRightName() {
    assertEquals(
        "my.conf:2: images.heigth is not a setting: did you mean height? known here are classes, "
            + "height, label-rule, max-file-bytes, max-height, max-pixels, max-rejected, max-width, width.",
        message("images {\n heigth = 3\n}"));
  }

  @Test
  void anUnknownSectionGetsTheNearestRightName() {
    String message = message("\n\nimage { height = 3 }");
    assertTrue(
        message.startsWith("my.conf:3: image is not a setting: did you mean images?"), message);
  }

  @Test
  void anUnknownKeyInASubsectionIsFound() {
    String message = message("split.shares.tests = 0.1");
    assertTrue(message.startsWith("my.conf:1: split.shares.tests is not a"), message);
    assertTrue(message.contains("did you mean test?"), message);
  }

  @Test
  void anUnknownKeyWithNothingNearGetsTheKnownOnes() {
    String message = message("train.momentum = 3");
    assertFalse(message.contains("did you mean"), message);
    assertTrue(message.contains("averaging-frequency"), message);
  }

  @Test
  void anUnknownKeyOfAnArchitectureIsFound() {
    String message = message("architectures.mlp.epoch = 3");
    assertTrue(message.startsWith("my.conf:1: architectures.mlp.epoch is not"), message);
    assertTrue(message.contains("did you mean epochs?"), message);
  }

  @Test
  void anUnknownKeyOfAnOptimizerIsFound() {
    String message = message("architectures.mlp.optimizer.momentum = 0.5");
    assertTrue(
        message.startsWith("my.conf:1: architectures.mlp.optimizer.momentum is not a setting"),
        message);
  }

  @Test
  void anUnknownKeyOfALayerIsFound() {
    String message = layerMessage("{ dense = 3 },\n{ dense = 2, activaton = relu }");
    assertTrue(
        message.startsWith(
            "my.conf:4: architectures.mlp, layer 2: activaton is not a setting: did you mean"
                + " activation?"),
        message);
  }

  @Test
  void aKeyOfAnotherKindOfLayerIsRefused() {
    assertEquals(
        "my.conf:3: architectures.mlp, layer 1: kernel is not a setting: known here are "
            + "activation, dense.",
        layerMessage("{ dense = 3, kernel = 2 }"));
  }

  @Test
  void anUnknownAugmentationGetsTheNearestRightName() {
    String message = message("architectures.mlp.augment { rotatoin = 10 }");
    assertTrue(
        message.startsWith(
            "my.conf:1: architectures.mlp.augment.rotatoin is not a setting: did you mean rotation?"),
        message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "architectures.mlp.loss = bce | did you mean cross-entropy?",
        "architectures.mlp.loss = BCELoss | did you mean cross-entropy?",
        "architectures.mlp.loss = crossEntropy | did you mean cross-entropy?",
        "architectures.mlp.loss = mean_squared_error | did you mean mse?",
        "architectures.mlp.optimizer.name = adamw | did you mean adam?",
        "architectures.mlp.optimizer.name = Adam | did you mean adam?",
        "architectures.mlp.optimizer.name = rmsprop | convoy has no rmsprop;",
        "architectures.mlp.optimizer.learning_rate = 1 | did you mean learning-rate?",
        "architectures.mlp.optimizer.lr = 1 | did you mean learning-rate?",
        "architectures.mlp.lr = 1 | did you mean architectures.NAME.optimizer.learning-rate?",
        "architectures.mlp.batchSize = 1 | did you mean batch?",
        "architectures.mlp.num_epochs = 1 | did you mean epochs?",
        "architectures.mlp.patience = 1 | did you mean stop?",
        "architectures.mlp.labelSmoothing = 0 | did you mean label-smoothing?",
        "architectures.mlp.augment.horizontal_flip = true | did you mean flip?",
        "architectures.mlp.augment.mixup = 1 | did you mean architectures.NAME.mix { mixup = 0.2 }?",
        "architectures.mlp.augment.translate = 0.1 | did you mean shift?",
        "architectures.mlp.ema = 0.9 | did you mean ema-decay?",
        "train.mixed_precision = true | did you mean precision?",
        "architectures.mlp.schedule.name = OneCycleLR | did you mean one-cycle?",
        "architectures.mlp.layers = [{ dense = 3, activation = SiLU }] | did you mean swish?",
        "architectures.mlp.schedule.name = cosine_annealing | did you mean cosine?",
        "architectures.mlp.layers = [{ conv2d = 3 }] | did you mean conv?",
        "architectures.mlp.layers = [{ fullyConnected = 3 }] | did you mean dense?",
        "architectures.mlp.layers = [{ MaxPooling2D = 3 }] | did you mean pool?",
        "architectures.mlp.layers = [{ dense = 3, activation = mish }] | convoy has no mish;",
        "architectures.mlp.layers = [{ dense = 3, activation = linear }] | did you mean identity?",
        "images.img_size = 64 | did you mean height?",
        "split.shares.val_split = 0.2 | did you mean validation?",
        "val_split = 0.2 | did you mean split.shares.validation?",
        "train.random_state = 7 | did you mean seed?",
      })
  void aWordOfAnotherToolGetsOurs(String text, String answer) {
    String message = message(text);
    assertTrue(message.contains(": " + answer + " "), message);
  }
}
