package io.convoy.search;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class BudgetTest {
  @Test
  void withoutLimitsItIsNeverSpent() {
    Budget budget = new Budget(Optional.empty(), OptionalLong.empty());
    assertEquals(Optional.empty(), budget.spent(1e9, Long.MAX_VALUE));
  }

  @Test
  void itIsSpentWhenItsMinutesAreOver() {
    Budget budget = new Budget(Optional.of(1.5), OptionalLong.empty());
    assertEquals(Optional.empty(), budget.spent(89.9, 0));
    assertEquals(Optional.of("search.minutes (1.5) are over"), budget.spent(90, 0));
  }

  @Test
  void itIsSpentWhenItsImagesHavePassed() {
    Budget budget = new Budget(Optional.empty(), OptionalLong.of(10_000));
    assertEquals(Optional.empty(), budget.spent(0, 9_999));
    assertEquals(Optional.of("search.image-passes (10,000) are spent"), budget.spent(0, 10_000));
  }
}
