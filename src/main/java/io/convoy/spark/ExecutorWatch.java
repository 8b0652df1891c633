package io.convoy.spark;

import io.convoy.failure.Amount;
import io.convoy.failure.UserException;
import io.convoy.spark.ExecutorRequest.Allocation;
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
 * seconds, and ends the session after the time of {@link #MOST_WAIT}. That some are lost, and do
 * not come back, is told too. In local mode there is nothing to watch.
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

  /**
   * For the first of dynamic allocation, which takes an executor back after a minute without work.
   */
  private static final Duration FIRST = Duration.ofSeconds(45);

  private final SparkConf conf;
  private final ExecutorRequest asked;
  private final ClusterManager manager;
  private final Executors executors;
  private final Consumer<String> console;
  private final Duration most;
  private final ShortageTimer timer;

  /** Of some of the executors, after all were there. */
  private final ShortageTimer losses =
      new ShortageTimer(UNTIL_TOLD, ChronoUnit.FOREVER.getDuration());

  private final Thread opener = Thread.currentThread();
  private final Thread watcher = new Thread(this::watch, "convoy-executors");
  private final CompletableFuture<Void> opened = new CompletableFuture<>();
  private volatile Optional<Session> session = Optional.empty();
  private volatile boolean closed;
  private volatile UserException givenUp;
  private int count;
  private long countedAt;
  private Optional<Long> openSince = Optional.empty();

  /**
   * @param conf of a session that is not in local mode
   * @param manager that gives the executors
   * @param executors that are waited for
   * @param console is told the lines of a shortage
   */
  ExecutorWatch(
      SparkConf conf, ClusterManager manager, Executors executors, Consumer<String> console) {
    this.conf = conf;
    this.asked = ExecutorRequest.of(conf);
    this.manager = manager;
    this.console = console;
    this.executors = executors;
    this.most =
        switch (executors) {
          case ALL -> setting(conf);
          case ANY -> ExecutorPoll.MOST_WAIT;
        };
    this.timer =
        new ShortageTimer(
            UNTIL_TOLD,
            switch (executors) {
              case ALL -> most;
              // Who takes any ends the wait, and tells what there was.
              case ANY -> ChronoUnit.FOREVER.getDuration();
            });
  }

  /** A session that is open. */
  interface Session {
    /** The executors that it has now. */
    List<ExecutorPoll.Executor> executors();

    /** Whether there is work for executors. */
    boolean isAtWork();

    /** Whether it has ended. */
    boolean isStopped();

    /** Ends the work under way. */
    void cancelWork();

    /** Spark's. */
    static Session of(SparkContext context) {
      SessionExecutors executors = new SessionExecutors(context);
      return new Session() {
        @Override
        public List<ExecutorPoll.Executor> executors() {
          return executors.executors();
        }

        @Override
        public boolean isAtWork() {
          return context.statusTracker().getActiveJobIds().length > 0;
        }

        @Override
        public boolean isStopped() {
          return context.isStopped();
        }

        @Override
        public void cancelWork() {
          context.cancelAllJobs();
        }
      };
    }
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
    ExecutorWatch watch =
        new ExecutorWatch(conf, ClusterManager.of(conf, hadoop), executors, console);
    watch.watcher.setDaemon(true);
    watch.watcher.start();
    return watch;
  }

  private static Duration setting(SparkConf conf) {
    try {
      return Duration.ofSeconds(conf.getTimeAsSeconds(MOST_WAIT, DEFAULT_MOST_WAIT));
    } catch (IllegalArgumentException e) {
      throw new UserException(
          "%s must be a time such as 90s, 10m or 2h, not %s.", MOST_WAIT, conf.get(MOST_WAIT));
    }
  }

  /** The session is open. */
  void opened(Session open) {
    session = Optional.of(open);
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
      while (!closed && session.filter(Session::isStopped).isEmpty()) {
        if (givenUp == null) {
          look(System.nanoTime());
        } else {
          session.ifPresent(Session::cancelWork);
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

  /**
   * Looks once.
   *
   * @param now in nanoseconds, of a clock that never goes back
   */
  void look(long now) {
    openSince = openSince.or(() -> session.map(open -> now));
    List<ExecutorPoll.Executor> there = there();
    if (there.size() != count) {
      count = there.size();
      countedAt = now;
    }
    lookForLosses(now);
    State state = isEnough(there, now) ? State.ENOUGH : State.SHORT;
    if (state == State.ENOUGH && session.isPresent() && opened.complete(null)) {
      tellThoseOfDynamicAllocation();
    }
    Duration waited = timer.waited(now);
    switch (timer.look(state, now)) {
      case NONE -> {}
      case TELL -> shortage().lines(timer.waited(now), end()).forEach(console);
      case TELL_END -> tellEnd(waited);
      case GIVE_UP -> giveUp(new UserException("%s", shortage().line(timer.waited(now))));
    }
  }

  /** What comes of a wait. */
  private String end() {
    boolean isOfDynamicAllocation = asked.allocation() == Allocation.DYNAMIC && !opened.isDone();
    if (isOfDynamicAllocation && session.isPresent()) {
      return "Going on with those that are there after %s."
          .formatted(ExecutorShortage.words(first()));
    }
    String setting =
        switch (executors) {
          case ALL -> " (" + MOST_WAIT + ")";
          case ANY -> "";
        };
    return "Waiting for %s at most%s.".formatted(ExecutorShortage.words(most), setting);
  }

  /** How long the first executors of dynamic allocation are waited for. */
  private Duration first() {
    return most.compareTo(FIRST) < 0 ? most : FIRST;
  }

  private void tellEnd(Duration waited) {
    console.accept(
        "%s after %s: going on."
            .formatted(Amount.of(count, "executor"), ExecutorShortage.words(waited)));
  }

  /** Some, as the loss of all is a shortage of its own. */
  private void lookForLosses(long now) {
    boolean some = opened.isDone() && isAtWork() && count > 0 && count < fixed();
    Duration waited = losses.waited(now);
    switch (losses.look(some ? State.SHORT : State.ENOUGH, now)) {
      case NONE, GIVE_UP -> {}
      case TELL -> console.accept(shortage(asked.count()).loss());
      case TELL_END -> tellEnd(waited);
    }
  }

  /** How many there are to be throughout; 0 where that is not fixed. */
  private int fixed() {
    return switch (asked.allocation()) {
      case FIXED -> asked.count();
      case DYNAMIC, OPEN -> 0;
    };
  }

  private void tellThoseOfDynamicAllocation() {
    if (asked.allocation() == Allocation.DYNAMIC && count < wantedAtFirst()) {
      console.accept(
          ("%d of %d executors came within %s: going on, and those that are there do the others'"
                  + " work. With --conf spark.dynamicAllocation.enabled=false all are waited for.")
              .formatted(count, asked.count(), ExecutorShortage.words(first())));
    }
  }

  /** Of dynamic allocation; one alone comes with the first work. */
  private int wantedAtFirst() {
    return asked.count() > 1 ? asked.count() : 0;
  }

  private List<ExecutorPoll.Executor> there() {
    return session.map(Session::executors).orElse(List.of());
  }

  private boolean isEnough(List<ExecutorPoll.Executor> there, long now) {
    if (opened.isDone()) {
      return !there.isEmpty() || !isAtWork();
    }
    return switch (asked.allocation()) {
      case FIXED -> there.size() >= wanted();
      case DYNAMIC ->
          there.size() >= wantedAtFirst()
              ? session.isPresent()
              : openSince.filter(since -> now - since >= first().toNanos()).isPresent();
      case OPEN -> hasSettled(there, now);
    };
  }

  private boolean isAtWork() {
    return session.filter(Session::isAtWork).isPresent();
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
    if (session.isEmpty()) {
      opener.interrupt();
    }
  }

  private ExecutorShortage shortage() {
    return shortage(wanted());
  }

  private ExecutorShortage shortage(int wanted) {
    return new ExecutorShortage(
        asked, count, wanted, Options.of(conf, manager), capacity(), manager.byHand());
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
