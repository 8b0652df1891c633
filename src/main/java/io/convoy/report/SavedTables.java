package io.convoy.report;

import io.convoy.averaging.Round;
import io.convoy.dataset.DatasetTables;
import io.convoy.evaluate.ClassMetrics;
import io.convoy.evaluate.ConfusionMatrix;
import io.convoy.evaluate.Predictions;
import io.convoy.evaluate.ThresholdRow;
import io.convoy.evaluate.ThresholdSweep;
import io.convoy.failure.UserException;
import io.convoy.report.PredictionTable.Prediction;
import io.convoy.settings.Architecture;
import io.convoy.storage.Storage;
import io.convoy.table.ParquetTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads the tables that a run has left, or has so far, from their Parquet files. */
public final class SavedTables {
  private final Storage folder;
  private final Map<String, Architecture> architectures;
  private final List<String> classes;

  /**
   * @param folder of the tables
   * @param architectures of the run's settings
   * @param classes in the order of their labels
   */
  public SavedTables(Storage folder, List<Architecture> architectures, List<String> classes) {
    this.folder = folder;
    this.architectures =
        architectures.stream().collect(Collectors.toMap(Architecture::name, Function.identity()));
    this.classes = classes;
  }

  /**
   * The rejected files.
   *
   * @param count of all
   * @param first of them
   */
  public record RejectedFiles(long count, List<RejectedFile> first) {}

  /** One of the rejected files, as {@code rejected} has it. */
  public record RejectedFile(String path, String reason, String found) {}

  /**
   * {@code metrics} with {@code thresholds}, {@code confusion} and {@code class_metrics}, in the
   * order of the table; nothing before the first architecture is trained.
   *
   * @throws UserException if they are not tables of such a run
   */
  public List<ArchitectureResult> results() {
    Map<String, Map<String, Map<String, List<ThresholdRow>>>> thresholds =
        new ThresholdTable(classes).read(folder);
    Map<String, Map<String, List<ConfusionMatrix.Cell>>> confusion =
        new ConfusionTable(classes).read(folder);
    Map<String, Map<String, List<ClassMetrics>>> ofClasses = new ClassTable(classes).read(folder);
    Map<String, Map<String, Predictions>> scores = new HashMap<>();
    return new MetricsTable(classes)
        .read(
            folder,
            architectures,
            new MetricsTable.Others(
                (name, split) ->
                    thresholds
                        .getOrDefault(name, Map.of())
                        .getOrDefault(split, Map.of())
                        .values()
                        .stream()
                        .map(ThresholdSweep::new)
                        .toList(),
                (name, split) ->
                    found(confusion, name, split)
                        .map(cells -> new ConfusionMatrix(classes.size(), cells)),
                (name, split) -> found(ofClasses, name, split),
                (name, split) -> {
                  if (scores.isEmpty()) {
                    scores.putAll(scores());
                  }
                  return found(scores, name, split)
                      .orElseGet(() -> Predictions.none(classes.size()));
                }));
  }

  private static <T> Optional<T> found(
      Map<String, Map<String, T>> all, String architecture, String split) {
    return Optional.ofNullable(all.getOrDefault(architecture, Map.of()).get(split));
  }

  /** {@code epochs}, in the order of training; nothing before the first epoch is trained. */
  public List<EpochSummary> epochs() {
    return new EpochTable(classes).read(folder);
  }

  /**
   * {@code rounds} of each architecture, by its name, in the order of training; none of a run of an
   * older convoy.
   */
  public Map<String, List<Round>> rounds() {
    return new RoundTable().read(folder);
  }

  /** {@code predictions}, one by one, as there may be very many. */
  public void predictions(Consumer<Prediction> reader) {
    new PredictionTable(classes).read(folder, reader);
  }

  /**
   * The numbers of {@code predictions}, by architecture and split; photos are in the table's order,
   * which is that of the data set.
   */
  public Map<String, Map<String, Predictions>> scores() {
    Map<String, Map<String, Predictions.Builder>> lists = new HashMap<>();
    predictions(
        prediction ->
            lists
                .computeIfAbsent(prediction.architecture(), name -> new HashMap<>())
                .computeIfAbsent(
                    prediction.split(), split -> new Predictions.Builder(classes.size()))
                .add(prediction.outputs(), prediction.label()));
    Map<String, Map<String, Predictions>> scores = new HashMap<>();
    lists.forEach(
        (name, bySplit) ->
            bySplit.forEach(
                (split, list) ->
                    scores.computeIfAbsent(name, key -> new HashMap<>()).put(split, list.build())));
    return scores;
  }

  /**
   * {@code rejected}.
   *
   * @param most how many files are named; all are counted
   */
  public RejectedFiles rejected(int most) {
    AtomicLong count = new AtomicLong();
    List<RejectedFile> first = new ArrayList<>();
    ParquetTable rejected = new ParquetTable(folder.child("rejected.parquet"));
    if (rejected.exists()) {
      rejected.forEach(
          DatasetTables.REJECTED,
          row -> {
            if (count.incrementAndGet() <= most) {
              first.add(new RejectedFile(row.getString(0), row.getString(1), row.getString(2)));
            }
          });
    }
    return new RejectedFiles(count.get(), first);
  }
}
