package io.convoy.page;

import java.util.List;

/**
 * A table as the template shows it.
 *
 * @param style its class
 * @param groups headings over several columns; may be none
 * @param headings of the columns
 * @param rows of cells, one a heading
 */
record TableView(String style, List<Group> groups, List<Cell> headings, List<Row> rows) {

  static TableView of(String style, List<Cell> headings, List<Row> rows) {
    return new TableView(style, List.of(), headings, rows);
  }

  /** A heading over so many columns. */
  record Group(String text, int columns) {}

  /**
   * A cell.
   *
   * @param hint what is shown when the pointer rests on it; may be empty
   */
  record Cell(String text, String style, String hint) {
    static Cell words(String text) {
      return new Cell(text, "words", "");
    }

    static Cell number(String text) {
      return new Cell(text, "number", "");
    }

    Cell with(String more) {
      return new Cell(text, style + " " + more, hint);
    }

    Cell hinted(String words) {
      return new Cell(text, style, words);
    }
  }

  /** Cells, from left to right. */
  record Row(List<Cell> cells) {
    static Row of(Cell... cells) {
      return new Row(List.of(cells));
    }
  }
}
