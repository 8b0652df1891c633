package io.convoy.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.convoy.settings.SplitWay.ByShares;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SharesSplitTest {
  @ParameterizedTest
  @CsvSource({"00, TRAIN", "7f, TRAIN", "80, VALIDATION", "bf, VALIDATION", "c0, TEST", "ff, TEST"})
  void theHashAsAFractionDecidesTheShare(String start, Split split) {
    assertEquals(split, split(new ByShares(0.5, 0.25, 0.25), start + "0".repeat(62)));
  }

  @Test
  void withoutATestShareRoundingLeavesNoTestImages() {
    assertEquals(Split.VALIDATION, split(new ByShares(0.7, 0.3 - 1e-12, 0), "f".repeat(64)));
  }

  /** No photo is moved for the sake of a class, as the data set has none. */
  private static Split split(ByShares shares, String hash) {
    return new SharesSplit(shares, List.of(), LabelledPhoto::hash)
        .of(new LabelledPhoto("cat.jpg", 0, hash, 1, 1));
  }
}
