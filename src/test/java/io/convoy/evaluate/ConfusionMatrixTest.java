package io.convoy.evaluate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.convoy.evaluate.ConfusionMatrix.Cell;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ConfusionMatrixTest {
  @Test
  void pairsThatAnImageHasAreCountedAsInScikitLearn() {
    assertEquals(
        List.of(
            new Cell(0, 0, 9),
            new Cell(0, 3, 4),
            new Cell(0, 5, 3),
            new Cell(1, 1, 12),
            new Cell(1, 3, 4),
            new Cell(1, 5, 1),
            new Cell(3, 0, 1),
            new Cell(3, 3, 13),
            new Cell(3, 5, 1),
            new Cell(4, 3, 6),
            new Cell(4, 4, 9),
            new Cell(6, 0, 1),
            new Cell(6, 3, 13),
            new Cell(6, 5, 3)),
        ConfusionMatrix.of(Samples.seven()).cells());
  }

  @Test
  void twoClassesAreDecidedAtOneHalf() {
    assertEquals(
        List.of(new Cell(0, 0, 4), new Cell(0, 1, 2), new Cell(1, 0, 2), new Cell(1, 1, 4)),
        ConfusionMatrix.of(Samples.twelve()).cells());
  }

  @Test
  void theSumsAreThoseOfTheClasses() {
    ConfusionMatrix matrix = ConfusionMatrix.of(Samples.seven());

    assertArrayEquals(new long[] {16, 17, 0, 15, 15, 0, 17}, matrix.actual());
    assertArrayEquals(new long[] {11, 12, 0, 40, 9, 8, 0}, matrix.predicted());
    assertArrayEquals(new long[] {9, 12, 0, 13, 9, 0, 0}, matrix.right());
    assertEquals(80, matrix.images());
  }

  @Test
  void theOnlyClassThatIsCalledIsNamed() {
    assertEquals(Optional.of(1), ConfusionMatrix.of(Samples.constant(0.9f, 10)).onlyPredicted());
    assertEquals(Optional.empty(), ConfusionMatrix.of(Samples.three()).onlyPredicted());
    assertEquals(Optional.empty(), ConfusionMatrix.of(Samples.empty()).onlyPredicted());
  }

  @Test
  void whatCannotBeMeasuredHasNoCells() {
    assertEquals(List.of(), ConfusionMatrix.of(Samples.diverged()).cells());
    assertEquals(List.of(), ConfusionMatrix.of(Predictions.none(5)).cells());
  }

  @Test
  void theMistakesWithTheMostImagesComeFirst() {
    ConfusionMatrix matrix =
        new ConfusionMatrix(
            3, List.of(new Cell(0, 0, 9), new Cell(0, 1, 2), new Cell(1, 0, 5), new Cell(2, 1, 2)));
    assertEquals(
        List.of(new Cell(1, 0, 5), new Cell(0, 1, 2), new Cell(2, 1, 2)), matrix.mistakes());
  }

  @Test
  void theMostConfusedClassesAreThoseWithTheMostMistakesInTheOrderOfTheirLabels() {
    ConfusionMatrix matrix =
        new ConfusionMatrix(
            4,
            List.of(new Cell(0, 0, 99), new Cell(1, 0, 1), new Cell(3, 2, 5), new Cell(2, 2, 1)));
    assertEquals(List.of(2, 3), matrix.mostConfused(2));
    assertEquals(List.of(0, 2, 3), matrix.mostConfused(3));
  }
}
