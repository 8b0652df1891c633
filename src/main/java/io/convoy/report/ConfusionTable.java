package io.convoy.report;

import io.convoy.evaluate.ConfusionMatrix.Cell;
import io.convoy.storage.Storage;
import io.convoy.table.Columns;
import io.convoy.table.SavedColumn;
import io.convoy.table.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * {@code confusion}: a row an architecture, split and pair of an actual and a predicted class that
 * an image has.
 */
public final class ConfusionTable {
  private final ClassLabels classes;
  private final Columns<Entry> columns = new Columns<>("confusion");
  private final SavedColumn<String> architecture =
      columns.text("architecture", Entry::architecture);
  private final SavedColumn<String> split = columns.text("split", Entry::split);
  private final SavedColumn<String> actual;
  private final SavedColumn<String> predicted;
  private final SavedColumn<Long> images;

  private record Entry(String architecture, String split, Cell cell) {}

  /**
   * @param classes in the order of their labels
   */
  public ConfusionTable(List<String> classes) {
    this.classes = new ClassLabels(classes);
    this.actual = columns.text("actual", e -> classes.get(e.cell.actual()));
    this.predicted = columns.text("predicted", e -> classes.get(e.cell.predicted()));
    this.images = columns.longInteger("images", e -> e.cell.images());
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
    return of.confusion().cells().stream()
        .map(cell -> new Entry(result.architecture().name(), split, cell));
  }

  /** Reads the cells, by the architectures' names and the splits' keys. */
  Map<String, Map<String, List<Cell>>> read(Storage folder) {
    Map<String, Map<String, List<Cell>>> cells = new HashMap<>();
    columns.read(
        folder,
        row ->
            cells
                .computeIfAbsent(row.value(architecture), name -> new HashMap<>())
                .computeIfAbsent(row.value(split), key -> new ArrayList<>())
                .add(
                    new Cell(
                        classes.label(row, actual),
                        classes.label(row, predicted),
                        row.value(images))));
    return cells;
  }
}
