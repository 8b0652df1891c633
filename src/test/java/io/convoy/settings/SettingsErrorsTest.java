package io.convoy.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.failure.UserException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsErrorsTest {
  private static String message(String text, Map<String, String> overrides) {
    String message =
        assertThrows(
                UserException.class, () -> new SettingsLoader().load(text, "my.conf", overrides))
            .getMessage();
    assertFalse(message.contains("\n"), message);
    return message;
  }

  private static String message(String text) {
    return message(text, Map.of());
  }

  private static String layerMessage(String layers) {
    return message("\narchitectures.mlp.layers = [\n" + layers + "\n]");
  }

  @Test
  void aSyntaxErrorHasFileAndLine() {
    String message = message("images {\n  height = }\n");
    assertTrue(message.startsWith("my.conf:2: not readable as HOCON: "), message);
  }

  @Test
  void anUnresolvedSubstitutionHasFileAndLine() {
    String message = message("\nimages.height = ${side}");
    assertTrue(message.startsWith("my.conf:2: not readable as HOCON: "), message);
    assertTrue(message.contains("${side}"), message);
  }

  @Test
  void includeIsRefused() {
    assertEquals(
        "my.conf: include of other.conf is not supported: name it with based-on, or write its"
            + " settings into this file.",
        message("include \"other.conf\""));
    assertEquals(
        "my.conf: include of other.conf is not supported: name it with based-on, or write its"
            + " settings into this file.",
        message("include file(\"other.conf\")"));
  }

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
  void anUnknownKeyOfTheCommandLineSaysSo() {
    String message = message("", Map.of("images.max-rejectd", "1"));
    assertTrue(
        message.startsWith(
            "command line: images.max-rejectd is not a setting: did you mean max-rejected?"),
        message);
  }

  @Test
  void anUnknownKeyWithNothingNearGetsTheKnownOnes() {
    String message = message("train.momentum = 3");
    assertFalse(message.contains("did you mean"), message);
    assertTrue(message.contains("averaging-frequency"), message);
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

  @ParameterizedTest
  @ValueSource(strings = {"{", "["})
  void aConfOfAnyDepthIsRefusedInOneLine(String bracket) {
    String message = message("images.height = " + bracket.repeat(30_000));
    assertTrue(message.length() < 500, message);
  }

  @Test
  void deepKeysAreRefusedInOneLine() {
    String message = message("", Map.of("a" + ".a".repeat(30_000), "1"));
    assertTrue(message.length() < 500, message);
  }

  @Test
  void substitutionsThatGrowWithoutEndAreRefused() {
    StringBuilder text = new StringBuilder("a0 = xx\n");
    for (int i = 1; i < 60; i++) {
      text.append("a%d = ${a%d}${a%d}%n".formatted(i, i - 1, i - 1));
    }
    String message = message(text.toString());
    assertTrue(message.contains("too large"), message);
  }

  @Test
  void aValueThatGrowsOutOfItselfWithoutEndIsRefused() {
    String message = message("a = xx\n" + "a = ${a}${a}\n".repeat(60));
    assertTrue(message.contains("too large"), message);
  }

  @Test
  void listsThatGrowWithoutEndAreRefused() {
    StringBuilder text = new StringBuilder("a0 = [1, 2]\n");
    for (int i = 1; i < 60; i++) {
      text.append("a%d = [${a%d}, ${a%d}]%n".formatted(i, i - 1, i - 1));
    }
    String message = message(text.toString());
    assertTrue(message.contains("too large"), message);
  }

  @Test
  void aHugeConfIsRefused() {
    String message = message("# " + "x".repeat(2_000_000));
    assertTrue(message.startsWith("my.conf has 2,000,002 characters"), message);
  }

  @ParameterizedTest
  @CsvSource({"NaN", "Infinity", "1e999", "-0", "99999999999999999999", "1e999999999"})
  void numbersThatAreNoneAreRefused(String number) {
    String message = message("images.height = \"" + number + "\"");
    assertTrue(message.contains("images.height is "), message);
  }

  @Test
  void aNumberThatIsTooLargeGetsTheLargest() {
    assertEquals(
        "my.conf:1: train.checkpoint-rounds is 3000000000: it must be a whole number from 0 to"
            + " 2147483647.",
        message("train.checkpoint-rounds = 3000000000"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "images.height = ${PATH}",
        "images.height = \"x\"${PATH}\"y\"",
        "images.height = [${PATH}]",
        "images.classes = [${PATH}]",
        "images.height = ${PATH} [1]",
        "architectures.mlp.loss = ${PATH}",
      })
  void aVariablesValueIsNotTold(String text) {
    String message = message(text);
    assertFalse(message.contains(System.getenv("PATH")), message);
    assertTrue(message.contains("PATH"), message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\nimages.height = ${PATH}",
        "\nimages { height = x${PATH} }",
        "\nimages = ${PATH}",
        "\nimages.classes = [dog, ${PATH}, ${PATH}]",
        "\narchitectures.mlp.layers = [{ dense = ${PATH} }]",
      })
  void aVariablesPlaceInTheFileIsTold(String text) {
    String message = message(text);
    assertTrue(message.startsWith("my.conf:2: "), message);
    assertTrue(message.contains("PATH"), message);
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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "images.height = tall | images.height is \"tall\": it must be auto or a whole number from 1 to 4,096.",
        "images.height = 0 | images.height is 0: it must be auto or a whole number from 1 to 4,096.",
        "images.width = 4097 | images.width is 4097: it must be auto or a whole number from 1 to 4,096.",
        "images.height = 94.5 | images.height is 94.5: it must be auto or a whole number from 1 to 4,096.",
        "images.height = null | images.height is null: it must be auto or a whole number from 1 to 4,096.",
        "images.height = [1] | images.height is [1]: it must be auto or a whole number from 1 to 4,096.",
        "images = 3 | images is 3: it must be an object, in braces.",
        "images.max-height = 8 | images.max-height is 8: it must be a whole number from 16 to 4096.",
        "images.max-pixels = 0 | images.max-pixels is 0: it must be a whole number of at least 1.",
        "images.max-rejected = 1.1 | images.max-rejected is 1.1: it must be a share from 0 to 1.",
        "images.max-rejected = -0.1 | images.max-rejected is -0.1: it must be a share from 0 to 1.",
        "split.shares.train = 0 | split.shares.train is 0: it must be a share above 0 and up to 1.",
        "split.shares.test = 2 | split.shares.test is 2: it must be a share from 0 to 1.",
        "split.counts.train = 0 | split.counts.train is 0: it must be a whole number of at least 1.",
        "split.counts.validation = -1 | split.counts.validation is -1: it must be a whole number of at least 0.",
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
        "architectures = 3 | architectures is 3: it must be an object, in braces.",
        "architectures.mlp = 3 | architectures.mlp is 3: it must be an object, in braces.",
        "architectures.mlp.layers = 3 | architectures.mlp.layers is 3: it must be a list of layers, in brackets.",
        "architectures.mlp.batch = 0 | architectures.mlp.batch is 0: it must be a whole number of at least 1.",
        "architectures.mlp.epochs = 0 | architectures.mlp.epochs is 0: it must be a whole number of at least 1.",
        "architectures.mlp.loss = mae | architectures.mlp.loss is \"mae\": convoy has no mae; it must be one of mse, cross-entropy.",
        "images.label-rule = path | images.label-rule is \"path\": it must be one of file-name, folder, file-name-or-folder.",
        "split.by = share | split.by is \"share\": did you mean shares? it must be one of shares, counts, folders, lists, labels.",
        "split.by = lists | split.by is lists, and split.lists.train is empty: it must be a list of names, such as [\"cat.0..cat.999\", dogs/rex], or the path of a text file with a name a line.",
        "split.group = \"(p\" | split.group is no regular expression: Unclosed group at character 3. In a conf it stands in three quotes on either side, as in \"\"\"(patient\\d+)\"\"\".",
        "split.lists.test = [cat.9..dog.12] | split.lists.test [1] is \"cat.9..dog.12\": it must be a name, or a range of at most 1,000,000 that counts up between names alike, such as cat.0..cat.999.",
        "split.lists.test = [cat.9..cat.3] | split.lists.test [1] is \"cat.9..cat.3\": it must be a name, or a range of at most 1,000,000 that counts up between names alike, such as cat.0..cat.999.",
        "split.lists.test = 7 | split.lists.test is 7: it must be a list of names, such as [\"cat.0..cat.999\", dogs/rex], or the path of a text file with a name a line.",
        "split.validation-from-train = 1 | split.validation-from-train is 1: it must be a number of at least 0 and below 1.",
        "split.duplicates = drop | split.duplicates is \"drop\": it must be one of keep, remove-from-train.",
      })
  void aValueThatDoesNotDoIsTold(String text, String expected) {
    assertEquals("my.conf:1: " + expected, message(text));
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
      value = {
        "{ conv = 0, kernel = 3 } | : conv is 0: it must be a whole number of at least 1.",
        "{ conv = 1, kernel = 0 } | : kernel is 0: it must be a whole number of at least 1, or two of them: [height, width].",
        "{ conv = 1, kernel = [1, 2, 3] } | : kernel is [1,2,3]: it must be a whole number of at least 1, or two of them: [height, width].",
        "{ conv = 1, kernel = [1, 0] } | : kernel [2] is 0: it must be a whole number of at least 1.",
        "{ conv = 1, kernel = 3, stride = {} } | : stride is {}: it must be a whole number of at least 1, or two of them: [height, width].",
        "{ conv = 1, kernel = 3, padding = valid } | : padding is \"valid\": did you mean none? it must be one of none, same.",
        "{ conv = 1, kernel = 3, activation = rely } | : activation is \"rely\": did you mean relu? it must be one of relu, tanh, sigmoid, leaky-relu, elu, swish, gelu, identity.",
        "{ pool = mean, kernel = 2 } | : pool is \"mean\": did you mean average? it must be one of max, average.",
        "{ dense = 0 } | : dense is 0: it must be a whole number of at least 1.",
        "{ layer-norm = 0 } | : layer-norm is 0: it must be a number from 1e-12 to 1.",
        "{ dropout = 1 } | : dropout is 1: it must be a share of at least 0 and below 1.",
        "{ conv = 1 } | ' has no kernel: add it.'",
        "{ conv = 1, pool = max } | ' has conv and pool: a layer has exactly one of batch-norm, conv, dense, depthwise-conv, dropout, global-pool, grouped-conv, layer-norm, pool, residual, separable-conv, squeeze-excitation, whitening.'",
        "{ grouped-conv = 6, groups = 4, kernel = 3 } | ': groups is 4: it must be a divisor of the 6 filters, as each group has as many.'",
        "{ grouped-conv = 6, groups = 1, kernel = 3 } | ': groups is 1: it must be a whole number of at least 2.'",
        "{ kernel = 3 } | ' has no kind: a layer has exactly one of batch-norm, conv, dense, depthwise-conv, dropout, global-pool, grouped-conv, layer-norm, pool, residual, separable-conv, squeeze-excitation, whitening.'",
        "null | ' is null: it must be an object, in braces.'",
      })
  void aLayerThatDoesNotDoIsTold(String layer, String expected) {
    assertEquals(
        "my.conf:4: architectures.mlp, layer 2" + expected, layerMessage("{dense=1},\n" + layer));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{ conv = 1, kernel = 3 }",
        "{ pool = max, kernel = 2 }",
        "{ batch-norm = 0.9 }",
        "{ residual = [{ conv = 1, kernel = 3 }] }",
      })
  void aLayerForImagesAfterADenseLayerIsRefused(String layer) {
    assertEquals(
        "my.conf:5: architectures.mlp, layer 3 wants height and width, which a dense layer or a global"
            + " pooling leaves none of: put it before the first of these.",
        layerMessage("{ dense = 1 }\n{ dropout = 0.5 }\n" + layer));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[dog]",
        "[dog, dog]",
        "[Dog, dog]",
        "[\"a/b\", cat]",
        "[\"..\", cat]",
        "[\" dog\", cat]",
        "[\"\", cat]",
        "[\"dog\\n\", cat]",
        "[dog, null]",
        "[dog, [cat]]",
        "dog"
      })
  void classesThatDoNotDoAreRefused(String classes) {
    String message = message("images.classes = " + classes);
    assertTrue(message.startsWith("my.conf:1: images.classes is "), message);
    assertTrue(message.contains("2 to 1,000 different names"), message);
  }

  @ParameterizedTest
  @CsvSource({"0", "-1", "big", "[1]"})
  void aFileSizeThatDoesNotDoIsRefused(String size) {
    String message = message("images.max-file-bytes = " + size);
    assertTrue(
        message.endsWith("it must be a size of at least 1 byte, such as 67108864 or 64 MiB."));
  }

  @Test
  void sharesMustSumToOne() {
    assertEquals(
        "split.shares must sum to 1, but train is 0.5, validation 0.15 and test 0.15: set all three.",
        message("split.shares.train = 0.5"));
  }

  @Test
  void sharesMaySumToOneWithinRounding() {
    Settings settings =
        new SettingsLoader()
            .load(
                "split.shares { train = 0.3333333333, validation = 0.3333333333, test = 0.3333333333 }",
                "my.conf",
                Map.of())
            .settings();
    assertEquals(
        new SplitWay.ByShares(0.3333333333, 0.3333333333, 0.3333333333), settings.split().way());
  }

  @Test
  void anArchitectureThatLacksAKeySaysWhich() {
    assertEquals(
        "my.conf:1: architectures.tiny has no layers: add it.",
        message("architectures.tiny { epochs = 3 }"));
  }

  @Test
  void anArchitecturesNameMustDoAsAFolder() {
    String message = message("architectures.\"../up\" { epochs = 3 }");
    assertTrue(
        message.startsWith("my.conf:1: architectures.\"../up\" does not do as a name"), message);
  }

  @Test
  void removingAnUnknownArchitectureIsRefused() {
    String message = message("\narchitectures.mpl = null");
    assertTrue(
        message.startsWith(
            "my.conf:2: architectures.mpl = null removes nothing: did you mean mlp? known"),
        message);
  }

  @Test
  void atLeastOneArchitectureMustRemain() {
    String message = message("architectures = null\narchitectures {}");
    assertTrue(message.contains("architectures has none left"), message);
  }

  @Test
  void anUnknownDefaultGetsTheNearestRightName() {
    String message = message("\ndefaults = [conv42]");
    assertTrue(
        message.startsWith("my.conf:2: defaults [1] is \"conv42\": did you mean conv24?"), message);
  }

  @Test
  void aChangeOfAnArchitectureThatIsNotTrainedIsRefused() {
    String message = message("defaults = [mlp]", Map.of("architectures.conv24.epochs", "3"));
    assertEquals(
        "architectures.conv24 is set on the command line, but the conf trains mlp: add conv24 with"
            + " --set 'defaults=[conv24]', or leave it out.",
        message);
  }

  @Test
  void anOverrideWithoutAValueIsRefused() {
    String message = message("", Map.of("images.height", ""));
    assertTrue(message.startsWith("command line: not readable as HOCON: "), message);
  }

  @Test
  void percentSignsInAValueStayAsTheyAre() {
    assertTrue(message("images.label-rule = \"%d%s\"").contains("\"%d%s\""));
  }

  @Test
  void selectionKeepsTheOrderOfTheSettings() {
    Settings settings = new SettingsLoader().load("", "none", Map.of()).settings();
    assertEquals(
        List.of("mlp", "conv48x2"),
        settings.select(List.of("conv48x2", "mlp", "mlp")).architectures().stream()
            .map(Architecture::name)
            .toList());
  }

  @Test
  void selectionOfAnUnknownNameSaysTheNearest() {
    Settings settings = new SettingsLoader().load("", "none", Map.of()).settings();
    assertEquals(
        "There is no architecture conv42: did you mean conv24? the settings have mlp, conv24, "
            + "conv48x2, conv128x2, conv64-128, modern.",
        assertThrows(UserException.class, () -> settings.select(List.of("mlp", "conv42")))
            .getMessage());
  }

  @Test
  void selectionOfNothingIsRefused() {
    Settings settings = new SettingsLoader().load("", "none", Map.of()).settings();
    assertThrows(UserException.class, () -> settings.select(List.of()));
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

  @Test
  void aWhiteningThatIsNotTheFirstLayerIsRefused() {
    assertEquals(
        "my.conf:3: architectures.mlp, layer 2 whitens the photos, and does so as the first layer of a"
            + " network alone: put it there, or leave it out.",
        layerMessage("{ conv = 2, kernel = 2 }, { whitening = 2 }"));
    assertEquals(
        "my.conf:3: architectures.mlp, layer 1 whitens the photos, and does so as the first layer of a"
            + " network alone: put it there, or leave it out.",
        message(
            "architectures.mlp.base = { model = a }\n"
                + "architectures.mlp.layers = [\n{ whitening = 2 }\n]"));
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
        "{} | ' has no model and no onnx: add the file that it begins with.'",
        "{ onnx = a, model = b } | ' has both a model and an onnx, and a network begins with one file'",
        "{ onnx = [] } | '.onnx is []: it must be the file of a model, in quotes.'",
        "{ model = a, mean = [0, 0, 0] } | '.mean belongs to a base that is an ONNX file (onnx = FILE)'",
        "{ onnx = a, mean = 0.5 } | '.mean is 0.5: it must be three numbers, of red, green and blue'",
        "{ onnx = a, deviation = [1, 1] } | '.deviation is [1,1]: it must be three numbers'",
        "{ onnx = a, deviation = [1, 0, 1] } | '.deviation [2] is 0: it must be a number from 0.0001 to 1000.'",
        "{ onx = a } | .onx is not a setting: did you mean onnx?",
        "{ model = [a] } | .model is [\"a\"]: it must be the file of a model, in quotes.",
        "{ model = a, keep = [1] } | '.keep is [1]: it must be all, a layer''s number, or in a graph its name.'",
        "{ model = a, freez = 1 } | .freez is not a setting: did you mean freeze?"
      })
  void aMistakeInABaseIsSaid(String base, String expected) {
    String message = message("\narchitectures.mlp.base = " + base);
    assertTrue(
        message.startsWith("my.conf:2: architectures.mlp.base" + expected.stripTrailing()),
        message);
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
}
