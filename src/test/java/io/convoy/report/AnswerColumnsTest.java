package io.convoy.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.convoy.table.Columns;
import java.util.List;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;

class AnswerColumnsTest {
  private static final List<String> CLASSES = List.of("Hot Dog", "\u732b");

  private record Answer(Double probability, String predicted) {}

  private static final Columns<Answer> COLUMNS = columns();

  private static Columns<Answer> columns() {
    Columns<Answer> columns = new Columns<>("answers");
    AnswerColumns.add(columns, CLASSES, Answer::probability, Answer::predicted);
    return columns;
  }

  @Test
  void everyProbabilityHasTheNameOfItsClass() {
    assertEquals(
        List.of("predicted", "predicted_probability", "probability_Hot Dog", "probability_\u732b"),
        List.of(COLUMNS.schema().fieldNames()));
  }

  @Test
  void theProbabilityBesideAClassIsThatOfTheClass() {
    assertEquals(
        RowFactory.create("Hot Dog", 0.75, 0.75, 0.25), COLUMNS.row(new Answer(0.25, "Hot Dog")));
    assertEquals(
        RowFactory.create("\u732b", 0.25, 0.75, 0.25), COLUMNS.row(new Answer(0.25, "\u732b")));
  }

  @Test
  void aNetworkThatGivesNoNumberLeavesThemEmpty() {
    assertEquals(RowFactory.create(null, null, null, null), COLUMNS.row(new Answer(null, null)));
  }
}
