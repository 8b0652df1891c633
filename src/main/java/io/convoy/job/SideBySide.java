package io.convoy.job;

import io.convoy.spark.ExecutorSeats;
import io.convoy.spark.ExecutorSeats.Seat;
import io.convoy.spark.SessionExecutors;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.apache.spark.SparkContext;

/**
 * Does work on the executors, a piece on each, as many at once as there are executors: a thread of
 * the driver for each piece begins its Spark jobs.
 *
 * @param context Spark's
 * @param seats of the executors
 * @param room how many pieces may run at once, now
 */
record SideBySide(SparkContext context, ExecutorSeats seats, IntSupplier room) {
  /** Executors may come while nothing ends. */
  private static final long PAUSE_SECONDS = 5;

  /** That pieces are waited for which have been stopped: their Spark jobs end at once. */
  private static final long STOP_SECONDS = 60;

  /** On each executor a piece. */
  static SideBySide onExecutors(SparkContext context) {
    SessionExecutors executors = new SessionExecutors(context);
    return new SideBySide(
        context, new ExecutorSeats(executors::executors), () -> executors.executors().size());
  }

  /** One piece after the other. */
  static SideBySide oneByOne(SparkContext context) {
    SessionExecutors executors = new SessionExecutors(context);
    return new SideBySide(context, new ExecutorSeats(executors::executors), () -> 1);
  }

  /**
   * Does it all, and returns when it is done. Where a piece fails, the others are stopped.
   *
   * @param next the next piece; empty where there is none before another has ended, or at all
   */
  void run(Supplier<Optional<Consumer<Seat>>> next) {
    // A tag, as a group of jobs may be another program's, such as a notebook's.
    String tag = "convoy-" + UUID.randomUUID();
    ExecutorService threads = Executors.newCachedThreadPool(SideBySide::daemon);
    CompletionService<Void> pieces = new ExecutorCompletionService<>(threads);
    int running = 0;
    try {
      while (true) {
        running += begin(pieces, next, Math.max(1, room.getAsInt()) - running, tag);
        if (running == 0) {
          return;
        }
        Optional<Future<Void>> ended =
            Optional.ofNullable(pieces.poll(PAUSE_SECONDS, TimeUnit.SECONDS));
        if (ended.isPresent()) {
          running--;
          ended.get().get();
        }
      }
    } catch (ExecutionException e) {
      stop(threads, tag);
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      if (e.getCause() instanceof Error failure) {
        throw failure;
      }
      // Spark's Scala throws checked exceptions too, which it does not declare.
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      stop(threads, tag);
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped while executors trained", e);
    } finally {
      threads.shutdownNow();
    }
  }

  /** What the pieces have begun has ended, or been given up, when this returns. */
  private void stop(ExecutorService threads, String tag) {
    threads.shutdownNow();
    context.cancelJobsWithTag(tag);
    try {
      threads.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (!context.isStopped()) {
      // One may have begun a job after the first time, and nobody waits for it.
      context.cancelJobsWithTag(tag);
    }
  }

  private int begin(
      CompletionService<Void> pieces,
      Supplier<Optional<Consumer<Seat>>> next,
      int most,
      String tag) {
    for (int begun = 0; begun < most; begun++) {
      Optional<Consumer<Seat>> piece = next.get();
      if (piece.isEmpty()) {
        return begun;
      }
      pieces.submit(
          () -> {
            context.addJobTag(tag);
            try (Seat seat = seats.take()) {
              piece.get().accept(seat);
            }
            return null;
          });
    }
    return Math.max(0, most);
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "convoy-trial");
    thread.setDaemon(true);
    return thread;
  }
}
