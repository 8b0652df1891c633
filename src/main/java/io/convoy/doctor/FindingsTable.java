package io.convoy.doctor;

import io.convoy.report.TextTable;
import io.convoy.report.TextTable.Column;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** Findings for a terminal: a row each, and below the table a remedy for each that failed. */
public final class FindingsTable {
  private static final int WIDTH = 120;
  private static final int LEAST = 24;
  private static final String PLACE = "place";
  private static final String CHECK = "check";
  private static final String OK = "ok";
  private static final String FAILED = "FAILED";
  private static final int GAPS = 3 * 2;

  private FindingsTable() {}

  /** Table and remedies, each line ended by a line feed. */
  public static String render(List<Finding> findings) {
    int room =
        WIDTH
            - GAPS
            - longest(findings, Finding::place, PLACE)
            - longest(findings, Finding::check, CHECK)
            - FAILED.length();
    TextTable table =
        new TextTable(
            Column.text(PLACE), Column.text(CHECK), Column.text("found"), Column.text("result"));
    StringBuilder remedies = new StringBuilder();
    for (Finding finding : findings) {
      table.row(
          finding.place(),
          finding.check(),
          shortened(finding.found(), Math.max(LEAST, room)),
          finding.failed() ? FAILED : OK);
      if (finding.failed()) {
        // The whole of what was found, as the table may have had no room for it.
        remedies.append("\n");
        remedies.append(wrapped(finding.place() + ", " + finding.check() + ": " + finding.found()));
        remedies.append(wrapped("Remedy: " + finding.remedy()));
      }
    }
    return table.render() + remedies;
  }

  /** Lines of whole words; those after the first are indented. */
  private static String wrapped(String text) {
    StringBuilder lines = new StringBuilder();
    int column = 0;
    for (String word : text.split(" ")) {
      if (column > 0 && column + 1 + word.length() > WIDTH) {
        lines.append("\n ");
        column = 1;
      }
      lines.append(column == 0 ? "" : " ").append(word);
      column += word.length() + (column == 0 ? 0 : 1);
    }
    return lines.append('\n').toString();
  }

  private static int longest(List<Finding> findings, Function<Finding, String> cell, String title) {
    return Stream.concat(Stream.of(title), findings.stream().map(cell))
        .mapToInt(String::length)
        .max()
        .orElseThrow();
  }

  private static String shortened(String text, int width) {
    return text.length() <= width ? text : text.substring(0, width - 3) + "...";
  }
}
