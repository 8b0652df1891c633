package io.convoy.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class AnswerColumnsTest {
  private static final List<String> CLASSES = List.of("Hot Dog", "\u732b");

  @Test
  void everyProbabilityHasTheNameOfItsClass() {
    StructType path = new StructType().add("path", DataTypes.StringType, true);
    assertEquals(
        List.of(
            "path",
            "predicted",
            "predicted_probability",
            "probability_Hot Dog",
            "probability_\u732b"),
        List.of(AnswerColumns.behind(path, CLASSES).fieldNames()));
  }

  @Test
  void theProbabilityBesideAClassIsThatOfTheClass() {
    assertEquals(
        List.of("Hot Dog", 0.75, 0.75, 0.25), AnswerColumns.cells(CLASSES, 0.25, "Hot Dog"));
    assertEquals(List.of("\u732b", 0.25, 0.75, 0.25), AnswerColumns.cells(CLASSES, 0.25, "\u732b"));
  }

  @Test
  void aNetworkThatGivesNoNumberLeavesThemEmpty() {
    assertEquals(Arrays.asList(null, null, null, null), AnswerColumns.cells(CLASSES, null, null));
  }
}
