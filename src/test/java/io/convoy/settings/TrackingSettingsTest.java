package io.convoy.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.failure.UserException;
import io.convoy.settings.TrackingSettings.Files;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrackingSettingsTest {
  private static ResolvedSettings load(String text) {
    return new SettingsLoader().load(text, "my.conf", Map.of());
  }

  private static String message(String text) {
    return assertThrows(UserException.class, () -> load(text)).getMessage();
  }

  @Test
  void nothingIsTrackedByDefault() {
    assertEquals(new TrackingSettings(Optional.empty(), "convoy", Files.ALL), load("").tracking());
  }

  @Test
  void aServerIsNamedByItsAddress() {
    TrackingSettings tracking =
        load("""
                tracking {
                  uri = "https://lab.example:8443/mlflow/"
                  experiment = "Cats, dogs"
                  files = no-models
                }
                """)
            .tracking();
    assertEquals(
        new TrackingSettings(
            Optional.of(URI.create("https://lab.example:8443/mlflow")),
            "Cats, dogs",
            Files.NO_MODELS),
        tracking);
  }

  @Test
  void onTheCommandLineAnAddressNeedsNoQuotes() {
    Map<String, String> overrides = Map.of("tracking.uri", "http://mlflow:5000");
    assertEquals(
        Optional.of(URI.create("http://mlflow:5000")),
        new SettingsLoader().load("", "", overrides).tracking().server());
  }

  @Test
  void whereARunIsTrackedIsNoPartOfItsSettings() {
    ResolvedSettings tracked = load("tracking.uri = \"http://mlflow:5000\"");
    assertEquals(load("").hocon(), tracked.hocon());
    assertFalse(tracked.withSearch().hocon().contains("mlflow"));
    assertEquals(tracked.tracking(), tracked.repeated().withSearch().tracking());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mlruns",
        "\"file:/tmp/mlruns\"",
        "\"mlflow:5000\"",
        "\"ftp://mlflow\"",
        "\"http://\"",
        "\"http://a b\"",
        "\"http://mlflow:5000?user=me\"",
        "\"http://mlflow:5000/#/experiments/1\"",
        "[]"
      })
  void whatIsNoAddressOfAServerIsRefused(String uri) {
    assertTrue(
        message("tracking.uri = " + uri)
            .endsWith(
                ": it must be none, or the address of an MLflow server, as in"
                    + " \"http://mlflow:5000\"."),
        () -> message("tracking.uri = " + uri));
  }

  @Test
  void aPasswordInTheAddressIsRefusedAndNotShown() {
    assertEquals(
        "my.conf:1: tracking.uri has a name or a password in it: leave them out, and set the"
            + " variables MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD.",
        message("tracking.uri = \"http://me:hush@mlflow:5000\""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tracking.url = none | my.conf:1: tracking.url is not a setting: did you mean uri? known here"
            + " are experiment, files, uri.",
        "tracking.experiment = \"\" | my.conf:1: tracking.experiment is \"\": it must be a name of 1 to"
            + " 500 letters.",
        "tracking.files = some | my.conf:1: tracking.files is \"some\": it must be one of all,"
            + " no-models, none."
      })
  void mistakesAreToldWithTheirPlace(String text, String told) {
    assertEquals(told, message(text));
  }

  @Test
  void settingsAreOneLevelOfKeysForAServer() {
    Settings settings = load("images.classes = [dog, cat]").settings();
    assertEquals("94", settings.leaves().get("images.height"));
    assertEquals("[dog,cat]", settings.leaves().get("images.classes"));
    assertTrue(settings.leaves().keySet().stream().noneMatch(key -> key.startsWith("architec")));
    Map<String, String> conv24 = settings.architectures().get(1).leaves();
    assertEquals("24", conv24.get("layers.1.conv"));
    assertEquals("128", conv24.get("layers.4.dense"));
    assertEquals("adam", conv24.get("optimizer.name"));
    assertEquals("5", conv24.get("epochs"));
  }
}
