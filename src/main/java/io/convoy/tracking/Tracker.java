package io.convoy.tracking;

import io.convoy.failure.UserException;
import io.convoy.settings.TrackingSettings;
import io.convoy.storage.Storage;
import io.convoy.tracking.MlflowServer.Known;
import io.convoy.tracking.Telling.Piece;
import io.convoy.tracking.TrackedRun.End;
import io.convoy.tracking.TrackingException.Kind;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a server of runs. Its methods only note what the server is to have, and return at once; a
 * thread tells the server, in the order in which things came, and again where that failed. Nothing
 * here throws for what the server does.
 */
public final class Tracker implements AutoCloseable {
  /** The version of MLflow's Java client that convoy is built with. */
  public static final String CLIENT_VERSION = "2.17.2";

  private static final Logger LOG = LoggerFactory.getLogger(Tracker.class);

  private static final String CLIENT = "org.mlflow.tracking.MlflowClient";

  /** While a server does not answer; more are given up. */
  private static final int MOST_WAITING = 10_000;

  /**
   * How long a server is waited for.
   *
   * @param request how long it may take
   * @param firstPause after a failure, doubled with each further one
   * @param longestPause what it is doubled to
   * @param end how long it is tried again after the end of the run, since it last answered
   */
  record Patience(Duration request, Duration firstPause, Duration longestPause, Duration end) {
    static final Patience USUAL =
        new Patience(
            Duration.ofSeconds(10),
            Duration.ofSeconds(1),
            Duration.ofSeconds(60),
            Duration.ofSeconds(5));
  }

  /**
   * What makes the runs.
   *
   * @param version of convoy
   * @param commit of its sources
   */
  public record Source(String version, String commit) {}

  private final TrackingSettings settings;
  private final Source source;
  private final Optional<String> outer;
  private final Storage memory;
  private final Consumer<String> remarks;
  private final Credentials credentials;
  private final Patience patience;
  private final Thread thread = new Thread(this::work, "convoy-tracking");

  /** By their keys, the root first. */
  private final Map<String, RunLedger> ledgers = new LinkedHashMap<>();

  private Missing givenUp = Missing.NOTHING;
  private boolean isFailing;
  private boolean hasFailed;
  private boolean isClosing;
  private long deadline;

  private Tracker(
      TrackingSettings settings,
      Source source,
      Optional<String> outer,
      Storage memory,
      Consumer<String> remarks,
      Credentials credentials,
      Patience patience) {
    this.settings = settings;
    this.source = source;
    this.outer = outer;
    this.memory = memory;
    this.remarks = remarks;
    this.credentials = credentials;
    this.patience = patience;
    thread.setDaemon(true);
  }

  /**
   * Begins to tell the server of the settings; empty where they name none.
   *
   * @param source what makes the runs
   * @param outer the id of the server's run that the {@linkplain TrackedRun#ROOT root} belongs to
   * @param memory the file, in the run's folder, that keeps which runs of the server are this run's
   * @param remarks takes what a user should know of the server, in lines
   * @throws UserException if the client is not there
   */
  public static Optional<Tracker> open(
      TrackingSettings settings,
      Source source,
      Optional<String> outer,
      Storage memory,
      Consumer<String> remarks) {
    return open(settings, source, outer, memory, remarks, System.getenv(), Patience.USUAL);
  }

  static Optional<Tracker> open(
      TrackingSettings settings,
      Source source,
      Optional<String> outer,
      Storage memory,
      Consumer<String> remarks,
      Map<String, String> variables,
      Patience patience) {
    requireClient(settings);
    if (settings.server().isEmpty()) {
      return Optional.empty();
    }
    Tracker tracker =
        new Tracker(settings, source, outer, memory, remarks, new Credentials(variables), patience);
    tracker.thread.start();
    return Optional.of(tracker);
  }

  /**
   * Makes sure that a server can be told, where the settings name one.
   *
   * @throws UserException if MLflow's Java client is not on the class path
   */
  public static void requireClient(TrackingSettings settings) {
    if (settings.server().isEmpty()) {
      return;
    }
    try {
      Class.forName(CLIENT, false, Tracker.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new UserException(
          "tracking.uri is set, and MLflow's Java client is not on the class path: start convoy with"
              + " --spark spark.jars.packages=org.mlflow:mlflow-client:%s (spark-submit: --packages"
              + " org.mlflow:mlflow-client:%<s), or with --spark spark.jars and the jar's place.",
          CLIENT_VERSION);
    }
  }

  /** Asks the server of the settings whether it is one of MLflow's, and changes nothing there. */
  public static Answer ask(TrackingSettings settings) {
    try (MlflowServer server =
        new MlflowServer(
            settings.server().orElseThrow(),
            new Credentials(System.getenv()),
            Patience.USUAL.request)) {
      server.ask();
      return new Answer(true, "answers");
    } catch (TrackingException e) {
      return new Answer(false, e.getMessage());
    }
  }

  /**
   * What a server says.
   *
   * @param isGood whether it does what it is asked for
   * @param words that follow its address
   */
  public record Answer(boolean isGood, String words) {}

  /** A run begins or goes on, the root first. */
  public synchronized void begin(TrackedRun run) {
    RunLedger ledger = ledgers.get(run.key());
    if (ledger == null) {
      ledgers.put(run.key(), new RunLedger(run, System.currentTimeMillis()));
    } else {
      ledger.goOn(run);
    }
    notifyAll();
  }

  /** Something was measured in a run that has begun; what the server has already is passed over. */
  public synchronized void measure(String key, Measurements measurements) {
    int waiting = ledgers.values().stream().mapToInt(RunLedger::waitingMeasurements).sum();
    if (waiting < MOST_WAITING) {
      ledgers.get(key).measure(measurements);
    } else {
      givenUp = givenUp.plus(new Missing(0, 0, 1, 0, 0));
    }
    notifyAll();
  }

  /** A file of a run that has begun, which stays as it is until all is told. */
  public synchronized void send(String key, TrackedFile file) {
    ledgers.get(key).send(file);
    notifyAll();
  }

  /** A run that has begun ends. */
  public synchronized void end(String key, End end) {
    ledgers.get(key).end(end, System.currentTimeMillis());
    notifyAll();
  }

  /** The server's id of the root; empty where the server does not have it. */
  public synchronized Optional<String> id() {
    return root().map(Known::id);
  }

  /** The address of the root's page; empty where the server does not have it. */
  public synchronized Optional<String> page() {
    return root().map(it -> server() + "/#/experiments/" + it.experiment() + "/runs/" + it.id());
  }

  private Optional<Known> root() {
    return Optional.ofNullable(ledgers.get(TrackedRun.ROOT)).flatMap(RunLedger::known);
  }

  /**
   * Waits until all is told, or the server no longer seems to take it, and says what is missing.
   * What has not ended by now has failed.
   */
  @Override
  public void close() {
    synchronized (this) {
      ledgers.values().forEach(each -> each.end(End.FAILED, System.currentTimeMillis()));
      isClosing = true;
      // One that has failed before gets one more chance.
      deadline = isFailing ? System.nanoTime() : inTime();
      notifyAll();
    }
    try {
      thread.join();
      sayMissing();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private long inTime() {
    return System.nanoTime() + patience.end.toNanos();
  }

  private void work() {
    try (MlflowServer server = new MlflowServer(server(), credentials, patience.request)) {
      Telling telling = new Telling(settings, source, outer, memory, remarks, server);
      Duration pause = patience.firstPause;
      for (Optional<Piece> piece = next(telling); piece.isPresent(); piece = next(telling)) {
        try {
          piece.get().request().send();
          succeeded();
          pause = patience.firstPause;
        } catch (TrackingException e) {
          LOG.warn("{} {}", server(), e.getMessage(), e);
          if (e.kind() == Kind.REFUSED) {
            piece.get().refused().run();
          } else if (failed(e)) {
            return;
          } else {
            rest(pause);
            pause = longer(pause);
          }
        }
      }
    } catch (RuntimeException | LinkageError e) {
      // A run does not fail by what is told of it.
      LOG.error("tracking ends", e);
      remarks.accept(
          "tracking: it ends, and the run goes on; convoy's log says more: " + e.getMessage());
    }
  }

  private Duration longer(Duration pause) {
    Duration twice = pause.multipliedBy(2);
    return twice.compareTo(patience.longestPause) < 0 ? twice : patience.longestPause;
  }

  private synchronized void succeeded() {
    isFailing = false;
    deadline = inTime();
  }

  /** Returns whether it is given up. */
  private synchronized boolean failed(TrackingException e) {
    isFailing = true;
    if (!hasFailed) {
      hasFailed = true;
      remarks.accept(
          "tracking: "
              + server()
              + " "
              + e.getMessage()
              + "; the run goes on, and what the server lacks is sent when it answers");
    }
    return isClosing && System.nanoTime() >= deadline;
  }

  private synchronized void rest(Duration pause) {
    long until = System.nanoTime() + pause.toNanos();
    boolean wasClosing = isClosing;
    try {
      for (long left = pause.toNanos();
          left > 0 && isClosing == wasClosing;
          left = until - System.nanoTime()) {
        TimeUnit.NANOSECONDS.timedWait(this, left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits for something to tell; empty at the end. */
  private synchronized Optional<Piece> next(Telling telling) {
    try {
      Optional<Piece> next = telling.next(ledgers.values());
      while (next.isEmpty() && !isClosing) {
        wait();
        next = telling.next(ledgers.values());
      }
      return next;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private synchronized void sayMissing() {
    String missing =
        ledgers.values().stream().map(RunLedger::missing).reduce(givenUp, Missing::plus).words();
    if (!missing.isEmpty()) {
      remarks.accept(
          "tracking: %s lacks %s; all is in %s".formatted(server(), missing, memory.parent()));
    } else if (hasFailed) {
      remarks.accept("tracking: " + server() + " answered again, and lacks nothing");
    }
  }

  private URI server() {
    return settings.server().orElseThrow();
  }
}
