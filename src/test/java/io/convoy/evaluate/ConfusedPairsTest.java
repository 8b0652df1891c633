package io.convoy.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.convoy.evaluate.ConfusedPairs.PairExamples;
import io.convoy.evaluate.ConfusionMatrix.Cell;
import io.convoy.evaluate.HardExamples.Example;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConfusedPairsTest {
  private static final Cell PAIR = new Cell(0, 2, 7);

  private static List<String> kept(int most, String... paths) {
    ConfusedPairs pairs = new ConfusedPairs(List.of(PAIR), most);
    for (String path : paths) {
      float sure = Float.parseFloat(path.split(" ")[0]);
      pairs.see(path, 0, new float[] {1 - sure, 0, sure});
    }
    return pairs.examples().get(0).examples().stream().map(Example::path).toList();
  }

  @Test
  void theMostConfidentMistakesOfAPairAreKeptMostConfidentFirst() {
    assertEquals(List.of("0.9", "0.75"), kept(2, "0.625", "0.9", "0.75"));
  }

  @Test
  void equalsAreInTheOrderOfTheirPaths() {
    assertEquals(List.of("0.75 a", "0.75 b"), kept(2, "0.75 c", "0.75 b", "0.75 a"));
  }

  @Test
  void whatIsRightOrOfAnotherPairIsNotKept() {
    ConfusedPairs pairs = new ConfusedPairs(List.of(PAIR), 2);
    pairs.see("right", 0, new float[] {0.8f, 0.1f, 0.1f});
    pairs.see("other", 1, new float[] {0.1f, 0.1f, 0.8f});
    assertEquals(List.of(new PairExamples(PAIR, List.of())), pairs.examples());
  }
}
