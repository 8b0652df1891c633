package io.convoy.job;

import io.convoy.averaging.Round;
import io.convoy.compare.Candidate;
import io.convoy.compare.Comparison;
import io.convoy.compare.RankingText;
import io.convoy.dataset.DatasetTables;
import io.convoy.dataset.DatasetTables.Example;
import io.convoy.job.ArchitectureTraining.Outcome;
import io.convoy.job.ArchitectureTraining.SoFar;
import io.convoy.report.ArchitectureResult;
import io.convoy.report.ClassTable;
import io.convoy.report.ConfusionTable;
import io.convoy.report.EpochResult;
import io.convoy.report.EpochTable;
import io.convoy.report.MetricsTable;
import io.convoy.report.PredictionTable;
import io.convoy.report.RoundTable;
import io.convoy.report.TableWriter;
import io.convoy.report.TableWriter.Marker;
import io.convoy.report.ThresholdTable;
import io.convoy.table.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;

/** The results of a run's architectures, which are written to its tables as they come. */
final class RunResults {
  private final TrainingRun run;
  private final TableWriter tables;
  private final EpochTable epochTable;
  private final RoundTable roundTable = new RoundTable();
  private final List<Row> earlierEpochs;
  private final List<Row> earlierRounds;
  private final List<Example> predicted;
  private final List<Outcome> outcomes = new ArrayList<>();

  /** Writes the table of the rejected photos, and reads what the model's own run has trained. */
  RunResults(TrainingRun run) {
    this.run = run;
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

  /** Writes the epochs and rounds of the architecture that is being trained behind the others'. */
  void progress(SoFar current) {
    List<EpochResult> epochs = new ArrayList<>();
    Map<String, List<Round>> rounds = new LinkedHashMap<>();
    Stream.concat(outcomes.stream().map(Outcome::soFar), Stream.of(current))
        .forEach(
            each -> {
              epochs.addAll(each.epochs());
              rounds.put(each.name(), each.rounds());
            });
    tables.write(epochTable.of(epochs).after(earlierEpochs));
    tables.write(roundTable.of(rounds).after(earlierRounds));
  }

  /**
   * Writes the tables with the results of one more architecture.
   *
   * @param marker says whether the run is finished with it
   */
  void add(Outcome outcome, Marker marker) {
    outcomes.add(outcome);
    run.folder().requireHeld();
    List<String> classes = run.manifest().classes();
    List<ArchitectureResult> results = outcomes.stream().map(Outcome::result).toList();
    tables.write(new ThresholdTable(classes).of(results));
    tables.write(new ConfusionTable(classes).of(results));
    tables.write(new ClassTable(classes).of(results));
    new PredictionTable(classes)
        .write(tables, predicted, outcomes.stream().map(RunResults::scores).toList());
    tables.write(new MetricsTable(classes).of(results), marker);
  }

  private static PredictionTable.Scores scores(Outcome outcome) {
    return PredictionTable.Scores.of(
        outcome.name(), outcome.result().threshold(), outcome.validation(), outcome.test());
  }

  /** The architectures by their quality, in words. */
  String ranking() {
    List<Candidate> candidates =
        outcomes.stream()
            .map(each -> new Candidate(each.name(), each.result(), each.validation(), each.test()))
            .toList();
    return new RankingText(new Comparison(candidates), run.manifest().classes()).text();
  }
}
