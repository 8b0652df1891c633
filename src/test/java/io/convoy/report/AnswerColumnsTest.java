package io.convoy.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.convoy.table.Columns;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;

class AnswerColumnsTest {
  private static final List<String> CLASSES = List.of("Hot Dog", "\u732b");

  private record Answer(float[] outputs, String predicted) {}

  private static final Map<String, Float> PROBABILITIES = Map.of("Hot Dog", 0.75f, "\u732b", 0.25f);

  private static final Columns<Answer> COLUMNS = columns();

  private static Columns<Answer> columns() {
    Columns<Answer> columns = new Columns<>("answers");
    AnswerColumns.add(columns, CLASSES, Answer::outputs, Answer::predicted);
    return columns;
  }

  private static Answer answer(String predicted, float... outputs) {
    return new Answer(outputs, predicted);
  }

  @Test
  void noColumnHasTheNameOfAClass() {
    assertEquals(
        List.of("predicted", "predicted_probability", "probabilities"),
        List.of(COLUMNS.schema().fieldNames()));
  }

  @Test
  void theProbabilityBesideAClassIsThatOfTheClass() {
    assertEquals(
        RowFactory.create("Hot Dog", 0.75, PROBABILITIES), COLUMNS.row(answer("Hot Dog", 0.25f)));
    assertEquals(
        RowFactory.create("\u732b", 0.25, PROBABILITIES), COLUMNS.row(answer("\u732b", 0.25f)));
  }

  @Test
  void ofMoreClassesEachHasAProbability() {
    Columns<Answer> columns = new Columns<>("answers");
    AnswerColumns.add(columns, List.of("a", "b", "c"), Answer::outputs, Answer::predicted);

    assertEquals(
        RowFactory.create("b", 0.625, Map.of("a", 0.125f, "b", 0.625f, "c", 0.25f)),
        columns.row(answer("b", 0.125f, 0.625f, 0.25f)));
  }

  @Test
  void aNetworkThatGivesNoNumberLeavesThemEmpty() {
    assertEquals(RowFactory.create(null, null, null), COLUMNS.row(new Answer(null, null)));
  }
}
