package io.convoy.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.convoy.settings.SplitSettings.ByShares;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SplitRuleTest {
  @ParameterizedTest
  @CsvSource({"00, TRAIN", "7f, TRAIN", "80, VALIDATION", "bf, VALIDATION", "c0, TEST", "ff, TEST"})
  void theHashAsAFractionDecidesTheShare(String start, Split split) {
    assertEquals(split, SplitRule.byShares(hash(start), new ByShares(0.5, 0.25, 0.25)));
  }

  @Test
  void withoutATestShareRoundingLeavesNoTestImages() {
    assertEquals(
        Split.VALIDATION, SplitRule.byShares("f".repeat(64), new ByShares(0.7, 0.3 - 1e-12, 0)));
  }

  @ParameterizedTest
  @CsvSource({"1, TRAIN", "3, TRAIN", "4, VALIDATION", "5, VALIDATION", "6, TEST"})
  void theRankDecidesTheCount(int rank, Split split) {
    assertEquals(split, SplitRule.byCounts(rank, 3, 2));
  }

  @Test
  void anOddCountGivesTheLastClassOneMore() {
    assertEquals(3, SplitRule.perClass(7, 0, 2));
    assertEquals(4, SplitRule.perClass(7, 1, 2));
  }

  private static String hash(String start) {
    return start + "0".repeat(64 - start.length());
  }
}
