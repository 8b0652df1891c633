package io.convoy.doctor;

import io.convoy.report.TextTable;
import io.convoy.report.TextTable.Column;
import java.util.List;
import java.util.function.Function;

/** Findings for a terminal: a row each, and below the table a remedy for each that failed. */
public final class FindingsTable {
  private static final int WIDTH = 120;
  private static final int LEAST = 24;
  private static final String OK = "ok";
  private static final String FAILED = "FAILED";
  private static final int GAPS = 3 * 2;

  private FindingsTable() {}

  /** Table and remedies, each line ended by a line feed. */
  public static String render(List<Finding> findings) {
    int room =
        WIDTH
            - GAPS
            - longest(findings, Finding::place)
            - longest(findings, Finding::check)
            - FAILED.length();
    TextTable table =
        new TextTable(
            Column.text("place"),
            Column.text("check"),
            Column.text("found"),
            Column.text("result"));
    StringBuilder remedies = new StringBuilder();
    for (Finding finding : findings) {
      table.row(
          finding.place(),
          finding.check(),
          shortened(finding.found(), Math.max(LEAST, room)),
          finding.failed() ? FAILED : OK);
      if (finding.failed()) {
        // The whole of what was found, as the table may have had no room for it.
        remedies.append(
            "%n%s, %s: %s%n  Remedy: %s%n"
                .formatted(finding.place(), finding.check(), finding.found(), finding.remedy()));
      }
    }
    return table.render() + remedies;
  }

  private static int longest(List<Finding> findings, Function<Finding, String> cell) {
    return findings.stream().mapToInt(finding -> cell.apply(finding).length()).max().orElse(0);
  }

  private static String shortened(String text, int width) {
    return text.length() <= width ? text : text.substring(0, width - 3) + "...";
  }
}
