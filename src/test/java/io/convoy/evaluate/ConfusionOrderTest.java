package io.convoy.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.convoy.evaluate.ConfusionMatrix.Cell;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConfusionOrderTest {
  private static List<Integer> order(int classes, Cell... cells) {
    return ConfusionOrder.of(
        new ConfusionMatrix(classes, List.of(cells)),
        new ConfusionMatrix(classes, List.of()).mostConfused(classes));
  }

  @Test
  void classesThatAreConfusedStandSideBySideBeforeThoseThatAreNot() {
    assertEquals(
        List.of(1, 4, 0, 2, 3),
        order(
            5,
            new Cell(0, 0, 9),
            new Cell(1, 1, 5),
            new Cell(1, 4, 5),
            new Cell(2, 2, 9),
            new Cell(3, 3, 9),
            new Cell(4, 4, 9)));
  }

  @Test
  void theSharesOfTheClassesCountAndNotTheirImages() {
    assertEquals(
        List.of(0, 2, 1),
        order(
            3,
            new Cell(0, 0, 880),
            new Cell(0, 1, 20),
            new Cell(0, 2, 100),
            new Cell(1, 1, 5),
            new Cell(1, 2, 5),
            new Cell(2, 2, 10)));
  }

  @Test
  void groupsAreTurnedSoThatTheEndsThatMeetAreNear() {
    assertEquals(
        List.of(0, 1, 2, 3),
        order(
            4,
            new Cell(0, 1, 8),
            new Cell(0, 0, 2),
            new Cell(1, 1, 10),
            new Cell(2, 3, 8),
            new Cell(2, 2, 1),
            new Cell(2, 1, 1),
            new Cell(3, 3, 10)));
  }

  @Test
  void withoutMistakesTheOrderStays() {
    assertEquals(List.of(0, 1, 2), order(3, new Cell(0, 0, 1), new Cell(2, 2, 1)));
  }
}
