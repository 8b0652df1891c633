package io.convoy.report;

import io.convoy.averaging.Round;
import io.convoy.evaluate.Assessment;
import io.convoy.evaluate.Estimate;
import io.convoy.evaluate.Predictions;
import io.convoy.evaluate.SplitMetrics;
import io.convoy.evaluate.ThresholdRow;
import io.convoy.evaluate.ThresholdSweep;
import io.convoy.evaluate.Verdict;
import io.convoy.failure.UserException;
import io.convoy.settings.Architecture;
import io.convoy.storage.Storage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads the tables that a run has left, or has so far, from their CSV files. */
public final class SavedTables {
  private static final String INFERENCE = "inference_seconds_per_image";
  private static final List<String> SPLITS = List.of("validation", "test");

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
   * An epoch of an architecture, from {@code epochs}. A figure that is not defined is null.
   *
   * @param epoch from 1
   * @param trainLoss mean over the training split
   * @param validationLoss mean over the validation split
   * @param validationAccuracy at the threshold 0.5
   * @param seconds of training
   */
  public record Epoch(
      String architecture,
      int epoch,
      Double trainLoss,
      Double validationLoss,
      Double validationAccuracy,
      Double seconds) {}

  /**
   * A row of {@code predictions}.
   *
   * @param split its key
   * @param probability of the positive class; NaN where the network gave no number
   */
  public record Prediction(
      String architecture, String split, String path, int label, float probability) {}

  /**
   * The rejected files.
   *
   * @param count of all
   * @param first of them
   */
  public record Rejected(long count, List<File> first) {

    /** One of them, as {@code rejected} has it. */
    public record File(String path, String reason, String found) {}
  }

  /**
   * {@code metrics} with {@code thresholds}, in the order of the table; nothing before the first
   * architecture is trained.
   *
   * @throws UserException if they are not tables of such a run
   */
  public List<ArchitectureResult> results() {
    Map<String, Map<String, ThresholdSweep>> sweeps = sweeps();
    List<ArchitectureResult> results = new ArrayList<>();
    read(
        "metrics",
        line -> {
          Map<String, ThresholdSweep> ofSplits =
              sweeps.getOrDefault(line.word("architecture"), Map.of());
          results.add(result(line, ofSplits));
        });
    return results;
  }

  private ArchitectureResult result(CsvTable.Line line, Map<String, ThresholdSweep> sweeps) {
    String name = line.word("architecture");
    Architecture architecture = architectures.get(name);
    if (architecture == null) {
      throw new UserException(
          "%s has the architecture %s, and the settings of the run do not; make the run again.",
          folder.child("metrics.csv"), name);
    }
    return new ArchitectureResult(
        architecture,
        line.wholeNumber("parameters"),
        line.wholeNumber("model_bytes"),
        line.smallNumber("train_images"),
        line.smallNumber("epochs"),
        line.smallNumber("best_epoch"),
        line.smallNumber("workers"),
        line.smallNumber("averaging_frequency"),
        Optional.ofNullable(line.number("epoch_seconds")).orElse(Double.NaN),
        line.has(INFERENCE) ? line.number(INFERENCE) : null,
        split(line, "validation", sweeps),
        split(line, "test", sweeps));
  }

  private SplitResult split(CsvTable.Line line, String split, Map<String, ThresholdSweep> sweeps) {
    ThresholdSweep sweep = sweeps.getOrDefault(split, new ThresholdSweep(List.of()));
    Double best = line.number(split + "_best_threshold");
    SplitMetrics metrics =
        new SplitMetrics(
            line.wholeNumber(split + "_images"),
            line.number(split + "_mse"),
            line.number(split + "_cross_entropy"),
            line.number(split + "_pearson_r"),
            line.number(split + "_accuracy"),
            line.number(split + "_auc"),
            line.number(split + "_mean_prediction"),
            line.number(split + "_mean_prediction_" + classes.get(1)),
            line.number(split + "_mean_prediction_" + classes.get(0)));
    return new SplitResult(
        metrics,
        sweep,
        sweep.rows().stream().filter(row -> best != null && row.threshold() == best).findFirst(),
        assessment(line, split, metrics));
  }

  private Assessment assessment(CsvTable.Line line, String split, SplitMetrics metrics) {
    String prefix = split + "_";
    if (!line.has(prefix + "verdict")) {
      return Assessment.of(
          scores()
              .getOrDefault(line.word("architecture"), Map.of())
              .getOrDefault(split, NO_PREDICTIONS));
    }
    return new Assessment(
        verdict(line, prefix + "verdict"),
        estimate(line, metrics.accuracy(), prefix + "accuracy"),
        estimate(line, metrics.auc(), prefix + "auc"),
        line.number(prefix + "constant_mse"),
        estimate(
            line, line.number(prefix + "mse_against_constant"), prefix + "mse_against_constant"));
  }

  private static Verdict verdict(CsvTable.Line line, String column) {
    try {
      return Verdict.of(line.word(column));
    } catch (IllegalArgumentException e) {
      throw line.nonsense(column);
    }
  }

  private static Estimate estimate(CsvTable.Line line, Double value, String column) {
    Double low = line.number(column + "_low");
    Double high = line.number(column + "_high");
    return value == null || low == null || high == null ? null : new Estimate(value, low, high);
  }

  private Map<String, Map<String, ThresholdSweep>> sweeps() {
    Map<String, Map<String, List<ThresholdRow>>> rows = new HashMap<>();
    read(
        "thresholds",
        line ->
            rows.computeIfAbsent(line.word("architecture"), name -> new HashMap<>())
                .computeIfAbsent(line.word("split"), split -> new ArrayList<>())
                .add(threshold(line)));
    Map<String, Map<String, ThresholdSweep>> sweeps = new HashMap<>();
    rows.forEach(
        (name, bySplit) ->
            SPLITS.forEach(
                split ->
                    sweeps
                        .computeIfAbsent(name, key -> new HashMap<>())
                        .put(split, new ThresholdSweep(bySplit.getOrDefault(split, List.of())))));
    return sweeps;
  }

  private static ThresholdRow threshold(CsvTable.Line line) {
    return new ThresholdRow(
        line.figure("threshold"),
        line.figure("accuracy"),
        line.number("precision"),
        line.number("recall"),
        line.number("f1"),
        line.wholeNumber("true_positives"),
        line.wholeNumber("false_positives"),
        line.wholeNumber("true_negatives"),
        line.wholeNumber("false_negatives"));
  }

  /** {@code epochs}, in the order of training; nothing before the first epoch is trained. */
  public List<Epoch> epochs() {
    List<Epoch> epochs = new ArrayList<>();
    read(
        "epochs",
        line ->
            epochs.add(
                new Epoch(
                    line.word("architecture"),
                    line.smallNumber("epoch"),
                    line.number("train_loss"),
                    line.number("validation_loss"),
                    line.number("validation_accuracy"),
                    line.number("epoch_seconds"))));
    return epochs;
  }

  /** {@code rounds}, in the order of training; none of a run of an older convoy. */
  public List<RoundResult> rounds() {
    List<RoundResult> rounds = new ArrayList<>();
    read("rounds", line -> rounds.add(new RoundResult(line.word("architecture"), round(line))));
    return rounds;
  }

  private static Round round(CsvTable.Line line) {
    return new Round(
        line.smallNumber("epoch"),
        line.smallNumber("round"),
        line.smallNumber("minibatches_per_worker"),
        line.smallNumber("workers"),
        line.smallNumber("examples"),
        orNone(line.number("train_loss")),
        orNone(line.number("round_seconds")),
        line.wholeNumber("broadcast_bytes"),
        line.wholeNumber("averaged_bytes"),
        orNone(line.number("update_norm")),
        orNone(line.number("worker_spread")));
  }

  private static double orNone(Double number) {
    return number == null ? Double.NaN : number;
  }

  /** {@code predictions}, one by one, as there may be very many. */
  public void predictions(Consumer<Prediction> reader) {
    read(
        "predictions",
        line -> {
          Double probability = line.number("probability");
          reader.accept(
              new Prediction(
                  line.word("architecture"),
                  line.word("split"),
                  line.word("path"),
                  line.smallNumber("label"),
                  probability == null ? Float.NaN : probability.floatValue()));
        });
  }

  /**
   * The numbers of {@code predictions}, by architecture and split; photos are in the table's order,
   * which is that of the data set.
   */
  public Map<String, Map<String, Predictions>> scores() {
    Map<String, Map<String, ScoreList>> lists = new HashMap<>();
    predictions(
        prediction ->
            lists
                .computeIfAbsent(prediction.architecture(), name -> new HashMap<>())
                .computeIfAbsent(prediction.split(), split -> new ScoreList())
                .add(prediction.probability(), prediction.label()));
    Map<String, Map<String, Predictions>> scores = new HashMap<>();
    lists.forEach(
        (name, bySplit) ->
            bySplit.forEach(
                (split, list) ->
                    scores
                        .computeIfAbsent(name, key -> new HashMap<>())
                        .put(split, list.predictions())));
    return scores;
  }

  /**
   * {@code rejected}.
   *
   * @param most how many files are named; all are counted
   */
  public Rejected rejected(int most) {
    AtomicLong count = new AtomicLong();
    List<Rejected.File> first = new ArrayList<>();
    read(
        "rejected",
        line -> {
          if (count.incrementAndGet() <= most) {
            first.add(
                new Rejected.File(line.text("path"), line.text("reason"), line.text("found")));
          }
        });
    return new Rejected(count.get(), first);
  }

  private void read(String table, Consumer<CsvTable.Line> reader) {
    CsvTable csv = new CsvTable(folder.child(table + ".csv"));
    if (csv.exists()) {
      csv.forEach(reader);
    }
  }
}
