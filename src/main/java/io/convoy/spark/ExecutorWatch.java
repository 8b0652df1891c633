package io.convoy.spark;

import io.convoy.failure.Amount;
import io.convoy.failure.UserException;
import io.convoy.spark.ExecutorShortage.Options;
import io.convoy.spark.ShortageTimer.State;
import io.convoy.spark.SparkSessions.Executors;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;

/**
 * Watches over a session's executors, from before it is opened to its end. It first waits for all
 * that are asked for; then that there is one while there is work. A shortage is told after 20
 * seconds, and ends the session after the time of {@link #MOST_WAIT}. In local mode there is
 * nothing to watch.
 */
final class ExecutorWatch implements AutoCloseable {
  /** Spark's setting of how long executors are waited for, such as {@code 30m}. */
  static final String MOST_WAIT = "spark.convoy.executorsWait";

  static final String DEFAULT_MOST_WAIT = "10m";

  private static final Duration UNTIL_TOLD = Duration.ofSeconds(20);
  private static final long LOOK_MS = 200;
  private static final long ANSWER_SECONDS = 10;

  /** As long as no more come, where the cluster decides how many there are. */
  private static final Duration SETTLED = Duration.ofSeconds(5);

  private final SparkConf conf;
  private final ExecutorRequest asked;
  private final ClusterManager manager;
  private final Consumer<String> console;
  private final String end;
  private final ShortageTimer timer;
  private final Thread opener = Thread.currentThread();
  private final Thread watcher = new Thread(this::watch, "convoy-executors");
  private final CompletableFuture<Void> opened = new CompletableFuture<>();
  private volatile SparkContext context;
  private volatile boolean closed;
  private volatile UserException givenUp;
  private int count;
  private long countedAt = System.nanoTime();

  private ExecutorWatch(
      SparkConf conf, Configuration hadoop, Executors executors, Consumer<String> console) {
    this.conf = conf;
    this.asked = ExecutorRequest.of(conf);
    this.manager = ClusterManager.of(conf, hadoop);
    this.console = console;
    Duration most =
        switch (executors) {
          case ALL -> most(conf);
          case ANY -> ExecutorPoll.MOST_WAIT;
        };
    this.end =
        "Waiting for %s at most%s."
            .formatted(
                ExecutorShortage.words(most),
                switch (executors) {
                  case ALL -> " (" + MOST_WAIT + ")";
                  case ANY -> "";
                });
    this.timer =
        new ShortageTimer(
            UNTIL_TOLD,
            switch (executors) {
              case ALL -> most;
              // Who takes any ends the wait, and tells what there was.
              case ANY -> ChronoUnit.FOREVER.getDuration();
            });
  }

  /**
   * Begins, in the thread that then opens the session.
   *
   * @param conf of a session that is not in local mode
   * @param executors that are waited for
   * @param console is told the lines of a shortage
   * @throws UserException if the setting is no time
   */
  static ExecutorWatch start(
      SparkConf conf, Configuration hadoop, Executors executors, Consumer<String> console) {
    ExecutorWatch watch = new ExecutorWatch(conf, hadoop, executors, console);
    watch.watcher.setDaemon(true);
    watch.watcher.start();
    return watch;
  }

  private static Duration most(SparkConf conf) {
    try {
      return Duration.ofSeconds(conf.getTimeAsSeconds(MOST_WAIT, DEFAULT_MOST_WAIT));
    } catch (IllegalArgumentException e) {
      throw new UserException(
          "%s must be a time such as 90s, 10m or 2h, not %s.", MOST_WAIT, conf.get(MOST_WAIT));
    }
  }

  /** The session is open. */
  void opened(SparkContext session) {
    context = session;
  }

  /**
   * Waits until all executors that were asked for are there.
   *
   * @throws UserException if they do not come in time
   */
  void await() {
    try {
      opened.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof UserException mistake) {
        throw mistake;
      }
      throw e;
    }
  }

  /** No longer waits for all of them; work alone waits for one. */
  void awaitNone() {
    opened.complete(null);
  }

  /** Why the session was ended, if it was. */
  Optional<UserException> givenUp() {
    return Optional.ofNullable(givenUp);
  }

  @Override
  public void close() {
    closed = true;
    watcher.interrupt();
  }

  private void watch() {
    try {
      while (!closed && !(context != null && context.isStopped())) {
        if (givenUp == null) {
          look();
        } else {
          end();
        }
        Thread.sleep(LOOK_MS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      // Spark is ending, and says why.
      opened.completeExceptionally(e);
    }
    opened.completeExceptionally(new IllegalStateException("Spark has stopped"));
  }

  private void look() {
    long now = System.nanoTime();
    List<ExecutorPoll.Executor> there = there();
    if (there.size() != count) {
      count = there.size();
      countedAt = now;
    }
    State state = isEnough(there, now) ? State.ENOUGH : State.SHORT;
    if (state == State.ENOUGH && context != null) {
      opened.complete(null);
    }
    Duration waited = timer.waited(now);
    switch (timer.look(state, now)) {
      case NONE -> {}
      case TELL -> shortage().lines(timer.waited(now), end).forEach(console);
      case TELL_END ->
          console.accept(
              "%s after %s: going on."
                  .formatted(Amount.of(count, "executor"), ExecutorShortage.words(waited)));
      case GIVE_UP -> giveUp(new UserException("%s", shortage().line(timer.waited(now))));
    }
  }

  private List<ExecutorPoll.Executor> there() {
    return context == null ? List.of() : new SessionExecutors(context).executors();
  }

  private boolean isEnough(List<ExecutorPoll.Executor> there, long now) {
    if (opened.isDone()) {
      return !there.isEmpty() || context.statusTracker().getActiveJobIds().length == 0;
    }
    return switch (asked.allocation()) {
      case FIXED -> there.size() >= wanted();
      // Spark asks for executors once there is work for them.
      case DYNAMIC -> context != null;
      case OPEN -> hasSettled(there, now);
    };
  }

  /** The number of executors that the session waits for. */
  private int wanted() {
    return opened.isDone() ? 1 : asked.count();
  }

  private boolean hasSettled(List<ExecutorPoll.Executor> there, long now) {
    int cores = there.stream().mapToInt(ExecutorPoll.Executor::cores).sum();
    int mostCores = conf.getInt("spark.cores.max", Integer.MAX_VALUE);
    return cores >= mostCores || (!there.isEmpty() && now - countedAt >= SETTLED.toNanos());
  }

  private void giveUp(UserException reason) {
    givenUp = reason;
    opened.completeExceptionally(reason);
    if (context == null) {
      opener.interrupt();
    }
  }

  /** Ends the work under way, and what may still be begun. */
  private void end() {
    if (context != null) {
      context.cancelAllJobs();
    }
  }

  private ExecutorShortage shortage() {
    return new ExecutorShortage(
        asked, count, wanted(), Options.of(conf, manager), capacity(), manager.byHand());
  }

  /** Asks in a thread of its own, as some clients wait for minutes. */
  private Optional<ClusterCapacity> capacity() {
    CompletableFuture<Optional<ClusterCapacity>> answer = new CompletableFuture<>();
    Thread asking =
        new Thread(
            () -> {
              try {
                answer.complete(manager.capacity());
              } catch (Throwable e) {
                // Throwable, as Spark throws checked exceptions that its Java signatures do not
                // name, and a cluster's client may lack classes.
                answer.completeExceptionally(e);
              }
            },
            "convoy-capacity");
    asking.setDaemon(true);
    asking.start();
    return answer
        .completeOnTimeout(Optional.empty(), ANSWER_SECONDS, TimeUnit.SECONDS)
        .exceptionally(e -> Optional.empty())
        .join();
  }
}
