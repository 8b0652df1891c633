package io.convoy.job;

import io.convoy.evaluate.SplitMetrics;
import io.convoy.failure.Amount;
import io.convoy.progress.JointProgress;
import io.convoy.progress.Progress;
import io.convoy.report.EpochResult;
import io.convoy.report.TableWriter;
import io.convoy.report.TrialRow;
import io.convoy.report.TrialTable;
import io.convoy.search.Budget;
import io.convoy.search.Rungs;
import io.convoy.search.SuccessiveHalving;
import io.convoy.search.SuccessiveHalving.State;
import io.convoy.search.SuccessiveHalving.TrialRung;
import io.convoy.search.Trial;
import io.convoy.settings.Architecture;
import io.convoy.settings.SearchSettings;
import io.convoy.settings.TrainSettings;
import io.convoy.storage.Storage;
import io.convoy.tracking.TrackedRun.End;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.stream.Collectors;
import org.apache.spark.SparkContext;

/**
 * The trials of a search, each on an executor of its own, rung by rung. Table {@code trials} says
 * at each time how far they are, and a search that was stopped goes on from it and the checkpoints.
 */
final class SearchTrials {
  private static final double NANO = 1e-9;
  private static final int MOST_SHOWN = 10;

  private final Context context;
  private final TrainingRun run;
  private final RunTracking tracking;
  private final SearchSettings search;
  private final List<Trial> trials;
  private final Rungs rungs;
  private final SuccessiveHalving halving;
  private final TrialTable table;
  private final JointProgress progress;

  /** What is known of each trial on each rung, in the order in which they began. */
  private final Map<TrialRung, TrialRow> rows = new LinkedHashMap<>();

  /** What a search that was stopped had begun. */
  private final Queue<TrialRung> begun = new ArrayDeque<>();

  private final long started = System.nanoTime();
  private final double secondsBefore;
  private Optional<String> spent = Optional.empty();

  /**
   * Goes on with what the folder of the run has.
   *
   * @param context tells the user
   * @param run tells nothing
   * @param tracking is told of each trial
   * @param trials all that are drawn
   */
  SearchTrials(
      Context context,
      TrainingRun run,
      RunTracking tracking,
      SearchSettings search,
      List<Trial> trials) {
    this.context = context;
    this.run = run;
    this.tracking = tracking;
    this.search = search;
    this.trials = trials;
    this.rungs =
        new Rungs(
            search.minEpochs(),
            search.reduction(),
            trials.stream().mapToInt(trial -> trial.architecture().epochs()).max().orElseThrow());
    this.halving =
        new SuccessiveHalving(trials.stream().map(Trial::base).toList(), rungs, search.metric());
    this.table = new TrialTable(search.space().keys());
    List<TrialRung> foreseen = foreseen();
    this.progress =
        new JointProgress(
            "search",
            foreseen.size(),
            foreseen.stream().mapToInt(at -> epochs(trial(at), at.rung()) - epochsBefore(at)).sum(),
            context.err());
    List<TrialRow> saved = TrialTable.read(run.folder().files().tables());
    saved.forEach(this::take);
    this.secondsBefore = saved.stream().mapToDouble(TrialRow::searchSeconds).max().orElse(0);
  }

  private void take(TrialRow row) {
    TrialRung at = new TrialRung(row.trial(), row.rung());
    rows.put(at, row);
    if (row.state() == State.RUNNING) {
      halving.begin(at);
      begun.add(at);
    } else {
      halving.tell(at, row.state() == State.FAILED ? Double.NaN : row.value());
    }
  }

  /** All that is trained if none goes on too early. */
  private List<TrialRung> foreseen() {
    List<TrialRung> foreseen = new ArrayList<>();
    trials.stream()
        .collect(Collectors.groupingBy(Trial::base))
        .values()
        .forEach(
            rivals -> {
              List<Integer> counts = rungs.counts(rivals.size());
              for (int rung = 0; rung <= rungs.top(); rung++) {
                for (Trial trial : rivals.subList(0, counts.get(rung))) {
                  foreseen.add(new TrialRung(trial.number(), rung));
                }
              }
            });
    return foreseen;
  }

  private int epochs(Trial trial, int rung) {
    return rungs.epochs(rung, trial.architecture().epochs());
  }

  /** Trains until nothing may go on, or the budget is spent. */
  void train() {
    TrainSettings settings = run.settings();
    int count = run.executors().count();
    boolean sideBySide = settings.isOfTrials(trials.size(), count);
    context.remark(
        "search: %s, %d at once, each by %s%n",
        Amount.of(trials.size(), "trial"), sideBySide ? count : 1, run.workers());
    SparkContext spark = run.spark().sc();
    (sideBySide ? SideBySide.onExecutors(spark) : SideBySide.oneByOne(spark))
        .run(
            () ->
                next()
                    .map(
                        at ->
                            seat ->
                                train(
                                    at,
                                    new Lane(
                                        sideBySide ? seat : run.lane().executors(),
                                        (task, images) -> begin(task, images, at)))));
    spent.ifPresent(reason -> context.remark("search: %s; no trial goes on%n", reason));
  }

  private Progress begin(String task, long images, TrialRung at) {
    return progress.start(
        "%s, rung %d".formatted(task, at.rung()),
        images,
        (double) images / run.images(trial(at).architecture()));
  }

  private synchronized Optional<TrialRung> next() {
    Optional<TrialRung> again = Optional.ofNullable(begun.poll());
    if (again.isPresent()) {
      return again;
    }
    spent =
        Budget.of(search)
            .spent(seconds(), rows.values().stream().mapToLong(TrialRow::images).sum());
    if (spent.isPresent()) {
      return Optional.empty();
    }
    Optional<TrialRung> at = halving.next();
    at.ifPresent(each -> put(each, row(each, RungResult.nothing(search.metric()), 0)));
    return at;
  }

  private double seconds() {
    return secondsBefore + (System.nanoTime() - started) * NANO;
  }

  private Trial trial(TrialRung at) {
    return trials.get(at.trial() - 1);
  }

  private void train(TrialRung at, Lane lane) {
    long begin = System.nanoTime();
    Trial trial = trial(at);
    tracking.begin(
        trial.architecture(),
        Map.of(
            "convoy.architecture", trial.base(),
            "convoy.trial", Integer.toString(trial.number()),
            "convoy.rung", Integer.toString(at.rung())));
    RungResult result =
        RungResult.of(
            run.on(lane),
            trial.architecture(),
            epochsBefore(at),
            epochs(trial, at.rung()),
            search.metric(),
            tracking::progress);
    tracking.end(
        trial.architecture().name(), result.failure().isPresent() ? End.FAILED : End.FINISHED);
    run.folder().requireHeld();
    tell(at, result, (System.nanoTime() - begin) * NANO);
  }

  private int epochsBefore(TrialRung at) {
    return at.rung() == 0 ? 0 : epochs(trial(at), at.rung() - 1);
  }

  private synchronized void tell(TrialRung at, RungResult result, double seconds) {
    halving.tell(at, result.value());
    put(at, row(at, result, seconds));
    progress.ended(epochs(trial(at), at.rung()) - epochsBefore(at));
    context.remark(
        "search: %s (%s) after %d of %s: %s%n",
        trial(at).architecture().name(),
        rows.get(at).settings(),
        result.epochs(),
        Amount.of(trial(at).architecture().epochs(), "epoch"),
        result.words());
    best().stream()
        .findFirst()
        .ifPresent(best -> progress.note("best so far " + best.architecture().name()));
  }

  private TrialRow row(TrialRung at, RungResult result, double seconds) {
    Trial trial = trial(at);
    Optional<EpochResult> kept = result.kept();
    Optional<SplitMetrics> metrics = kept.map(EpochResult::validation);
    return new TrialRow(
        trial.number(),
        trial.architecture().name(),
        trial.base(),
        trial.drawn(),
        at.rung(),
        halving.state(at),
        result.failure().orElse(null),
        result.epochs(),
        kept.map(EpochResult::epoch).orElse(null),
        search.metric().key(),
        kept.map(new EpochOrder(search.metric())::value).orElse(null),
        kept.map(EpochResult::validationLoss).orElse(null),
        metrics.map(SplitMetrics::mse).orElse(null),
        metrics.map(SplitMetrics::accuracy).orElse(null),
        metrics.map(SplitMetrics::auc).orElse(null),
        seconds,
        (long) result.more() * run.images(trial.architecture()),
        seconds());
  }

  private void put(TrialRung at, TrialRow row) {
    rows.put(at, row);
    rows.replaceAll((each, before) -> before.with(halving.state(each)));
    write(run.folder());
  }

  private void write(RunFolder folder) {
    new TableWriter(folder.files().tables()).write(table.of(List.copyOf(rows.values())));
  }

  /** The best, for a terminal. */
  synchronized String text() {
    return TrialTable.text(
        halving.best(trials.size()).stream()
            .map(number -> last(number))
            .limit(MOST_SHOWN)
            .toList());
  }

  private TrialRow last(int number) {
    return rows.values().stream()
        .filter(row -> row.trial() == number && row.value() != null)
        .reduce((one, later) -> later)
        .orElseThrow();
  }

  /** How many have begun. */
  synchronized int tried() {
    return halving.tried();
  }

  /** The best so far, the best first, as many as the settings want. */
  synchronized List<Trial> best() {
    return halving.best(search.best()).stream().map(number -> trials.get(number - 1)).toList();
  }

  /** Why the first of those that failed did. */
  String firstFailure() {
    return rows.values().stream()
        .filter(row -> row.state() == State.FAILED)
        .map(TrialRow::reason)
        .findFirst()
        .orElse("none was begun");
  }

  /**
   * Brings what the best are trained already to their own run, and the table of all. What is not
   * whole there is trained anew, and comes to the same.
   */
  void bring(RunFolder best, List<Architecture> architectures) {
    write(best);
    RunFiles from = run.folder().files();
    RunFiles to = best.files();
    for (Architecture each : architectures) {
      List<Storage> kept = from.checkpoints().child(each.name()).children();
      Storage checkpoints = to.checkpoints().child(each.name());
      if (checkpoints.children().isEmpty() && from.bestModel(each.name()).exists()) {
        copy(from.bestModel(each.name()), to.bestModel(each.name()));
        kept.forEach(file -> copy(file, checkpoints.child(file.name())));
      }
    }
  }

  private static void copy(Storage from, Storage to) {
    to.write(
        out -> {
          try (InputStream in = from.open()) {
            in.transferTo(out);
          }
        });
  }

  /** Deletes the networks, which are as large as all together, and which nothing needs any more. */
  void tidy() {
    run.folder().finish();
    run.folder().files().models().delete();
  }
}
