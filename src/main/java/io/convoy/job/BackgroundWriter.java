package io.convoy.job;

import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Writes files in another thread, one piece of work after the other. A failure is thrown where the
 * next piece is handed in, or the end is waited for.
 */
final class BackgroundWriter implements AutoCloseable {
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread writer = new Thread(work, "convoy-writer");
            writer.setDaemon(true);
            return writer;
          });

  private Optional<Future<?>> last = Optional.empty();

  /** Hands in the next piece of work, once the one before is done. */
  void write(Runnable work) {
    finish();
    last = Optional.of(thread.submit(work));
  }

  /** Waits until all is written. */
  void finish() {
    Optional<Future<?>> waited = last;
    last = Optional.empty();
    if (waited.isPresent()) {
      try {
        waited.get().get();
      } catch (ExecutionException e) {
        if (e.getCause() instanceof RuntimeException failure) {
          throw failure;
        }
        throw (Error) e.getCause();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("stopped while files were written", e);
      }
    }
  }

  /** Waits as well, so that nothing is left half written where training fails. */
  @Override
  public void close() {
    try {
      finish();
    } finally {
      thread.shutdown();
    }
  }
}
