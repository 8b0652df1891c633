package io.convoy.settings;

import static io.convoy.settings.Refusals.message;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A conf whose text is refused, and what a message tells of the values in it. */
class ConfTextErrorsTest {
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

  @ParameterizedTest
  @ValueSource(strings = {"{", "["})
  void aConfOfAnyDepthIsRefusedInOneLine(String bracket) {
    String message = message("images.height = " + bracket.repeat(30_000));
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
  void percentSignsInAValueStayAsTheyAre() {
    assertTrue(message("images.label-rule = \"%d%s\"").contains("\"%d%s\""));
  }
}
