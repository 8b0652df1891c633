package io.convoy.predict;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecisionTest {

  @ParameterizedTest
  @CsvSource({"0.3, 0.31, cat", "0.3, 0.29, dog", "0.3, 0.3, dog", "0, 0.0, dog", "1, 1.0, dog"})
  void aGreaterProbabilityThanTheThresholdIsTheSecondClass(
      double threshold, float probability, String decided) {
    assertEquals(
        Optional.of(decided),
        new Decision(List.of("dog", "cat"), threshold).of(new float[] {probability}));
  }

  @ParameterizedTest
  @CsvSource({"0.2, 0.3, 0.5, tulip", "0.4, 0.2, 0.4, daisy", "0.3, 0.4, 0.3, rose"})
  void ofMoreThanTwoClassesTheMostProbableCountsTheFirstOfEquals(
      float daisy, float rose, float tulip, String decided) {
    assertEquals(
        Optional.of(decided),
        new Decision(List.of("daisy", "rose", "tulip"), 0.9).of(new float[] {daisy, rose, tulip}));
  }

  @Test
  void oneThatIsNoNumberAmongManyIsNoClass() {
    assertEquals(
        Optional.empty(),
        new Decision(List.of("daisy", "rose", "tulip"), 0.5).of(new float[] {0.9f, Float.NaN, 0}));
  }

  @Test
  void whatIsNoNumberIsNoClass() {
    assertEquals(
        Optional.empty(), new Decision(List.of("dog", "cat"), 0.5).of(new float[] {Float.NaN}));
  }
}
