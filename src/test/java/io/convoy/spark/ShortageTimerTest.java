package io.convoy.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.convoy.spark.ShortageTimer.State;
import io.convoy.spark.ShortageTimer.Step;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ShortageTimerTest {
  private final ShortageTimer timer =
      new ShortageTimer(Duration.ofSeconds(20), Duration.ofMinutes(10));

  private Step at(int second, State state) {
    return timer.look(state, Duration.ofSeconds(second).toNanos());
  }

  @Test
  void aShortageIsToldOnceAndThenEndsTheSession() {
    assertEquals(Step.NONE, at(100, State.SHORT));
    assertEquals(Step.NONE, at(119, State.SHORT));
    assertEquals(Step.TELL, at(120, State.SHORT));
    assertEquals(Step.NONE, at(699, State.SHORT));
    assertEquals(Step.GIVE_UP, at(700, State.SHORT));
    assertEquals(Step.NONE, at(701, State.SHORT));
  }

  @Test
  void theEndOfAShortageIsToldWhereItsBeginningWas() {
    at(0, State.SHORT);
    assertEquals(Step.NONE, at(10, State.ENOUGH));
    at(11, State.SHORT);
    assertEquals(Step.TELL, at(31, State.SHORT));
    assertEquals(Step.TELL_END, at(32, State.ENOUGH));
    assertEquals(Step.NONE, at(33, State.ENOUGH));
  }

  @Test
  void eachShortageHasItsOwnTime() {
    at(0, State.SHORT);
    at(500, State.SHORT);
    at(501, State.ENOUGH);
    at(502, State.SHORT);
    assertEquals(Step.TELL, at(700, State.SHORT));
    assertEquals(Duration.ofSeconds(198), timer.waited(Duration.ofSeconds(700).toNanos()));
  }
}
