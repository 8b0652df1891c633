package io.convoy.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.convoy.failure.UserException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackgroundWriterTest {
  private final List<Integer> written = Collections.synchronizedList(new ArrayList<>());

  @Test
  void whatIsHandedInIsWrittenInOrder() {
    try (BackgroundWriter writer = new BackgroundWriter()) {
      for (int i = 0; i < 20; i++) {
        int number = i;
        writer.write(() -> written.add(number));
      }
    }
    assertEquals(IntStream.range(0, 20).boxed().toList(), written);
  }

  @Test
  void theOneWhoHandsInDoesNotWait() {
    CountDownLatch handedIn = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    try (BackgroundWriter writer = new BackgroundWriter()) {
      writer.write(
          () -> {
            threads.add(Thread.currentThread());
            await(handedIn);
          });
      // Would never be reached by one who waited.
      handedIn.countDown();
    }
    assertNotEquals(List.of(Thread.currentThread()), threads);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aFailureIsThrownWhereTheNextIsHandedIn() {
    UserException full = new UserException("the disk is full");
    try (BackgroundWriter writer = new BackgroundWriter()) {
      writer.write(
          () -> {
            throw full;
          });
      assertSame(full, assertThrows(UserException.class, () -> writer.write(() -> written.add(1))));
    }
    assertEquals(List.of(), written);
  }

  @Test
  void aFailureOfTheLastIsThrownAtTheEnd() {
    UserException full = new UserException("the disk is full");
    BackgroundWriter writer = new BackgroundWriter();
    writer.write(
        () -> {
          throw full;
        });
    assertSame(full, assertThrows(UserException.class, writer::close));
  }
}
