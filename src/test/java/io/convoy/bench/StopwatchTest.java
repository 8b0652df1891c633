package io.convoy.bench;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;

class StopwatchTest {
  private static final double EPSILON = 1e-9;

  private final Hands hands = new Hands();
  private final StringBuilder order = new StringBuilder();

  private static final class Hands implements Stopwatch.Clock {
    private double now;
    private int pauses;

    @Override
    public double seconds() {
      return now;
    }

    @Override
    public void pause() {
      pauses++;
    }
  }

  private Runnable work(String name, DoubleSupplier seconds) {
    return () -> {
      order.append(name);
      hands.now += seconds.getAsDouble();
    };
  }

  @Test
  void itTellsTheMedianOfTheTurnsAfterATimeThatDoesNotCount() {
    List<Double> seconds = List.of(3.9, 3.0, 50.0, 4.0);
    Runnable uneven = work("a", () -> seconds.get(order.length() - 1));
    assertArrayEquals(new double[] {4}, new Stopwatch(3, hands).medians(uneven), EPSILON);
  }

  @Test
  void theFirstTimeOfALongWorkIsATurn() {
    List<Double> seconds = List.of(4.0, 3.0, 50.0);
    Runnable uneven = work("a", () -> seconds.get(order.length() - 1));
    assertArrayEquals(new double[] {4}, new Stopwatch(3, hands).medians(uneven), EPSILON);
  }

  @Test
  void aLongWorkRestsInTheFirstTurnOfTheOthers() {
    new Stopwatch(3, hands).medians(work("a", () -> 3), work("b", () -> 4));
    assertEquals("ab" + "a" + "ba" + "ab", order.toString());
  }

  @Test
  void eachTurnBeginsWithAnotherWork() {
    new Stopwatch(3, hands).medians(work("a", () -> 1), work("b", () -> 2), work("c", () -> 3));
    assertEquals("abc" + "abc" + "bca" + "cab", order.toString());
  }

  @Test
  void thereIsAPauseBeforeEachTurnOfAWork() {
    new Stopwatch(3, hands).medians(work("a", () -> 2), work("b", () -> 3));
    assertEquals(6, hands.pauses);
  }

  @Test
  void aShortWorkIsTimedOverHalfASecond() {
    double[] seconds = new Stopwatch(1, hands).medians(work("a", () -> 0.1), work("b", () -> 20));
    assertArrayEquals(new double[] {0.1, 20}, seconds, EPSILON);
    assertEquals("aab" + "a" + "aaaaa", order.toString());
  }

  @Test
  void shortTurnsAreRepeatedThriceAsOften() {
    new Stopwatch(2, hands).medians(work("a", () -> 0.5));
    assertEquals(6, hands.pauses);
  }
}
