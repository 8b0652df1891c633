package io.convoy.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings of the command line, {@code --set}. */
class CommandLineSettingsTest {
  private static final String BLOCK =
      " { layers = [], loss = mse, optimizer { name = sgd, learning-rate = 1 }, batch = 1, epochs = 1 }\n";

  private static List<String> names(Settings settings) {
    return settings.architectures().stream().map(Architecture::name).toList();
  }

  @Test
  void theCommandLineGoesOverTheFile() {
    Settings settings =
        new SettingsLoader()
            .load("images.height = 47", "my.conf", Map.of("images.height", "50"))
            .settings();
    assertEquals(50, settings.images().height());
  }

  @Test
  void theLaterOfTwoOverridesWins() {
    Map<String, String> overrides = new LinkedHashMap<>();
    overrides.put("images.height", "50");
    overrides.put("images", "{ height = 51 }");
    assertEquals(51, new SettingsLoader().load("", "none", overrides).settings().images().height());
  }

  @Test
  void anOverrideMayBeAList() {
    Settings settings =
        new SettingsLoader().load("", "none", Map.of("images.classes", "[owl, fox]")).settings();
    assertEquals(List.of("owl", "fox"), settings.images().classes());
  }

  @Test
  void theAveragingFrequencyOfAConfCanBeLeftOpenOnTheCommandLine() {
    Settings settings =
        new SettingsLoader()
            .load(
                "train.averaging-frequency = 8",
                "my.conf",
                Map.of("train.averaging-frequency", "auto"))
            .settings();
    assertEquals(Optional.empty(), settings.train().averagingFrequency());
    assertEquals(AveragingFrequency.BASE, settings.train().usualFrequency());
  }

  @Test
  void theOuterMomentumOfTheFileCanBeTurnedOffOnTheCommandLine() {
    Settings settings =
        new SettingsLoader()
            .load("train.outer { momentum = 0.5 }", "my.conf", Map.of("train.outer", "none"))
            .settings();
    assertEquals(Optional.empty(), settings.train().outer());
  }

  @Test
  void theCommandLineChangesAnArchitectureAndChoosesNone() {
    Settings settings =
        new SettingsLoader()
            .load("", "my.conf", Map.of("architectures.conv24.epochs", "3"))
            .settings();
    assertEquals(new SettingsLoader().defaultArchitectures(), names(settings));
    assertEquals(3, settings.select(List.of("conv24")).architectures().get(0).epochs());
  }

  @Test
  void aNewArchitectureOfTheCommandLineIsTrainedAsOneOfTheFile() {
    assertEquals(
        List.of("elk"),
        names(
            new SettingsLoader()
                .load("", "my.conf", Map.of("architectures.elk", BLOCK.strip()))
                .settings()));
  }

  @Test
  void anArchitectureOfTheFileCanBeRemovedOnTheCommandLine() {
    Settings settings =
        new SettingsLoader()
            .load("architectures.own" + BLOCK, "my.conf", Map.of("architectures.own", "null"))
            .settings();
    assertEquals(new SettingsLoader().defaultArchitectures(), names(settings));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "architectures.residual10.optimizer={ name = adam, learning-rate = 1e-3 }",
        "architectures.residual10={ optimizer { name = adam, learning-rate = 1e-3 } }",
        "architectures={ residual10 { optimizer { name = adam, learning-rate = 1e-3 } } }"
      })
  void anOptimizerOfAnotherNameReplacesTheOneOfTheFileWhole(String override) {
    String[] parts = override.split("=", 2);
    assertEquals(
        new Optimizer.Adam(1e-3, 0.9, 0.999, 1e-8), cifar(Map.of(parts[0], parts[1])).optimizer());
  }

  @Test
  void aScheduleOfAnotherNameReplacesTheOneOfTheFileWhole() {
    assertEquals(
        new Schedule.Constant(0),
        cifar(Map.of("architectures.residual10.schedule", "{ name = constant }"))
            .recipe()
            .schedule());
  }

  @Test
  void aKeyOfAnOptimizerLeavesTheOthersOfTheFile() {
    assertEquals(
        new Optimizer.Nesterov(0.2, 0.9),
        cifar(Map.of("architectures.residual10.optimizer.learning-rate", "0.2")).optimizer());
  }

  private static Architecture cifar(Map<String, String> overrides) {
    return new SettingsLoader()
        .load(List.of(ConfFile.shipped("cifar")), overrides)
        .settings()
        .architectures()
        .get(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"pets#2", "a//b", "/models//pets.zip", "s3a://lab/run#2", "pets # two"})
  void whatHoconTakesForACommentBelongsToAWord(String word) {
    assertEquals(
        word,
        new SettingsLoader()
            .load("", "none", Map.of("tracking.experiment", word))
            .tracking()
            .experiment());
  }
}
