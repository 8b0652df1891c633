package io.convoy.report;

import io.convoy.evaluate.ThresholdRow;
import io.convoy.storage.Storage;
import io.convoy.table.Columns;
import io.convoy.table.SavedColumn;
import io.convoy.table.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** {@code thresholds}: a row an architecture, split and threshold. */
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

  private record Entry(String architecture, String split, ThresholdRow row) {}

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

  private static Stream<Entry> entries(ArchitectureResult result, String split, SplitResult of) {
    return of.sweep().rows().stream()
        .map(row -> new Entry(result.architecture().name(), split, row));
  }

  /** Reads the rows, by the architectures' names and the splits' keys. */
  Map<String, Map<String, List<ThresholdRow>>> read(Storage folder) {
    Map<String, Map<String, List<ThresholdRow>>> rows = new HashMap<>();
    columns.read(
        folder,
        row ->
            rows.computeIfAbsent(row.value(architecture), name -> new HashMap<>())
                .computeIfAbsent(row.value(split), key -> new ArrayList<>())
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
