package io.convoy.job;

import io.convoy.averaging.Round;
import io.convoy.compare.Candidate;
import io.convoy.compare.Comparison;
import io.convoy.compare.RankingText;
import io.convoy.dataset.DatasetTables;
import io.convoy.dataset.DatasetTables.Example;
import io.convoy.dataset.Split;
import io.convoy.evaluate.Predictions;
import io.convoy.evaluate.RepeatedMetric;
import io.convoy.job.ArchitectureTraining.Outcome;
import io.convoy.job.ArchitectureTraining.SoFar;
import io.convoy.report.ArchitectureResult;
import io.convoy.report.ClassTable;
import io.convoy.report.ComparisonTable;
import io.convoy.report.ConfusionTable;
import io.convoy.report.EpochResult;
import io.convoy.report.EpochTable;
import io.convoy.report.MetricsTable;
import io.convoy.report.PredictionTable;
import io.convoy.report.RepeatTable;
import io.convoy.report.RepeatTable.Repeated;
import io.convoy.report.RoundTable;
import io.convoy.report.TableWriter;
import io.convoy.report.TableWriter.Marker;
import io.convoy.report.ThresholdTable;
import io.convoy.settings.Architecture;
import io.convoy.settings.Repeat.Fold;
import io.convoy.table.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;

/** The results of a run's architectures, which are written to its tables as they come. */
final class RunResults {
  private final TrainingRun run;
  private final RunTracking tracking;
  private final TableWriter tables;
  private final EpochTable epochTable;
  private final RoundTable roundTable = new RoundTable();
  private final List<Row> earlierEpochs;
  private final List<Row> earlierRounds;
  private final List<Example> predicted;

  /** By name, in the order of the settings. */
  private final Map<String, Optional<SoFar>> soFar = new LinkedHashMap<>();

  private final Map<String, Outcome> outcomes = new HashMap<>();

  /**
   * Writes the table of the rejected photos, and reads what the model's own run has trained.
   *
   * @param tracking is told of each network
   * @param names of all networks, in the order of the settings
   */
  RunResults(TrainingRun run, RunTracking tracking, List<String> names) {
    this.run = run;
    this.tracking = tracking;
    names.forEach(name -> soFar.put(name, Optional.empty()));
    DatasetTables prepared = new DatasetTables(run.dataset());
    this.tables = new TableWriter(run.folder().files().tables());
    tables.write(new Table("rejected", DatasetTables.REJECTED, prepared.rejectedRows()));
    this.epochTable = new EpochTable(run.manifest().classes());
    this.earlierEpochs = run.from().map(this::earlierEpochs).orElse(List.of());
    this.earlierRounds =
        run.from().map(model -> model.earlier(roundTable.of(Map.of()))).orElse(List.of());
    this.predicted = PredictionTable.examples(prepared);
  }

  private List<Row> earlierEpochs(FromModel from) {
    List<Row> rows = from.earlier(epochTable.of(List.of()));
    if (rows.isEmpty()) {
      run.context()
          .remark(
              "train: the tables of its own run are not beside %s: tables/epochs begins with epoch %d%n",
              from.file(), from.model().epochs() + 1);
    }
    return rows;
  }

  /** The training of a network begins, or goes on. */
  synchronized void begin(Architecture architecture) {
    tracking.begin(architecture, Map.of());
  }

  /** Writes the epochs and rounds of a network that is being trained beside the others'. */
  synchronized void progress(SoFar current) {
    soFar.put(current.name(), Optional.of(current));
    tracking.progress(current);
    List<EpochResult> epochs = new ArrayList<>();
    Map<String, List<Round>> rounds = new LinkedHashMap<>();
    soFar.values().stream()
        .flatMap(Optional::stream)
        .forEach(
            each -> {
              epochs.addAll(each.epochs());
              rounds.put(each.name(), each.rounds());
            });
    tables.write(epochTable.of(epochs).after(earlierEpochs));
    tables.write(roundTable.of(rounds).after(earlierRounds));
  }

  /** What a network has come to. */
  synchronized SoFar soFar(String name) {
    return soFar.get(name).orElseGet(() -> SoFar.nothing(name));
  }

  /** Writes the tables with the results of one more network; with the last the run is finished. */
  synchronized void add(Outcome outcome) {
    outcomes.put(outcome.name(), outcome);
    soFar.put(outcome.name(), Optional.of(outcome.soFar()));
    run.folder().requireHeld();
    List<String> classes = run.manifest().classes();
    List<ArchitectureResult> results = inOrder().stream().map(Outcome::result).toList();
    tables.write(new ThresholdTable(classes).of(results));
    tables.write(new ConfusionTable(classes).of(results));
    tables.write(new ClassTable(classes).of(results));
    new PredictionTable(classes).write(tables, inOrder().stream().map(this::scores).toList());
    List<Repeated> repeated = repeated();
    if (!repeated.isEmpty()) {
      tables.write(new RepeatTable().of(repeated));
    }
    // The marker of this table says that the run is finished.
    Marker marker = results.size() == soFar.size() ? Marker.SUCCESS : Marker.NONE;
    if (marker == Marker.SUCCESS) {
      tables.write(
          new ComparisonTable().of(byName(Candidate::validation), byName(Candidate::test)));
    }
    tables.write(new MetricsTable(classes).of(results), marker);
    tracking.end(outcome);
  }

  private Map<String, Predictions> byName(Function<Candidate, Predictions> split) {
    Map<String, Predictions> byName = new LinkedHashMap<>();
    candidates().forEach(each -> byName.put(each.label(), split.apply(each)));
    return byName;
  }

  private List<Candidate> candidates() {
    return Candidate.ofAllFolds(
        inOrder().stream()
            .map(each -> new Candidate(each.name(), each.result(), each.validation(), each.test()))
            .toList());
  }

  private static Optional<Fold> fold(Outcome outcome) {
    return outcome.result().architecture().recipe().repeat().crossValidation();
  }

  private List<Repeated> repeated() {
    Map<String, List<Outcome>> byArchitecture = new LinkedHashMap<>();
    for (Outcome outcome : inOrder()) {
      outcome
          .result()
          .architecture()
          .recipe()
          .repeat()
          .repeated()
          .ifPresent(
              of -> byArchitecture.computeIfAbsent(of, name -> new ArrayList<>()).add(outcome));
    }
    return byArchitecture.entrySet().stream()
        .flatMap(of -> repeated(of.getKey(), of.getValue()))
        .toList();
  }

  private static Stream<Repeated> repeated(String architecture, List<Outcome> outcomes) {
    List<Predictions> validation = outcomes.stream().map(Outcome::validation).toList();
    List<Predictions> test = outcomes.stream().map(Outcome::test).toList();
    return Stream.concat(
        fold(outcomes.get(0))
            .map(fold -> RepeatedMetric.ofFolds(validation, fold.count()))
            .orElseGet(() -> RepeatedMetric.of(validation))
            .stream()
            .map(metric -> new Repeated(architecture, Split.VALIDATION.key(), metric)),
        RepeatedMetric.of(test).stream()
            .map(metric -> new Repeated(architecture, Split.TEST.key(), metric)));
  }

  private List<Outcome> inOrder() {
    return soFar.keySet().stream()
        .flatMap(name -> Optional.ofNullable(outcomes.get(name)).stream())
        .toList();
  }

  /** The network with the best epoch so far, in words; empty before there is one. */
  synchronized Optional<String> bestSoFar() {
    return soFar.values().stream()
        .flatMap(Optional::stream)
        .flatMap(each -> each.epochs().stream())
        .filter(epoch -> epoch.validation().mse() != null)
        .min(Comparator.comparing(epoch -> epoch.validation().mse()))
        .map(
            best ->
                String.format(
                    Locale.ROOT,
                    "best so far %s, accuracy %.3f in its epoch %d",
                    best.architecture(),
                    best.validation().accuracy(),
                    best.epoch()));
  }

  private PredictionTable.Scores scores(Outcome outcome) {
    return new PredictionTable.Scores(
        outcome.name(),
        outcome.result().threshold(),
        predicted(outcome),
        Map.of(Split.VALIDATION, outcome.validation(), Split.TEST, outcome.test()));
  }

  /** A training that failed predicts nothing. */
  private List<Example> predicted(Outcome outcome) {
    return outcome.result().failure().isPresent()
        ? List.of()
        : fold(outcome).map(this::predicted).orElse(predicted);
  }

  private List<Example> predicted(Fold fold) {
    return Stream.concat(
            run.folds().get(fold.count()).validated(fold.number()).stream(),
            predicted.stream().filter(example -> example.split() == Split.TEST))
        .toList();
  }

  /** The architectures by their quality, in words. */
  String ranking() {
    return RepeatTable.text(repeated())
        + new RankingText(new Comparison(candidates()), run.manifest().classes()).text();
  }
}
