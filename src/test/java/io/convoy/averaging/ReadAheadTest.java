package io.convoy.averaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.apache.spark.TaskKilledException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ReadAheadTest {
  private static ReadAhead<String> of(Function<String, String> reader) {
    return new ReadAhead<>(List.of("a", "b", "c", "d").iterator(), reader, () -> false);
  }

  @Test
  void thingsComeInTheirOrder() {
    List<String> read = new ArrayList<>();
    try (ReadAhead<String> ahead = of(path -> path + path)) {
      ahead.forEachRemaining(read::add);
    }
    assertEquals(List.of("aa", "bb", "cc", "dd"), read);
  }

  @Test
  void whatIsReadAheadIsNotReadAgain() {
    List<String> asked = Collections.synchronizedList(new ArrayList<>());
    try (ReadAhead<String> ahead =
        of(
            path -> {
              asked.add(path);
              return path;
            })) {
      assertEquals("a", ahead.next());
      ahead.goOn(List.of("b", "c", "e"));
      List<String> read = new ArrayList<>();
      ahead.forEachRemaining(read::add);
      assertEquals(List.of("b", "c", "e"), read);
    }
    assertEquals(List.of("a", "b", "c", "e"), asked);
  }

  @Test
  void otherThingsThanThoseThatAreReadAheadTakeTheirPlace() {
    try (ReadAhead<String> ahead = of(path -> path)) {
      ahead.goOn(List.of("b", "a"));
      List<String> read = new ArrayList<>();
      ahead.forEachRemaining(read::add);
      assertEquals(List.of("b", "a"), read);
    }
  }

  @Test
  void anErrorOfTheReaderIsThrownToWhoAsks() {
    OutOfMemoryError error = new OutOfMemoryError("made up");
    try (ReadAhead<String> ahead =
        of(
            path -> {
              throw error;
            })) {
      assertSame(error, assertThrows(OutOfMemoryError.class, ahead::next));
    }
  }

  @Test
  void aKilledTaskDoesNotWaitForTheReader() {
    CountDownLatch never = new CountDownLatch(1);
    try (ReadAhead<String> ahead =
        new ReadAhead<>(List.of("a").iterator(), path -> await(never), () -> true)) {
      assertThrows(TaskKilledException.class, ahead::next);
    }
  }

  @Test
  void theReadingThreadIsInterruptedWhenTheTaskEnds() throws InterruptedException {
    CountDownLatch reading = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    ReadAhead<String> ahead =
        new ReadAhead<>(
            List.of("a").iterator(),
            path -> {
              reading.countDown();
              String how = await(new CountDownLatch(1));
              interrupted.countDown();
              return how;
            },
            () -> false);
    reading.await();
    ahead.close();
    interrupted.await();
    assertEquals(0, interrupted.getCount());
  }

  private static String await(CountDownLatch latch) {
    try {
      latch.await();
      return "opened";
    } catch (InterruptedException e) {
      return "interrupted";
    }
  }
}
