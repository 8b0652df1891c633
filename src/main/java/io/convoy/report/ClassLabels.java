package io.convoy.report;

import io.convoy.failure.UserException;
import io.convoy.table.SavedColumn;
import io.convoy.table.SavedRow;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The labels of classes whose names stand in saved tables. */
record ClassLabels(Map<String, Integer> byName) {

  /**
   * @param classes in the order of their labels
   */
  ClassLabels(List<String> classes) {
    this(
        IntStream.range(0, classes.size())
            .boxed()
            .collect(Collectors.toMap(classes::get, Function.identity())));
  }

  /**
   * The label of the class that a cell names.
   *
   * @throws UserException if there is no such class
   */
  int label(SavedRow row, SavedColumn<String> column) {
    Integer label = byName.get(row.value(column));
    if (label == null) {
      throw row.unknown(column);
    }
    return label;
  }
}
