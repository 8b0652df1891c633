package io.convoy.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.convoy.spark.ExecutorPoll.Executor;
import io.convoy.spark.ExecutorSeats.Seat;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExecutorSeatsTest {
  private static final Executor FIRST = new Executor("0", "a", 1);
  private static final Executor SECOND = new Executor("1", "b", 1);

  private final List<Executor> alive = new ArrayList<>(List.of(FIRST, SECOND));
  private final ExecutorSeats seats = new ExecutorSeats(() -> List.copyOf(alive));

  @Test
  void trainingsHaveAnExecutorEach() {
    assertEquals(List.of(FIRST), seats.take().get());
    assertEquals(List.of(SECOND), seats.take().get());
  }

  @Test
  void aTrainingStaysWhereItIs() {
    Seat seat = seats.take();
    seat.get();
    alive.add(0, new Executor("2", "c", 1));

    assertEquals(List.of(FIRST), seat.get());
  }

  @Test
  void anExecutorThatIsGivenFreeIsTakenAgain() {
    Seat first = seats.take();
    first.get();
    seats.take().get();
    first.close();

    assertEquals(List.of(FIRST), seats.take().get());
  }

  @Test
  void aTrainingWhoseExecutorIsLostGetsAnother() {
    Seat seat = seats.take();
    seat.get();
    alive.remove(FIRST);

    assertEquals(List.of(SECOND), seat.get());
  }

  @Test
  void trainingsShareAnExecutorUntilAnotherIsThere() {
    alive.remove(SECOND);
    Seat one = seats.take();
    one.get();
    Seat other = seats.take();
    assertEquals(List.of(FIRST), other.get());
    alive.add(SECOND);

    assertEquals(List.of(SECOND), other.get());
    assertEquals(List.of(FIRST), one.get());
  }

  @Test
  void whereNoExecutorIsLeftThereIsNone() {
    Seat seat = seats.take();
    seat.get();
    alive.clear();

    assertEquals(List.of(), seat.get());
  }
}
