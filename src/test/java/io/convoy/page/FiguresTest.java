package io.convoy.page;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "999, 999",
    "1000, 1.00 k",
    "1234, 1.23 k",
    "999949, 1.00 M",
    "1234567, 1.23 M",
    "21123457, 21.1 M",
    "999499999, 999 M",
    "1200000000, 1.20 B",
  })
  void aLargeCountHasThreeDigitsAndTheLetterOfItsThousands(long count, String text) {
    assertEquals(text, Figures.compact(count).replace('\u00a0', ' '));
  }

  @ParameterizedTest
  @CsvSource({"0.25, 250 ms", "9.96, 10.0 s", "13, 13 s", "150, 2.5 min", "7200, 2.0 h"})
  void aTimeHasTheUnitThatSuitsIt(double seconds, String text) {
    assertEquals(text, Figures.duration(seconds).replace('\u00a0', ' '));
  }
}
