package io.convoy.averaging;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.apache.spark.TaskKilledException;

/**
 * Reads the next things while the last one is in use, by a thread of its own. What goes wrong there
 * is thrown to who asks for the thing: DL4J's {@code AsyncDataSetIterator} waits for ever where its
 * thread dies.
 */
final class ReadAhead<T> implements Iterator<T>, AutoCloseable {
  private static final int AHEAD = 2;
  private static final long LOOK_UP_SECONDS = 1;

  private final Iterator<String> paths;
  private final Function<String, T> reader;
  private final BooleanSupplier killed;
  private final Queue<Future<T>> read = new ArrayDeque<>();
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread reading = new Thread(work, "convoy-read-ahead");
            reading.setDaemon(true);
            return reading;
          });

  /**
   * @param paths of the things, in their order
   * @param reader of one
   * @param killed whether nobody waits any more
   */
  ReadAhead(Iterator<String> paths, Function<String, T> reader, BooleanSupplier killed) {
    this.paths = paths;
    this.reader = reader;
    this.killed = killed;
    ask();
  }

  private void ask() {
    while (read.size() < AHEAD && paths.hasNext()) {
      String path = paths.next();
      read.add(thread.submit(() -> reader.apply(path)));
    }
  }

  @Override
  public boolean hasNext() {
    return !read.isEmpty();
  }

  @Override
  public T next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    T next = take(read.remove());
    ask();
    return next;
  }

  private T take(Future<T> asked) {
    while (!killed.getAsBoolean()) {
      try {
        return asked.get(LOOK_UP_SECONDS, TimeUnit.SECONDS);
      } catch (TimeoutException e) {
        // A slow store; or the task has been killed meanwhile.
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new TaskKilledException();
      } catch (ExecutionException e) {
        throw asItWas(e.getCause());
      }
    }
    throw new TaskKilledException();
  }

  /** The reader declares no exceptions: all others are errors. */
  private static RuntimeException asItWas(Throwable thrown) {
    if (thrown instanceof RuntimeException failed) {
      return failed;
    }
    throw (Error) thrown;
  }

  /** Ends the thread, though it be reading. */
  @Override
  public void close() {
    thread.shutdownNow();
  }
}
