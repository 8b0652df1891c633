package io.convoy.page;

import io.convoy.page.RunPage.Origin.Fact;
import java.util.List;

/**
 * A ranking as the template shows it.
 *
 * @param headings of the columns: the rank, the architecture, its figures
 * @param entries the architectures, the best first
 * @param meanings what the columns of figures mean, a line each
 */
record RankingView(List<Heading> headings, List<Entry> entries, List<Fact> meanings) {

  /** Which figure of a column is the best. */
  enum Better {
    LOW("ascending"),
    HIGH("descending");

    private final String key;

    Better(String key) {
      this.key = key;
    }

    /** The order with the best first, as {@code aria-sort} names it. */
    String key() {
      return key;
    }
  }

  /**
   * A heading.
   *
   * @param first the order by which the rows are sorted first
   */
  record Heading(String text, String style, String first) {}

  /**
   * An architecture.
   *
   * @param id of the series
   * @param rank from 1; empty of an architecture without a result
   * @param place in the ranking, from 1
   * @param run its name, where there are several
   * @param remarks what must be known before its figures are read
   * @param cells one a column of figures
   * @param details of its network; none of an architecture without a result
   */
  record Entry(
      int id,
      String rank,
      int place,
      String name,
      String style,
      List<String> run,
      List<String> remarks,
      List<FigureCell> cells,
      List<Details> details) {}

  /**
   * What is shown of an architecture on request.
   *
   * @param layers in words, from the image to the output
   * @param recipe of its training
   * @param more figures, those without a column
   */
  record Details(List<String> layers, List<Fact> recipe, List<Fact> more) {}

  /**
   * A figure.
   *
   * @param key to sort by, a number; empty where it is not defined
   * @param interval of the figure; none where it is not known
   */
  record FigureCell(String text, String style, String key, List<String> interval) {}

  /** How many columns there are. */
  int width() {
    return headings.size();
  }
}
