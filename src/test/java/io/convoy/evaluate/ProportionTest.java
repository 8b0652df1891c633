package io.convoy.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProportionTest {
  /** Newcombe 1998, Statistics in Medicine 17:857, table I, method 3. */
  @ParameterizedTest
  @CsvSource({
    "81, 263, 0.2553, 0.3662",
    "15, 148, 0.0624, 0.1605",
    "0, 20, 0.0000, 0.1611",
    "1, 29, 0.0061, 0.1718"
  })
  void sharesHaveTheIntervalsThatNewcombePublished(
      long hits, long trials, double low, double high) {
    Estimate share = Proportion.of(hits, trials);
    assertEquals((double) hits / trials, share.value());
    assertEquals(low, share.low(), 5e-5);
    assertEquals(high, share.high(), 5e-5);
  }

  /** {@code statsmodels.stats.proportion.proportion_confint(780, 1024, method="wilson")}, 0.15. */
  @ParameterizedTest
  @CsvSource({
    "780, 1024, 0.7346770649516435, 0.7868041376211597",
    "35, 40, 0.738878801611489, 0.945404997490546"
  })
  void sharesHaveTheIntervalsOfStatsmodels(long hits, long trials, double low, double high) {
    Estimate share = Proportion.of(hits, trials);
    assertEquals(low, share.low(), 1e-12);
    assertEquals(high, share.high(), 1e-12);
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "1, 1", "0, 7", "7, 7", "1000000, 1000000"})
  void anIntervalStaysWithinZeroAndOneAndHoldsItsShare(long hits, long trials) {
    Estimate share = Proportion.of(hits, trials);
    assertEquals(share.value(), Math.min(1, Math.max(0, share.value())));
    assertEquals(hits == 0 ? 0 : share.low(), share.low());
    assertEquals(hits == trials ? 1 : share.high(), share.high());
  }
}
