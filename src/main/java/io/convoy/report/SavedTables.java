package io.convoy.report;

import io.convoy.averaging.Round;
import io.convoy.dataset.DatasetTables;
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
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads the tables that a run has left, or has so far, from their Parquet files. */
public final class SavedTables {
  private static final Predictions NO_PREDICTIONS = new Predictions(new float[0], new int[0]);

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
   * {@code metrics} with {@code thresholds}, in the order of the table; nothing before the first
   * architecture is trained.
   *
   * @throws UserException if they are not tables of such a run
   */
  public List<ArchitectureResult> results() {
    Map<String, Map<String, List<ThresholdRow>>> thresholds = new ThresholdTable().read(folder);
    return new MetricsTable(classes)
        .read(
            folder,
            architectures,
            (name, split) ->
                new ThresholdSweep(
                    thresholds.getOrDefault(name, Map.of()).getOrDefault(split, List.of())),
            (name, split) ->
                scores().getOrDefault(name, Map.of()).getOrDefault(split, NO_PREDICTIONS));
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
                .computeIfAbsent(prediction.split(), split -> new Predictions.Builder())
                .add(prediction.probability(), prediction.label()));
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
