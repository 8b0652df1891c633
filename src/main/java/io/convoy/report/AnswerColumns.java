package io.convoy.report;

import io.convoy.table.Columns;
import java.util.List;
import java.util.function.Function;

/**
 * The columns that say what a network answered to a photo: {@code predicted}, the class; {@code
 * predicted_probability}, of that class; and a column {@code probability_CLASS} for each class. No
 * number stands without the name of the class that it is of.
 */
public final class AnswerColumns {
  private AnswerColumns() {}

  /**
   * Adds the columns to a table.
   *
   * @param classes the two classes, in the order of their labels
   * @param positiveProbability of the last class, 0 to 1, from a row; null where the network gave
   *     no number
   * @param predicted one of the classes, from a row; null where the network gave no number
   */
  public static <R> void add(
      Columns<R> table,
      List<String> classes,
      Function<R, Double> positiveProbability,
      Function<R, String> predicted) {
    table.text("predicted", predicted);
    table.number(
        "predicted_probability",
        row -> {
          String name = predicted.apply(row);
          return name == null ? null : of(classes.indexOf(name), positiveProbability.apply(row));
        });
    for (int label = 0; label < classes.size(); label++) {
      int column = label;
      table.number(
          "probability_" + classes.get(label), row -> of(column, positiveProbability.apply(row)));
    }
  }

  private static Double of(int label, Double positiveProbability) {
    return positiveProbability == null || label == 1
        ? positiveProbability
        : Double.valueOf(1 - positiveProbability);
  }
}
