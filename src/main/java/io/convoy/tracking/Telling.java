package io.convoy.tracking;

import io.convoy.settings.TrackingSettings;
import io.convoy.storage.Storage;
import io.convoy.tracking.MlflowServer.Known;
import io.convoy.tracking.RunLedger.Ended;
import io.convoy.tracking.Tracker.Source;
import io.convoy.tracking.TrackingException.Kind;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Chooses what the server is told next. All but the choice is done by one thread. */
final class Telling {
  private final TrackingSettings settings;
  private final Source source;
  private final Optional<String> outer;
  private final Storage memory;
  private final Consumer<String> remarks;
  private final MlflowServer server;
  private final TrackerIds ids;

  /** Whether an earlier process has told the server of the run's folder. */
  private final boolean wasTold;

  private Optional<String> experiment = Optional.empty();
  private boolean storeIsTold;

  /**
   * @param source what makes the runs
   * @param outer the id of the server's run that the root belongs to
   * @param memory keeps which runs of the server are those of the run's folder
   * @param remarks takes what a user should know
   */
  Telling(
      TrackingSettings settings,
      Source source,
      Optional<String> outer,
      Storage memory,
      Consumer<String> remarks,
      MlflowServer server) {
    this.settings = settings;
    this.source = source;
    this.outer = outer;
    this.memory = memory;
    this.remarks = remarks;
    this.server = server;
    this.ids =
        TrackerIds.read(memory, settings.server().orElseThrow().toString(), settings.experiment());
    this.wasTold = !ids.runs().isEmpty();
  }

  /** Tells something, and notes that the server has it. */
  @FunctionalInterface
  interface Request {
    void send() throws TrackingException;
  }

  /**
   * Something to tell.
   *
   * @param request tells it
   * @param refused notes that the server does not want it
   */
  record Piece(Request request, Runnable refused) {
    /** What all else needs: it is tried again where the server does not want it, too. */
    static Piece needed(Request request) {
      return new Piece(
          () -> {
            try {
              request.send();
            } catch (TrackingException e) {
              throw new TrackingException(Kind.UNAVAILABLE, e.getMessage(), e);
            }
          },
          () -> {});
    }
  }

  /**
   * The next piece: first all runs, then what is measured, then their ends, then files, which may
   * be large.
   *
   * @param all the root first
   */
  Optional<Piece> next(Collection<RunLedger> all) {
    Optional<Known> root = all.stream().findFirst().flatMap(RunLedger::known);
    return all.stream()
        .flatMap(each -> beginning(each, root).stream())
        .findFirst()
        .or(() -> all.stream().flatMap(each -> measuring(each).stream()).findFirst())
        .or(() -> all.stream().flatMap(each -> ending(each).stream()).findFirst())
        .or(() -> all.stream().flatMap(each -> sending(each).stream()).findFirst());
  }

  private Optional<Piece> beginning(RunLedger ledger, Optional<Known> root) {
    TrackedRun run = ledger.run();
    Optional<Known> known = ledger.known();
    if (known.isEmpty()) {
      Optional<String> parent = run.key().equals(TrackedRun.ROOT) ? outer : root.map(Known::id);
      return Optional.of(Piece.needed(() -> begin(ledger, run, parent)));
    }
    return ledger.isDescribed()
        ? Optional.empty()
        : Optional.of(
            new Piece(
                () -> {
                  describe(known.get(), run);
                  ledger.described(run);
                },
                () -> ledger.descriptionRefused(run)));
  }

  private void begin(RunLedger ledger, TrackedRun run, Optional<String> parent)
      throws TrackingException {
    if (experiment.isEmpty()) {
      experiment = Optional.of(server.experiment(settings.experiment()));
    }
    String saved = ids.runs().get(run.key());
    Optional<Known> known = saved == null ? unsaved(run, parent) : server.known(saved);
    if (known.isPresent()) {
      server.goOn(known.get().id());
      save(run, known.get());
      ledger.resumed(known.get());
    } else {
      Known made = server.begin(experiment.get(), run, parent, ledger.began());
      save(run, made);
      ledger.made(made);
    }
  }

  /** What an earlier process made, which ended before it noted that. */
  private Optional<Known> unsaved(TrackedRun run, Optional<String> parent)
      throws TrackingException {
    return wasTold && parent.isPresent()
        ? server.unfinished(experiment.orElseThrow(), parent.get(), run.name())
        : Optional.empty();
  }

  private void save(TrackedRun run, Known known) {
    if (!known.id().equals(ids.runs().put(run.key(), known.id()))) {
      ids.write(memory);
    }
  }

  private void describe(Known known, TrackedRun run) throws TrackingException {
    List<Map.Entry<String, String>> parameters =
        new TreeMap<>(run.parameters())
            .entrySet().stream()
                .filter(each -> !known.parameters().contains(each.getKey()))
                .toList();
    Map<String, String> all = new TreeMap<>(run.tags());
    all.put("convoy.version", source.version());
    all.put("convoy.run-folder", memory.parent().toString());
    all.put("mlflow.source.git.commit", source.commit());
    all.put("mlflow.source.name", "convoy");
    all.put("mlflow.source.type", "JOB");
    all.put("mlflow.user", System.getProperty("user.name"));
    List<Map.Entry<String, String>> tags = List.copyOf(all.entrySet());
    int most = MlflowServer.MOST_TAGS_OR_PARAMETERS;
    for (int from = 0; from < Math.max(parameters.size(), tags.size()); from += most) {
      server.describe(known.id(), part(parameters, from, most), part(tags, from, most));
    }
  }

  private static <T> List<T> part(List<T> all, int from, int most) {
    return all.subList(Math.min(from, all.size()), Math.min(from + most, all.size()));
  }

  private Optional<Piece> measuring(RunLedger ledger) {
    List<Measurements> next = ledger.nextMeasurements();
    if (next.isEmpty()) {
      return Optional.empty();
    }
    String id = ledger.known().orElseThrow().id();
    Optional<String> witness = ledger.witnessToAsk();
    if (witness.isPresent()) {
      return Optional.of(
          Piece.needed(
              () -> {
                Set<Long> steps = server.steps(id, witness.get());
                ledger.has(witness.get(), steps);
              }));
    }
    return Optional.of(
        new Piece(
            () -> {
              server.measure(id, next);
              ledger.measured(next);
            },
            () -> ledger.measurementsRefused(next)));
  }

  private Optional<Piece> ending(RunLedger ledger) {
    String id = ledger.known().orElseThrow().id();
    if (ledger.goesOnUntold()) {
      return Optional.of(
          new Piece(
              () -> {
                server.goOn(id);
                ledger.endTold(Optional.empty());
              },
              () -> ledger.endRefused(Optional.empty())));
    }
    Optional<Ended> end = ledger.endToTell();
    return end.map(
        ended ->
            new Piece(
                () -> {
                  server.end(id, ended.how(), ended.milliseconds());
                  ledger.endTold(end);
                },
                () -> ledger.endRefused(end)));
  }

  private Optional<Piece> sending(RunLedger ledger) {
    Known known = ledger.known().orElseThrow();
    return ledger
        .nextFile()
        .map(
            file ->
                known.takesFiles()
                    ? new Piece(
                        () -> {
                          server.send(known, file);
                          ledger.fileSent();
                        },
                        ledger::fileRefused)
                    : new Piece(() -> keepFiles(ledger, known), () -> {}));
  }

  private void keepFiles(RunLedger ledger, Known known) {
    ledger.keepFiles();
    if (!storeIsTold) {
      storeIsTold = true;
      remarks.accept(
          "tracking: no files are sent, as "
              + settings.server().orElseThrow()
              + " wants them written to "
              + known.files()
              + ", which only MLflow's Python client does (mlflow server --serve-artifacts takes"
              + " them itself); they are in "
              + memory.parent());
    }
  }
}
