package io.convoy.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.failure.UserException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchSettingsTest {
  private static SearchSettings search(String text) {
    return new SettingsLoader().load(text, "my.conf", Map.of()).search();
  }

  private static SearchSpace space(String text) {
    return search("search.space {\n" + text + "\n}").space();
  }

  private static Architecture drawn(String space, String architecture, String... keysAndValues) {
    TreeMap<String, String> drawn = new TreeMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      drawn.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    return space(space).with(architecture, drawn);
  }

  private static String message(String text) {
    String message = assertThrows(UserException.class, () -> search(text)).getMessage();
    assertFalse(message.contains("\n"), message);
    return message;
  }

  @Test
  void nothingIsSearchedByDefault() {
    SearchSettings search = search("");
    assertTrue(search.space().isEmpty());
    assertEquals(Optional.empty(), search.minutes());
    assertEquals(OptionalLong.empty(), search.imagePasses());
    assertEquals(Metric.AUC, search.metric());
  }

  @Test
  void aSearchDoesNotChangeTheTextOfTheSettings() {
    SettingsLoader loader = new SettingsLoader();
    assertEquals(
        loader.load("", "", Map.of()).hocon(),
        loader.load("search.space.batch { choice = [1] }", "", Map.of()).hocon());
  }

  @Test
  void itsOwnTextGivesTheSameSearch() {
    String text =
        """
        search {
          space {
            optimizer.learning-rate { log-uniform = [1e-5, 1e-2] }
            weight-decay { uniform = [0, 0.1] }
            layers { choice = [[], [{ dense = 3, activation = tanh }]] }
            "architectures.conv24.layers.1.conv" { int = [8, 48] }
          }
          sampler = sobol
          seed = -3
          trials = 7
          minutes = 1.5
          image-passes = 100000
          min-epochs = 2
          reduction = 4
          metric = accuracy
          best = 2
          baseline = true
        }
        """;
    SearchSettings search = search(text);
    String written = search.hocon();
    assertEquals(written, search(written).hocon());
    assertTrue(written.contains("architectures.conv24.layers.1.conv { int = [8, 48] }"), written);
    assertEquals(search.space().of("conv24"), search(written).space().of("conv24"));
  }

  @Test
  void itsTextForTheArchitecturesThatAreTrainedHasTheirKeysAlone() {
    ResolvedSettings all =
        new SettingsLoader()
            .load(
                "defaults = [mlp]\nsearch.space { batch { choice = [1] }, architectures { mlp.epochs {"
                    + " choice = [1] }, conv24.epochs { choice = [2] } } }",
                "my.conf",
                Map.of());
    ResolvedSettings again =
        new SettingsLoader().load(all.withSearch().hocon(), "run.conf", Map.of());
    assertEquals(Set.of("batch", "epochs"), again.search().space().of("mlp").keySet());
    assertEquals(Set.of("batch"), again.search().space().of("conv24").keySet());
  }

  @Test
  void whatOnlyTheNetworkOfOtherPhotosHasMayBeDrawn() {
    ResolvedSettings asked =
        new SettingsLoader()
            .load(
                "architectures.modern.recipe = auto\nsearch.space.architectures.modern.layers.11.dropout {"
                    + " choice = [0.1] }",
                "my.conf",
                Map.of());
    TreeMap<String, String> drawn = new TreeMap<>(Map.of("layers.11.dropout", "0.1"));
    assertEquals(
        new Layer.Dropout(0.1),
        asked.ofAnyPhotos(any -> any.search().space().with("modern", drawn)).layers().get(10));
  }

  @Test
  void aKeyOfOneArchitectureGoesOverThatOfAll() {
    SearchSpace space =
        space("batch { choice = [1] }, architectures.mlp { batch { choice = [2] } }");
    assertEquals("1", space.of("conv24").get("batch").value(0));
    assertEquals("2", space.of("mlp").get("batch").value(0));
  }

  @Test
  void aKeyInQuotesIsThePathInThem() {
    SearchSpace space = space("\"architectures.mlp.optimizer.learning-rate\" { choice = [2] }");
    assertEquals(List.of("optimizer.learning-rate"), List.copyOf(space.of("mlp").keySet()));
    assertTrue(space.of("conv24").isEmpty());
  }

  @Test
  void logarithmsOfALogUniformSettingAreEven() {
    Distribution rate =
        space("optimizer.learning-rate { log-uniform = [1e-5, 1e-1] }")
            .of("mlp")
            .get("optimizer.learning-rate");
    assertEquals("1.0E-5", rate.value(0));
    assertEquals("0.001", rate.value(0.5));
    assertEquals("0.01", rate.value(0.75));
  }

  @Test
  void aUniformSettingIsEven() {
    Distribution decay = space("weight-decay { uniform = [-1, 3] }").of("mlp").get("weight-decay");
    assertEquals("-1.0", decay.value(0));
    assertEquals("0.0", decay.value(0.25));
  }

  @Test
  void wholeNumbersHaveBothEndsInThem() {
    Distribution epochs = space("epochs { int = [2, 4] }").of("mlp").get("epochs");
    assertEquals("2", epochs.value(0));
    assertEquals("3", epochs.value(0.5));
    assertEquals("4", epochs.value(Math.nextDown(1.0)));
  }

  @Test
  void aChoiceIsOfValuesOfAnyKind() {
    Distribution stop =
        space("stop { choice = [null, { metric = auc, patience = 2 }] }").of("mlp").get("stop");
    assertEquals("null", stop.value(0.4));
    assertEquals("{metric=auc,patience=2}", stop.value(0.5));
  }

  @Test
  void aDrawnLearningRateIsTheArchitectures() {
    Architecture mlp =
        drawn(
            "optimizer.learning-rate { log-uniform = [1e-5, 1e-2] }",
            "mlp",
            "optimizer.learning-rate",
            "0.002");
    assertEquals(0.002, mlp.optimizer().learningRate());
    assertEquals("mlp", mlp.name());
  }

  @Test
  void theWidthOfALayerIsDrawnByItsNumber() {
    Architecture conv24 =
        drawn(
            "architectures.conv24.layers.3.dense { int = [8, 48] }",
            "conv24",
            "layers.3.dense",
            "9");
    assertEquals(new Layer.Dense(9, Activation.RELU), conv24.layers().get(2));
    assertEquals(new Layer.Dense(128, Activation.RELU), conv24.layers().get(3));
  }

  @Test
  void theNumberOfLayersIsDrawnWithAWidthOfThem() {
    Architecture mlp =
        drawn(
            "layers { choice = [[{ dense = 3 }, { dense = 4 }]] }, layers.1.dense { int = [5, 6] }",
            "mlp",
            "layers",
            "[{dense=3},{dense=4}]",
            "layers.1.dense",
            "6");
    assertEquals(
        List.of(new Layer.Dense(6, Activation.RELU), new Layer.Dense(4, Activation.RELU)),
        mlp.layers());
  }

  @Test
  void aWholeBlockThatIsDrawnReplacesTheOneThatIsThere() {
    Architecture mlp =
        drawn(
            "optimizer { choice = [{ name = sgd, learning-rate = 1 }] }",
            "mlp",
            "optimizer",
            "{name=sgd,learning-rate=1}");
    assertEquals(new Optimizer.Sgd(1), mlp.optimizer());
  }

  @Test
  void aKeyThatNoArchitectureHasIsToldWithItsLine() {
    SearchSpace space = space("optimizer.learning-rat { choice = [1] }");
    String message =
        assertThrows(
                UserException.class,
                () -> space.with("mlp", new TreeMap<>(Map.of("optimizer.learning-rat", "1"))))
            .getMessage();
    assertEquals(
        "search.space.optimizer.learning-rat draws 1: my.conf:2: architectures.mlp.optimizer.learning-rat"
            + " is not a setting: did you mean learning-rate? known here are beta1, beta2, epsilon,"
            + " learning-rate, name.",
        message);
  }

  @Test
  void aLayerThatIsNotThereIsTold() {
    SearchSpace space = space("layers.2.dense { int = [1, 2] }");
    String message =
        assertThrows(
                UserException.class,
                () -> space.with("mlp", new TreeMap<>(Map.of("layers.2.dense", "1"))))
            .getMessage();
    assertEquals(
        "search.space.layers.2.dense draws 1: my.conf:2: architectures.mlp.layers is a list of 1: 2 must"
            + " be a number from 1 to 1.",
        message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "space.batch = 32|space.batch is 32: it must be a distribution, such as { log-uniform = [1e-5,"
            + " 1e-2] } or { choice = [32, 64] }.",
        "space = batch|space is \"batch\": it must be an object, in braces.",
        "space.optimizer {}|space.optimizer is {}: it must be a distribution, such as { log-uniform ="
            + " [1e-5, 1e-2] } or { choice = [32, 64] }.",
        "space.batch { int = [1, 2], choice = [3] }|space.batch is {\"choice\":[3],\"int\":[1,2]}: it"
            + " must be one of log-uniform, uniform, int, choice, such as { int = [8, 64] }.",
        "space.batch.int = [2, 1]|space.batch.int is [2,1]: it must be two whole numbers, the smaller"
            + " first, as in [16, 128].",
        "space.batch.int = [2]|space.batch.int is [2]: it must be two whole numbers, the smaller first,"
            + " as in [16, 128].",
        "space.batch.int = [1, 2.5]|space.batch.int [2] is 2.5: it must be a whole number.",
        "space.batch.uniform = [2, 1]|space.batch.uniform is [2,1]: it must be two numbers, the smaller"
            + " first, as in [0, 0.5].",
        "space.batch.uniform = [a, 1]|space.batch.uniform is [\"a\",1]: it must be two numbers, the"
            + " smaller first, as in [0, 0.5].",
        "space.batch.log-uniform = [0, 1]|space.batch.log-uniform is [0,1]: it must be two numbers above"
            + " 0, the smaller first, as in [1e-5, 1e-2].",
        "space.batch.choice = []|space.batch.choice is []: it must be a list of one value or more, as in"
            + " [32, 64].",
        "space.architectures.conv42.batch.choice = [1]|space.architectures.conv42.batch: there is no"
            + " architecture conv42: did you mean conv24? the settings have conv128x2, conv24, conv48x2,"
            + " conv64-128, mlp, modern.",
        "space.architectures.mlp.choice = [1]|space.architectures.mlp is {\"choice\":[1]}: it must be an"
            + " object with keys of an architecture, such as optimizer.learning-rate, in it.",
        "trials = 0|trials is 0: it must be a whole number from 1 to 10000.",
        "minutes = 0|minutes is 0: it must be none or a number above 0.",
        "image-passes = 0|image-passes is 0: it must be none or a whole number of at least 1.",
        "min-epochs = 0|min-epochs is 0: it must be a whole number of at least 1.",
        "reduction = 1|reduction is 1: it must be a whole number of at least 2.",
        "best = 0|best is 0: it must be a whole number of at least 1.",
        "sampler = sobel|sampler is \"sobel\": did you mean sobol? it must be one of random, sobol,"
            + " halton.",
        "trial = 3|trial is not a setting: did you mean trials? known here are baseline, best, image-passes,"
            + " metric, min-epochs, minutes, reduction, sampler, seed, space, trials.",
      })
  void aMistakeIsToldWithItsLine(String text, String told) {
    assertEquals("my.conf:1: search." + told, message("search." + text));
  }
}
