package io.convoy.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.convoy.report.TextTable.Column;
import org.junit.jupiter.api.Test;

final class TextTableTest {
  @Test
  void numbersStandToTheRightAndTextToTheLeft() {
    assertEquals(
        """
        architecture     images  val_mse
        ------------  ---------  -------
        mlp               1,024   0.2500
        conv24        1,000,000  12.1235
        """,
        new TextTable(
                Column.text("architecture"),
                Column.number("images", "%,d"),
                Column.number("val_mse", "%.4f"))
            .row("mlp", 1_024L, 0.25)
            .row("conv24", 1_000_000, 12.12345678)
            .render());
  }

  @Test
  void aMissingValueIsADash() {
    assertEquals("r\n-\n-\n", number("r").row((Object) null).render());
  }

  @Test
  void aNumberThatIsNoneIsADash() {
    assertEquals("r\n-\n-\n", number("r").row(Double.NaN).render());
  }

  @Test
  void aTableWithoutRowsIsItsHeader() {
    assertEquals("r\n-\n", number("r").render());
  }

  @Test
  void aLineBreakInACellStaysOnItsLine() {
    assertEquals("name\n----\na?b\n", new TextTable(Column.text("name")).row("a\nb").render());
  }

  @Test
  void aTableTooWideShortensItsWidestText() {
    String[] lines =
        new TextTable(Column.text("path"), Column.text("reason"), Column.number("bytes", "%d"))
            .row("p".repeat(300), "not an image", 12345)
            .render()
            .split("\n");
    assertEquals("p".repeat(136) + "...  not an image  12345", lines[2]);
  }

  @Test
  void numbersAreNeverShortened() {
    String wide = "1".repeat(200);
    assertEquals(
        wide + "\n",
        new TextTable(Column.number("n", "%s")).row(wide).render().split("(?<=\n)")[2]);
  }

  @Test
  void aRowHasAValueForEachColumn() {
    TextTable table = number("r");
    assertThrows(IllegalArgumentException.class, () -> table.row(1.0, 2.0));
  }

  private static TextTable number(String title) {
    return new TextTable(Column.number(title, "%.3f"));
  }
}
