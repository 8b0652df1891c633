package io.convoy.report;

import io.convoy.evaluate.ClassMetrics;
import io.convoy.storage.Storage;
import io.convoy.table.Columns;
import io.convoy.table.SavedColumn;
import io.convoy.table.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** {@code class_metrics}: a row an architecture, split and class, in the order of the labels. */
public final class ClassTable {
  private final Columns<Entry> columns = new Columns<>("class_metrics");
  private final SavedColumn<String> architecture =
      columns.text("architecture", Entry::architecture);
  private final SavedColumn<String> split = columns.text("split", Entry::split);
  private final SavedColumn<Integer> label;
  private final SavedColumn<Long> images;
  private final RateColumns rates;
  private final SavedColumn<Double> auc;
  private final SavedColumn<Double> meanProbability;

  private record Entry(String architecture, String split, ClassMetrics metrics) {}

  /**
   * @param classes in the order of their labels
   */
  public ClassTable(List<String> classes) {
    columns.text("class", e -> classes.get(e.metrics.label()));
    this.label = columns.integer("label", e -> e.metrics.label());
    this.images = columns.longInteger("images", e -> e.metrics.images());
    this.rates = new RateColumns(columns, "", e -> e.metrics.rates());
    this.auc = columns.number("auc", e -> e.metrics.auc());
    this.meanProbability = columns.number("mean_probability", e -> e.metrics.meanProbability());
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

  private static Stream<Entry> entries(ArchitectureResult result, String split, SplitResult of) {
    return of.classes().stream()
        .map(metrics -> new Entry(result.architecture().name(), split, metrics));
  }

  /** Reads the metrics, by the architectures' names and the splits' keys. */
  Map<String, Map<String, List<ClassMetrics>>> read(Storage folder) {
    Map<String, Map<String, List<ClassMetrics>>> metrics = new HashMap<>();
    columns.read(
        folder,
        row ->
            metrics
                .computeIfAbsent(row.value(architecture), name -> new HashMap<>())
                .computeIfAbsent(row.value(split), key -> new ArrayList<>())
                .add(
                    new ClassMetrics(
                        row.value(label),
                        row.value(images),
                        rates.read(row),
                        row.valueOrNull(auc),
                        row.valueOrNull(meanProbability))));
    return metrics;
  }
}
