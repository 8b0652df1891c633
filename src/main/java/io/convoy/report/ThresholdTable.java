package io.convoy.report;

import io.convoy.evaluate.ThresholdRow;
import io.convoy.evaluate.ThresholdSweep;
import io.convoy.storage.Storage;
import io.convoy.table.Columns;
import io.convoy.table.SavedColumn;
import io.convoy.table.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** {@code thresholds}: a row an architecture, split, class and threshold. */
public final class ThresholdTable {
  private final Columns<Entry> columns = new Columns<>("thresholds");
  private final SavedColumn<String> architecture =
      columns.text("architecture", Entry::architecture);
  private final SavedColumn<String> split = columns.text("split", Entry::split);
  private final SavedColumn<Double> threshold = columns.number("threshold", e -> e.row.threshold());
  private final SavedColumn<Double> accuracy = columns.number("accuracy", e -> e.row.accuracy());
  private final SavedColumn<Double> precision = columns.number("precision", e -> e.row.precision());
  private final SavedColumn<Double> recall = columns.number("recall", e -> e.row.recall());
  private final SavedColumn<Double> f1 = columns.number("f1", e -> e.row.f1());
  private final SavedColumn<Long> truePositives =
      columns.longInteger("true_positives", e -> e.row.truePositives());
  private final SavedColumn<Long> falsePositives =
      columns.longInteger("false_positives", e -> e.row.falsePositives());
  private final SavedColumn<Long> trueNegatives =
      columns.longInteger("true_negatives", e -> e.row.trueNegatives());
  private final SavedColumn<Long> falseNegatives =
      columns.longInteger("false_negatives", e -> e.row.falseNegatives());

  private final SavedColumn<String> positive = columns.text("class", Entry::positive);

  private final List<String> classes;

  private record Entry(String architecture, String split, String positive, ThresholdRow row) {}

  /**
   * @param classes in the order of their labels
   */
  public ThresholdTable(List<String> classes) {
    this.classes = classes;
  }

  /** The table of some architectures, of each the validation split first. */
  public Table of(List<ArchitectureResult> results) {
    return columns.table(
        results.stream()
            .flatMap(
                result ->
                    Stream.concat(
                        entries(result, "validation", result.validation()),
                        entries(result, "test", result.test())))
            .toList());
  }

  private Stream<Entry> entries(ArchitectureResult result, String split, SplitResult of) {
    List<String> swept = ThresholdSweep.labels(classes.size()).mapToObj(classes::get).toList();
    return IntStream.range(0, of.sweeps().size())
        .boxed()
        .flatMap(
            i ->
                of.sweeps().get(i).rows().stream()
                    .map(row -> new Entry(result.architecture().name(), split, swept.get(i), row)));
  }

  /**
   * Reads the rows, by the architectures' names, the splits' keys and the classes, of which a table
   * of an older convoy names none.
   */
  Map<String, Map<String, Map<String, List<ThresholdRow>>>> read(Storage folder) {
    Map<String, Map<String, Map<String, List<ThresholdRow>>>> rows = new HashMap<>();
    columns.read(
        folder,
        row ->
            rows.computeIfAbsent(row.value(architecture), name -> new HashMap<>())
                .computeIfAbsent(row.value(split), key -> new LinkedHashMap<>())
                .computeIfAbsent(row.valueOrNull(positive), name -> new ArrayList<>())
                .add(
                    new ThresholdRow(
                        row.value(threshold),
                        row.value(accuracy),
                        row.valueOrNull(precision),
                        row.valueOrNull(recall),
                        row.valueOrNull(f1),
                        row.value(truePositives),
                        row.value(falsePositives),
                        row.value(trueNegatives),
                        row.value(falseNegatives))));
    return rows;
  }
}
