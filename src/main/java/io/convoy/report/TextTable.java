package io.convoy.report;

import io.convoy.failure.Printable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Rows as an aligned table for a terminal, at most {@value #MAX_WIDTH} characters wide as long as
 * shortening its text columns suffices.
 *
 * <pre>{@code
 * new TextTable(Column.text("architecture"), Column.number("val_mse", "%.4f"))
 *     .row("mlp", 0.25)
 *     .row("conv24", null)
 *     .render();
 *
 * architecture  val_mse
 * ------------  -------
 * mlp            0.2500
 * conv24              -
 * }</pre>
 */
public final class TextTable {
  static final int MAX_WIDTH = 160;

  private static final int MIN_TEXT_WIDTH = 8;
  private static final String GAP = "  ";
  private static final String MISSING = "-";
  private static final String CUT = "...";

  /**
   * @param title the header
   * @param format of a cell, in the syntax of {@link String#format}
   * @param alignment of title and cells
   */
  public record Column(String title, String format, Alignment alignment) {

    /** Words, to the left. */
    public static Column text(String title) {
      return new Column(title, "%s", Alignment.LEFT);
    }

    /**
     * Numbers, to the right.
     *
     * @param format e.g. {@code %.4f}, {@code %,d}
     */
    public static Column number(String title, String format) {
      return new Column(title, format, Alignment.RIGHT);
    }

    private String cell(Object value) {
      boolean missing =
          value == null || value instanceof Number number && Double.isNaN(number.doubleValue());
      // A file name may hold a line break.
      return missing ? MISSING : Printable.of(String.format(Locale.ROOT, format, value));
    }

    private String aligned(String text, int width) {
      String cut = text.length() <= width ? text : text.substring(0, width - CUT.length()) + CUT;
      String padding = " ".repeat(width - cut.length());
      return alignment == Alignment.LEFT ? cut + padding : padding + cut;
    }
  }

  /** The side of its column to which a cell keeps. */
  public enum Alignment {
    LEFT,
    RIGHT
  }

  private final List<Column> columns;
  private final List<List<String>> rows = new ArrayList<>();

  public TextTable(Column... columns) {
    this.columns = List.of(columns);
    rows.add(this.columns.stream().map(Column::title).toList());
  }

  /**
   * Adds a row.
   *
   * @param values one a column; null and NaN are shown as {@code -}
   * @throws IllegalArgumentException if there are more or fewer values than columns, or one does
   *     not fit its column's format
   */
  public TextTable row(Object... values) {
    if (values.length != columns.size()) {
      throw new IllegalArgumentException(
          values.length + " values for " + columns.size() + " columns: " + Arrays.toString(values));
    }
    rows.add(indices().mapToObj(i -> columns.get(i).cell(values[i])).toList());
    return this;
  }

  /** The table, each line ended by a line feed. */
  public String render() {
    int[] widths = widths();
    List<String> lines = new ArrayList<>();
    rows.forEach(row -> lines.add(line(row, widths)));
    lines.add(1, line(indices().mapToObj(i -> "-".repeat(widths[i])).toList(), widths));
    return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
  }

  private String line(List<String> cells, int[] widths) {
    return indices()
        .mapToObj(i -> columns.get(i).aligned(cells.get(i), widths[i]))
        .collect(Collectors.joining(GAP))
        .stripTrailing();
  }

  /** Each column's longest cell; while the table is too wide, the widest text column gives way. */
  private int[] widths() {
    int[] widths =
        indices()
            .map(i -> rows.stream().mapToInt(row -> row.get(i).length()).max().orElseThrow())
            .toArray();
    int excess = Arrays.stream(widths).sum() + GAP.length() * (widths.length - 1) - MAX_WIDTH;
    for (; excess > 0; excess--) {
      int widest =
          indices()
              .filter(i -> columns.get(i).alignment() == Alignment.LEFT)
              .filter(i -> widths[i] > MIN_TEXT_WIDTH)
              .reduce(-1, (a, b) -> a < 0 || widths[b] > widths[a] ? b : a);
      if (widest < 0) {
        break;
      }
      widths[widest]--;
    }
    return widths;
  }

  private IntStream indices() {
    return IntStream.range(0, columns.size());
  }
}
