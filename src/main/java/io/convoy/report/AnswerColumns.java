package io.convoy.report;

import io.convoy.evaluate.Predictions;
import io.convoy.table.Columns;
import io.convoy.table.SavedColumn;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The columns that say what a network answered to a photo: {@code predicted}, the class; {@code
 * predicted_probability}, of that class; and {@code probabilities}, of each class by its name. No
 * number stands without the name of the class that it is of.
 */
public final class AnswerColumns {
  private AnswerColumns() {}

  /**
   * Adds the columns to a table.
   *
   * @param classes in the order of their labels
   * @param outputs the network's for a photo, from a row: of two classes the probability of the
   *     second, of more that of each; null where the network gave no number
   * @param predicted one of the classes, from a row; null where the network gave no number
   * @return the probabilities
   */
  public static <R> SavedColumn<Map<String, Float>> add(
      Columns<R> table,
      List<String> classes,
      Function<R, float[]> outputs,
      Function<R, String> predicted) {
    table.text("predicted", predicted);
    table.number(
        "predicted_probability",
        row -> {
          String name = predicted.apply(row);
          return name == null
              ? null
              : Predictions.probability(outputs.apply(row), classes.indexOf(name));
        });
    return table.numbers("probabilities", row -> byName(classes, outputs.apply(row)));
  }

  private static Map<String, Float> byName(List<String> classes, float[] outputs) {
    if (outputs == null) {
      return null;
    }
    Map<String, Float> probabilities = new LinkedHashMap<>();
    for (int label = 0; label < classes.size(); label++) {
      probabilities.put(classes.get(label), (float) Predictions.probability(outputs, label));
    }
    return probabilities;
  }
}
