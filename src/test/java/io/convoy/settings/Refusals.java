package io.convoy.settings;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.convoy.failure.UserException;
import java.util.Map;

/** The messages, of one line each, that settings are refused with. */
final class Refusals {
  private Refusals() {}

  static String message(String text, Map<String, String> overrides) {
    String message =
        assertThrows(
                UserException.class, () -> new SettingsLoader().load(text, "my.conf", overrides))
            .getMessage();
    assertFalse(message.contains("\n"), message);
    return message;
  }

  static String message(String text) {
    return message(text, Map.of());
  }

  static String layerMessage(String layers) {
    return message("\narchitectures.mlp.layers = [\n" + layers + "\n]");
  }
}
