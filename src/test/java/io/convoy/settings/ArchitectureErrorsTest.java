package io.convoy.settings;

import static io.convoy.settings.Refusals.layerMessage;
import static io.convoy.settings.Refusals.message;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.failure.UserException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Mistakes in architectures, their layers and first files, and in the choice of them. */
class ArchitectureErrorsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "architectures = 3 | architectures is 3: it must be an object, in braces.",
        "architectures.mlp = 3 | architectures.mlp is 3: it must be an object, in braces.",
        "architectures.mlp.layers = 3 | architectures.mlp.layers is 3: it must be a list of layers, in brackets.",
        "architectures.mlp.batch = 0 | architectures.mlp.batch is 0: it must be a whole number of at least 1.",
        "architectures.mlp.epochs = 0 | architectures.mlp.epochs is 0: it must be a whole number of at least 1.",
        "architectures.mlp.loss = mae | architectures.mlp.loss is \"mae\": convoy has no mae; it must be one of mse, cross-entropy.",
      })
  void aValueThatDoesNotDoIsTold(String text, String expected) {
    assertEquals("my.conf:1: " + expected, message(text));
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
}
