package io.convoy.settings;

import static io.convoy.settings.Refusals.message;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Settings of the command line, {@code --set}, that are refused. */
class CommandLineErrorsTest {
  @Test
  void anUnknownKeyOfTheCommandLineSaysSo() {
    String message = message("", Map.of("images.max-rejectd", "1"));
    assertTrue(
        message.startsWith(
            "command line: images.max-rejectd is not a setting: did you mean max-rejected?"),
        message);
  }

  @Test
  void deepKeysAreRefusedInOneLine() {
    String message = message("", Map.of("a" + ".a".repeat(30_000), "1"));
    assertTrue(message.length() < 500, message);
  }

  @Test
  void anOverrideWithoutAValueIsRefused() {
    String message = message("", Map.of("images.height", ""));
    assertTrue(message.startsWith("command line: not readable as HOCON: "), message);
  }

  @Test
  void aChangeOfAnArchitectureThatIsNotTrainedIsRefused() {
    String message = message("defaults = [mlp]", Map.of("architectures.conv24.epochs", "3"));
    assertEquals(
        "architectures.conv24 is set on the command line, but the conf trains mlp: add conv24 with"
            + " --set 'defaults=[conv24]', or leave it out.",
        message);
  }
}
