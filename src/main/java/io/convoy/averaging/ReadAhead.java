package io.convoy.averaging;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
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
  /** Things that are read while another is in use. */
  static final int AHEAD = 2;

  private static final long LOOK_UP_SECONDS = 1;

  private final Function<String, T> reader;
  private final BooleanSupplier killed;
  private final Queue<Asked<T>> asked = new ArrayDeque<>();
  private Iterator<String> paths;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread reading = new Thread(work, "convoy-read-ahead");
            reading.setDaemon(true);
            return reading;
          });

  private record Asked<T>(String path, Future<T> thing) {}

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
    while (asked.size() < AHEAD && paths.hasNext()) {
      String path = paths.next();
      asked.add(new Asked<>(path, thread.submit(() -> reader.apply(path))));
    }
  }

  /**
   * Reads other things from now on; those that are read already, where it begins with them, are not
   * read again.
   */
  void goOn(List<String> next) {
    List<String> there = asked.stream().map(Asked::path).toList();
    if (there.size() > next.size() || !there.equals(next.subList(0, there.size()))) {
      asked.forEach(each -> each.thing.cancel(false));
      asked.clear();
    }
    paths = next.subList(asked.size(), next.size()).iterator();
    ask();
  }

  @Override
  public boolean hasNext() {
    return !asked.isEmpty();
  }

  @Override
  public T next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    T next = take(asked.remove().thing);
    ask();
    return next;
  }

  private T take(Future<T> thing) {
    while (!killed.getAsBoolean()) {
      try {
        return thing.get(LOOK_UP_SECONDS, TimeUnit.SECONDS);
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
