package io.convoy.page;

import java.util.List;

/**
 * A table as the template shows it.
 *
 * @param style its class
 * @param headings of the columns
 * @param rows of cells, one a heading
 */
record TableView(String style, List<Cell> headings, List<Row> rows) {

  /** A text and its style class. */
  record Cell(String text, String style) {
    static Cell words(String text) {
      return new Cell(text, "words");
    }

    static Cell number(String text) {
      return new Cell(text, "number");
    }

    Cell with(String more) {
      return new Cell(text, style + " " + more);
    }
  }

  /** Cells, from left to right. */
  record Row(List<Cell> cells) {
    static Row of(Cell... cells) {
      return new Row(List.of(cells));
    }
  }
}
