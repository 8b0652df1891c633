package io.convoy.tracking;

import io.convoy.failure.Amount;
import io.convoy.failure.UserException;
import io.convoy.settings.TrackingSettings;
import io.convoy.storage.Storage;
import io.convoy.tracking.MlflowServer.Known;
import io.convoy.tracking.TrackedRun.End;
import io.convoy.tracking.TrackingException.Kind;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
   * Something to tell.
   *
   * @param request tells it, and throws where that fails
   * @param refused what becomes of it where the server does not want it
   */
  private record Piece(Request request, Runnable refused) {}

  @FunctionalInterface
  private interface Request {
    void send() throws TrackingException;
  }

  private final TrackingSettings settings;
  private final Optional<String> outer;
  private final Storage memory;
  private final String folder;
  private final Consumer<String> remarks;
  private final Patience patience;
  private final Credentials credentials;
  private final TrackerIds ids;
  private final Map<String, RunLedger> ledgers = new LinkedHashMap<>();
  private final Thread thread = new Thread(this::work, "convoy-tracking");

  private String experiment = "";
  private boolean failing;
  private boolean hasFailed;
  private boolean closing;
  private boolean storeIsTold;
  private long deadline;
  private int refusedMeasurements;
  private int refusedFiles;
  private int refusedDescriptions;
  private int refusedEnds;

  private Tracker(
      TrackingSettings settings,
      Optional<String> outer,
      Storage memory,
      Consumer<String> remarks,
      Map<String, String> variables,
      Patience patience) {
    this.settings = settings;
    this.outer = outer;
    this.memory = memory;
    this.folder = memory.parent().toString();
    this.remarks = remarks;
    this.patience = patience;
    this.credentials = new Credentials(variables);
    this.ids = TrackerIds.read(memory, server().toString(), settings.experiment());
    thread.setDaemon(true);
  }

  /**
   * Begins to tell the server of the settings; empty where they name none.
   *
   * @param outer the id of the server's run that the {@linkplain TrackedRun#ROOT root} belongs to
   * @param memory the file, in the run's folder, that keeps which runs of the server are this run's
   * @param remarks takes what a user should know of the server, in lines
   * @throws UserException if the client is not there
   */
  public static Optional<Tracker> open(
      TrackingSettings settings, Optional<String> outer, Storage memory, Consumer<String> remarks) {
    return open(settings, outer, memory, remarks, System.getenv(), Patience.USUAL);
  }

  static Optional<Tracker> open(
      TrackingSettings settings,
      Optional<String> outer,
      Storage memory,
      Consumer<String> remarks,
      Map<String, String> variables,
      Patience patience) {
    requireClient(settings);
    if (settings.server().isEmpty()) {
      return Optional.empty();
    }
    Tracker tracker = new Tracker(settings, outer, memory, remarks, variables, patience);
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
      refusedMeasurements++;
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
    return Optional.ofNullable(ledgers.get(TrackedRun.ROOT))
        .flatMap(RunLedger::known)
        .map(Known::id);
  }

  /** The address of the root's page; empty where the server does not have it. */
  public synchronized Optional<String> page() {
    return id().map(id -> server() + "/#/experiments/" + experiment + "/runs/" + id);
  }

  /**
   * Waits until all is told, or the server no longer seems to take it, and says what is missing.
   * What has not ended by now has failed.
   */
  @Override
  public void close() {
    synchronized (this) {
      ledgers.values().stream()
          .filter(ledger -> !ledger.hasEnded())
          .forEach(ledger -> ledger.end(End.FAILED, System.currentTimeMillis()));
      closing = true;
      // One that has failed before gets one more chance.
      deadline = failing ? System.nanoTime() : inTime();
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
      Duration pause = patience.firstPause;
      for (Optional<Piece> piece = next(server); piece.isPresent(); piece = next(server)) {
        try {
          piece.get().request.send();
          succeeded();
          pause = patience.firstPause;
        } catch (TrackingException e) {
          LOG.warn("{} {}", server(), e.getMessage(), e);
          if (e.kind() == Kind.REFUSED) {
            refused(piece.get());
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
    failing = false;
    deadline = inTime();
  }

  private synchronized void refused(Piece piece) {
    piece.refused.run();
  }

  /** Returns whether it is given up. */
  private synchronized boolean failed(TrackingException e) {
    failing = true;
    if (!hasFailed) {
      hasFailed = true;
      remarks.accept(
          "tracking: "
              + server()
              + " "
              + e.getMessage()
              + "; the run goes on, and what the server lacks is sent when it answers");
    }
    return closing && System.nanoTime() >= deadline;
  }

  private synchronized void rest(Duration pause) {
    long until = System.nanoTime() + pause.toNanos();
    boolean wasClosing = closing;
    try {
      for (long left = pause.toNanos();
          left > 0 && closing == wasClosing;
          left = until - System.nanoTime()) {
        TimeUnit.NANOSECONDS.timedWait(this, left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits for something to tell; empty at the end. */
  private synchronized Optional<Piece> next(MlflowServer server) {
    try {
      Optional<Piece> next = piece(server);
      while (next.isEmpty() && !closing) {
        wait();
        next = piece(server);
      }
      return next;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /** All runs, then what is measured, then their ends, then files, which may be large. */
  private Optional<Piece> piece(MlflowServer server) {
    List<RunLedger> all = List.copyOf(ledgers.values());
    return all.stream()
        .flatMap(each -> beginning(each, server).stream())
        .findFirst()
        .or(() -> all.stream().flatMap(each -> measuring(each, server).stream()).findFirst())
        .or(() -> all.stream().flatMap(each -> ending(each, server).stream()).findFirst())
        .or(() -> all.stream().flatMap(each -> sending(each, server).stream()).findFirst());
  }

  private Optional<Piece> beginning(RunLedger ledger, MlflowServer server) {
    TrackedRun run = ledger.run();
    if (ledger.known().isEmpty()) {
      boolean isRoot = run.key().equals(TrackedRun.ROOT);
      Optional<String> parent = isRoot ? outer : id();
      // Without it nothing else can be told: it is tried again.
      return Optional.of(new Piece(insisting(() -> begin(ledger, run, parent, server)), () -> {}));
    }
    return ledger.isDescribed()
        ? Optional.empty()
        : Optional.of(
            new Piece(
                () -> describe(ledger, run, server),
                () -> {
                  refusedDescriptions++;
                  ledger.described(run);
                }));
  }

  private static Request insisting(Request request) {
    return () -> {
      try {
        request.send();
      } catch (TrackingException e) {
        throw new TrackingException(Kind.UNAVAILABLE, e.getMessage(), e);
      }
    };
  }

  private void begin(RunLedger ledger, TrackedRun run, Optional<String> parent, MlflowServer server)
      throws TrackingException {
    if (experiment.isEmpty()) {
      String id = server.experiment(settings.experiment());
      synchronized (this) {
        experiment = id;
      }
    }
    Optional<String> saved = Optional.ofNullable(ids.runs().get(run.key()));
    Optional<Known> known = saved.isPresent() ? server.known(saved.get()) : Optional.empty();
    if (known.isPresent()) {
      server.goOn(known.get().id());
      synchronized (this) {
        ledger.resumed(known.get());
      }
    } else {
      Known made = server.begin(experiment, run, parent, ledger.began());
      ids.runs().put(run.key(), made.id());
      ids.write(memory);
      synchronized (this) {
        ledger.made(made);
      }
    }
  }

  private void describe(RunLedger ledger, TrackedRun run, MlflowServer server)
      throws TrackingException {
    Known known = ledger.known().orElseThrow();
    List<Map.Entry<String, String>> parameters =
        new TreeMap<>(run.parameters())
            .entrySet().stream()
                .filter(each -> !known.parameters().contains(each.getKey()))
                .toList();
    List<Map.Entry<String, String>> tags = List.copyOf(new TreeMap<>(run.tags()).entrySet());
    int most = MlflowServer.MOST_TAGS_OR_PARAMETERS;
    for (int from = 0; from < Math.max(parameters.size(), tags.size()); from += most) {
      server.describe(known.id(), part(parameters, from, most), part(tags, from, most));
    }
    synchronized (this) {
      ledger.described(run);
    }
  }

  private static <T> List<T> part(List<T> all, int from, int most) {
    return all.subList(Math.min(from, all.size()), Math.min(from + most, all.size()));
  }

  private Optional<Piece> measuring(RunLedger ledger, MlflowServer server) {
    if (ledger.waitingMeasurements() == 0) {
      return Optional.empty();
    }
    String id = ledger.known().orElseThrow().id();
    Optional<String> witness = ledger.witnessToAsk();
    if (witness.isPresent()) {
      return Optional.of(
          new Piece(
              insisting(
                  () -> {
                    var steps = server.steps(id, witness.get());
                    synchronized (this) {
                      ledger.has(witness.get(), steps);
                    }
                  }),
              () -> {}));
    }
    List<Measurements> next = ledger.nextMeasurements();
    return Optional.of(
        new Piece(
            () -> {
              server.measure(id, next);
              synchronized (this) {
                ledger.done(next);
              }
            },
            () -> {
              refusedMeasurements += next.size();
              ledger.done(next);
            }));
  }

  private Optional<Piece> ending(RunLedger ledger, MlflowServer server) {
    String id = ledger.known().orElseThrow().id();
    if (ledger.goesOnUntold()) {
      return Optional.of(
          new Piece(
              () -> {
                server.goOn(id);
                synchronized (this) {
                  ledger.toldEnd(Optional.empty());
                }
              },
              () -> {
                refusedEnds++;
                ledger.toldEnd(Optional.empty());
              }));
    }
    Optional<End> end = ledger.endToTell();
    return end.map(
        how ->
            new Piece(
                () -> {
                  server.end(id, how, ledger.ended());
                  synchronized (this) {
                    ledger.toldEnd(end);
                  }
                },
                () -> {
                  refusedEnds++;
                  ledger.toldEnd(end);
                }));
  }

  private Optional<Piece> sending(RunLedger ledger, MlflowServer server) {
    if (ledger.files().isEmpty()) {
      return Optional.empty();
    }
    Known known = ledger.known().orElseThrow();
    if (!MlflowServer.takesFiles(known)) {
      ledger.files().clear();
      sayStore(known);
      return Optional.empty();
    }
    TrackedFile file = ledger.files().peek();
    return Optional.of(
        new Piece(
            () -> {
              server.send(known, file);
              synchronized (this) {
                ledger.files().remove();
              }
            },
            () -> {
              refusedFiles++;
              ledger.files().remove();
            }));
  }

  private void sayStore(Known known) {
    if (!storeIsTold) {
      storeIsTold = true;
      remarks.accept(
          "tracking: no files are sent, as "
              + server()
              + " wants them written to "
              + known.files()
              + ", which only MLflow's Python client does (mlflow server --serve-artifacts takes"
              + " them itself); they are in "
              + folder);
    }
  }

  private synchronized void sayMissing() {
    int runs = 0;
    int descriptions = refusedDescriptions;
    int measurements = refusedMeasurements;
    int ends = refusedEnds;
    int files = refusedFiles;
    for (RunLedger ledger : ledgers.values()) {
      runs += ledger.known().isEmpty() ? 1 : 0;
      descriptions += ledger.known().isPresent() && !ledger.isDescribed() ? 1 : 0;
      measurements += ledger.waitingMeasurements();
      ends += ledger.known().isPresent() && ledger.endToTell().isPresent() ? 1 : 0;
      files += ledger.files().size();
    }
    String missing =
        Stream.of(
                missing(runs, "", "run"),
                missing(descriptions, "the settings of ", "run"),
                missing(measurements, "", "measurement"),
                missing(ends, "the end of ", "run"),
                missing(files, "", "file"))
            .filter(each -> !each.isEmpty())
            .collect(Collectors.joining(", "));
    if (!missing.isEmpty()) {
      remarks.accept("tracking: %s lacks %s; all is in %s".formatted(server(), missing, folder));
    } else if (hasFailed) {
      remarks.accept("tracking: " + server() + " answered again, and lacks nothing");
    }
  }

  private static String missing(int number, String before, String thing) {
    return number == 0 ? "" : before + Amount.of(number, thing);
  }

  private URI server() {
    return settings.server().orElseThrow();
  }
}
