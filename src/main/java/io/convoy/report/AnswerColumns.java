package io.convoy.report;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The columns that say what a network answered to a photo: {@code predicted}, the class; {@code
 * predicted_probability}, of that class; and a column {@code probability_CLASS} for each class. No
 * number stands without the name of the class that it is of.
 */
public final class AnswerColumns {
  private AnswerColumns() {}

  /**
   * The columns behind those of a table.
   *
   * @param classes in the order of their labels
   */
  public static StructType behind(StructType table, List<String> classes) {
    StructType schema =
        table
            .add("predicted", DataTypes.StringType, true)
            .add("predicted_probability", DataTypes.DoubleType, true);
    for (String name : classes) {
      schema = schema.add("probability_" + name, DataTypes.DoubleType, true);
    }
    return schema;
  }

  /**
   * The cells of a photo, in the order of the columns.
   *
   * @param classes in the order of their labels
   * @param positiveProbability of the last class; null where the network gave no number
   * @param predicted one of the classes; null where the network gave no number
   */
  public static List<Object> cells(
      List<String> classes, Double positiveProbability, String predicted) {
    List<Object> cells = new ArrayList<>();
    cells.add(predicted);
    if (positiveProbability == null) {
      cells.add(null);
      cells.add(null);
      cells.add(null);
      return cells;
    }
    List<Double> probabilities = List.of(1 - positiveProbability, positiveProbability);
    cells.add(probabilities.get(classes.indexOf(predicted)));
    cells.addAll(probabilities);
    return cells;
  }
}
