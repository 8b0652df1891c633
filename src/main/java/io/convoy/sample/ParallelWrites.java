package io.convoy.sample;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Writes small files, several at a time: on HDFS and object stores each of them waits for answers,
 * much longer than it is written.
 */
final class ParallelWrites implements AutoCloseable {
  private static final int THREADS = 16;

  /** What a task holds in memory, in files. */
  private static final int MOST_PENDING = 2 * THREADS;

  private static final int MOST_SECONDS_TO_END = 30;

  private final FileSystem files;
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
  private final Deque<Future<Void>> pending = new ArrayDeque<>();

  ParallelWrites(FileSystem files) {
    this.files = files;
  }

  /**
   * Writes a file, over one that is there, now or soon.
   *
   * @throws IOException if this or an earlier file cannot be written
   */
  void write(Path path, byte[] content) throws IOException {
    if (pending.size() == MOST_PENDING) {
      awaitFirst();
    }
    pending.add(threads.submit(() -> create(path, content)));
  }

  /**
   * Waits until all files are written.
   *
   * @throws IOException if one cannot be written
   */
  void finish() throws IOException {
    while (!pending.isEmpty()) {
      awaitFirst();
    }
  }

  private Void create(Path path, byte[] content) throws IOException {
    try (FSDataOutputStream output = files.create(path, true)) {
      output.write(content);
    }
    return null;
  }

  private void awaitFirst() throws IOException {
    try {
      pending.remove().get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failed) {
        throw new IOException(failed.getMessage(), failed);
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("stopped while files were written");
    }
  }

  /** Ends the threads; what is not written by now may never be, and nothing is written later. */
  @Override
  public void close() {
    threads.shutdownNow();
    try {
      // Bounded, as a store that does not answer would hold up the failure's message.
      threads.awaitTermination(MOST_SECONDS_TO_END, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
