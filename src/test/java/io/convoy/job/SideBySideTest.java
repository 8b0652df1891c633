package io.convoy.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.failure.UserException;
import io.convoy.spark.ExecutorPoll.Executor;
import io.convoy.spark.ExecutorSeats;
import io.convoy.spark.ExecutorSeats.Seat;
import io.convoy.spark.SharedSpark;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.function.Consumer;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SideBySideTest {
  private static final List<Executor> EXECUTORS =
      List.of(new Executor("0", "a", 1), new Executor("1", "b", 1));

  private final Queue<Consumer<Seat>> pieces = new ArrayDeque<>();
  private final Set<String> seen = Collections.synchronizedSet(new TreeSet<>());

  @Test
  void asManyPiecesRunAtOnceAsThereAreExecutorsEachOnItsOwn() {
    CyclicBarrier meeting = new CyclicBarrier(2);
    for (int piece = 0; piece < 4; piece++) {
      pieces.add(
          seat -> {
            seen.add(seat.get().get(0).id());
            meet(meeting);
          });
    }

    run(2);

    assertEquals(Set.of("0", "1"), seen);
  }

  @Test
  void withRoomForOneTheyGoOneAfterTheOther() {
    StringBuilder order = new StringBuilder();
    for (String piece : List.of("a", "b", "c")) {
      pieces.add(seat -> order.append(piece));
    }

    run(1);

    assertEquals("abc", order.toString());
  }

  @Test
  void whatOnePieceFailsWithIsThrownAndNoOtherIsBegun() {
    pieces.add(
        seat -> {
          throw new UserException("the store is down");
        });
    pieces.add(seat -> seen.add("begun"));

    assertThrows(UserException.class, () -> run(1));
    assertEquals(Set.of(), seen);
  }

  /** What the job of another program, in the same application, waits for. */
  private static final CountDownLatch RELEASED = new CountDownLatch(1);

  /** That the job of a piece is at work. */
  private static final CountDownLatch BEGUN = new CountDownLatch(1);

  @Test
  void thePiecesBesideOneThatFailsEndAsOfTheRunAndJobsOfOtherProgramsGoOn() throws Exception {
    JavaSparkContext context = SharedSpark.context();
    JavaFutureAction<Void> other =
        context.parallelize(List.of(1), 1).foreachAsync(part -> RELEASED.await());
    Queue<Throwable> stopped = new ConcurrentLinkedQueue<>();
    pieces.add(
        seat -> {
          await(BEGUN);
          throw new UserException("the store is down");
        });
    pieces.add(
        seat -> {
          context.setLocalProperty("spark.job.interruptOnCancel", "true");
          try {
            context
                .parallelize(List.of(1), 1)
                .foreach(
                    part -> {
                      BEGUN.countDown();
                      new CountDownLatch(1).await();
                    });
          } catch (Throwable e) {
            stopped.add(e);
            throw e;
          }
        });

    assertThrows(UserException.class, () -> run(2));
    RELEASED.countDown();
    other.get();

    assertEquals(1, stopped.size());
    assertTrue(Trials.isOfTheRun(stopped.peek()), () -> stopped.toString());
  }

  @Test
  void aCheckedExceptionOfSparksIsTheCauseOfWhatIsThrown() {
    SparkException failure = new SparkException("a stage failed");
    pieces.add(seat -> undeclared(failure));

    assertSame(failure, assertThrows(IllegalStateException.class, () -> run(1)).getCause());
  }

  /** As Scala does. */
  @SuppressWarnings("unchecked")
  private static <T extends Throwable> void undeclared(Throwable thrown) throws T {
    throw (T) thrown;
  }

  private void run(int room) {
    new SideBySide(SharedSpark.context().sc(), new ExecutorSeats(() -> EXECUTORS), () -> room)
        .run(() -> Optional.ofNullable(pieces.poll()));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void meet(CyclicBarrier barrier) {
    try {
      barrier.await();
    } catch (InterruptedException | BrokenBarrierException e) {
      throw new IllegalStateException(e);
    }
  }
}
