package io.convoy.report;

import com.univocity.parsers.common.TextParsingException;
import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import io.convoy.failure.UserException;
import io.convoy.storage.Storage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Reads a CSV file that {@link TableWriter} has written, row by row. */
final class CsvTable {
  private static final int MOST_COLUMNS = 10_000;

  private final Storage file;

  CsvTable(Storage file) {
    this.file = file;
  }

  /** A row, by the names of its columns. An empty cell is null. */
  final class Line {
    private final Map<String, Integer> columns;
    private final String[] cells;

    private Line(Map<String, Integer> columns, String[] cells) {
      this.columns = columns;
      this.cells = cells;
    }

    /** Whether the table has the column, as one of an older convoy may not. */
    boolean has(String column) {
      return columns.containsKey(column);
    }

    String text(String column) {
      Integer index = columns.get(column);
      if (index == null) {
        throw new UserException(
            "%s has no column %s: another version of convoy wrote it, or something else did.",
            file, column);
      }
      if (index >= cells.length) {
        throw damaged("a row ends before its column " + column);
      }
      return cells[index];
    }

    /** A word that every row has. */
    String word(String column) {
      String text = text(column);
      if (text == null) {
        throw damaged("a row is empty in its column " + column);
      }
      return text;
    }

    Double number(String column) {
      String text = text(column);
      try {
        return text == null ? null : Double.valueOf(text);
      } catch (NumberFormatException e) {
        throw damaged("\"" + text + "\" in the column " + column + " is no number");
      }
    }

    /** A number that every row has. */
    double figure(String column) {
      Double number = number(column);
      if (number == null) {
        throw damaged("a row is empty in its column " + column);
      }
      return number;
    }

    long wholeNumber(String column) {
      String text = word(column);
      try {
        return Long.parseLong(text);
      } catch (NumberFormatException e) {
        throw damaged("\"" + text + "\" in the column " + column + " is no whole number");
      }
    }

    /** What is said of a row that makes no sense. */
    UserException nonsense(String column) {
      return damaged("\"" + text(column) + "\" in the column " + column + " makes no sense");
    }

    int smallNumber(String column) {
      return (int) wholeNumber(column);
    }
  }

  boolean exists() {
    return file.exists();
  }

  /**
   * Reads the rows in their order.
   *
   * @throws UserException if it is no such table
   */
  void forEach(Consumer<Line> reader) {
    CsvParser parser = new CsvParser(settings());
    try (InputStream in = file.open()) {
      parser.beginParsing(in, StandardCharsets.UTF_8);
      String[] header = parser.parseNext();
      if (header == null) {
        throw damaged("it has no header");
      }
      Map<String, Integer> columns = new HashMap<>();
      for (int i = 0; i < header.length; i++) {
        columns.put(header[i], i);
      }
      for (String[] cells = parser.parseNext(); cells != null; cells = parser.parseNext()) {
        reader.accept(new Line(columns, cells));
      }
    } catch (TextParsingException e) {
      throw damaged("it is no CSV file");
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": " + e.getMessage(), e);
    }
  }

  /** Of the format alone: what a cell holds is left as it is. */
  private static CsvParserSettings settings() {
    CsvParserSettings settings = new CsvParserSettings();
    settings.getFormat().setLineSeparator("\n");
    settings.getFormat().setComment('\0');
    settings.setNormalizeLineEndingsWithinQuotes(false);
    settings.trimValues(false);
    settings.setMaxColumns(MOST_COLUMNS);
    settings.setMaxCharsPerColumn(-1);
    return settings;
  }

  private UserException damaged(String what) {
    return new UserException("%s is damaged: %s; make the run again.", file, what);
  }
}
