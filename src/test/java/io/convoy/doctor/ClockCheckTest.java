package io.convoy.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.convoy.doctor.ClockCheck.Interval;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClockCheckTest {
  private static final Interval HERE = new Interval(1_000_000, 1_010_000);

  private static CheckResult of(long from, long to) {
    return ClockCheck.of("executor 1", "the driver", HERE, new Interval(from, to));
  }

  @ParameterizedTest
  @CsvSource({
    "1000000, 1010000, 0",
    "1003000, 1004000, 0",
    "1012000, 1013000, 3000",
    "999000, 1001000, -1000",
    "900000, 901000, -100000",
  })
  void theSkewIsTheLeastThatExplainsTheTimes(long from, long to, long skew) {
    assertEquals(skew, ClockCheck.skew(HERE, new Interval(from, to)));
  }

  @Test
  void aMinuteIsTolerated() {
    assertEquals(CheckResult.ok("60 s ahead of that of the driver"), of(1_069_000, 1_070_000));
  }

  @Test
  void moreThanAMinuteAheadFails() {
    assertEquals(
        CheckResult.failed(
            "61 s ahead of that of the driver",
            "synchronise the clock of executor 1 (chrony, NTP)"),
        of(1_070_000, 1_071_000));
  }

  @Test
  void anHourBehindFails() {
    assertEquals("3,600 s behind that of the driver", of(-2_600_000, -2_599_000).found());
  }

  @Test
  void clocksThatMayBeTheSameAgree() {
    assertEquals(CheckResult.ok("agrees with that of the driver"), of(1_001_000, 1_002_000));
  }
}
