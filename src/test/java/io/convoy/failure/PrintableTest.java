package io.convoy.failure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PrintableTest {
  @Test
  void whatATerminalWouldObeyIsReplaced() {
    assertEquals("cat?[31m?1?2?.jpg", Printable.of("cat\u001B[31m\n1\r2\u009B.jpg"));
    assertEquals("cat?gpj.exe", Printable.of("cat\u202Egpj.exe"));
  }

  @Test
  void lettersOfAllLanguagesStay() {
    assertEquals("猫 é 'x' \"y\" 🐈.jpg", Printable.of("猫 é 'x' \"y\" 🐈.jpg"));
  }

  @Test
  void theEndsOfLinesStayWhereLinesAreMeant() {
    assertEquals("a\n\tb?c", Printable.lines("a\n\tb\u001Bc"));
  }

  @Test
  void anErrorIsOneLineWhateverNameItHas() {
    assertEquals("/photos/a?b: gone.", new UserException("%s: gone.", "/photos/a\nb").getMessage());
  }
}
