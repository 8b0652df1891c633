package io.convoy.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.convoy.notebook.Notebook.Paragraph;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Runs all paragraphs of a note, the first to the last. */
public final class NoteRun {
  private final SparkSession session;
  private final ScalaShell shell;

  /**
   * @param session for {@code %spark.sql}
   * @param shell for {@code %spark}, over the same session
   */
  public NoteRun(SparkSession session, ScalaShell shell) {
    this.session = session;
    this.shell = shell;
  }

  /**
   * What the paragraphs came to.
   *
   * @param printed by {@code %spark}, by the paragraph's id
   * @param rows of {@code %spark.sql}, by the paragraph's id
   */
  public record Results(Map<String, String> printed, Map<String, List<Row>> rows) {}

  /**
   * Runs a note.
   *
   * @param forms the values of the fields
   * @throws AssertionError if a paragraph fails, is for an interpreter that is not known, or shows
   *     a column that its result does not have
   */
  public Results run(Notebook note, Map<String, String> forms) {
    shell.fill(forms);
    Results results = new Results(new LinkedHashMap<>(), new LinkedHashMap<>());
    for (Paragraph paragraph : note.paragraphs()) {
      switch (paragraph.interpreter()) {
        case "%md" -> {}
        case "%spark" -> results.printed.put(paragraph.id(), shell.interpret(paragraph.code()));
        case "%spark.sql" -> results.rows.put(paragraph.id(), rows(paragraph, forms));
        default -> throw new AssertionError("No interpreter " + paragraph.interpreter());
      }
    }
    return results;
  }

  private List<Row> rows(Paragraph paragraph, Map<String, String> forms) {
    Dataset<Row> result = session.sql(paragraph.filled(forms));
    JsonNode graph = paragraph.graph();
    for (String part : List.of("keys", "groups", "values")) {
      graph.path(part).forEach(column -> requireColumn(column, result, paragraph));
    }
    graph
        .path("setting")
        .path("scatterChart")
        .forEach(column -> requireColumn(column, result, paragraph));
    return result.collectAsList();
  }

  private static void requireColumn(JsonNode column, Dataset<Row> result, Paragraph paragraph) {
    assertEquals(
        column.path("name").asText(),
        result.columns()[column.path("index").asInt()],
        paragraph.toString());
  }
}
