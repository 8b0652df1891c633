package io.convoy.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.convoy.evaluate.HardExamples.Example;
import java.util.List;
import org.junit.jupiter.api.Test;

class HardExamplesTest {
  private final HardExamples hard = new HardExamples(0.4, 2);

  private void see(String path, int label, double probability) {
    hard.see(new Example(path, label, probability));
  }

  private static List<String> paths(List<Example> examples) {
    return examples.stream().map(Example::path).toList();
  }

  @Test
  void theMistakesFarthestFromTheTruthAreKeptFarthestFirst() {
    see("slightly", 0, 0.45);
    see("right", 1, 0.99);
    see("surely", 0, 0.9);
    see("most", 1, 0.05);
    assertEquals(List.of("most", "surely"), paths(hard.mistakes()));
  }

  @Test
  void aProbabilityEqualToTheThresholdIsCalledNegative() {
    see("positive", 1, 0.4);
    see("negative", 0, 0.4);
    assertEquals(List.of("positive"), paths(hard.mistakes()));
  }

  @Test
  void theNearestToTheThresholdAreKeptNearestFirst() {
    see("far", 1, 0.9);
    see("near", 1, 0.5);
    see("nearest", 0, 0.375);
    assertEquals(List.of("nearest", "near"), paths(hard.uncertain()));
  }

  @Test
  void equalsAreInTheOrderOfTheirPaths() {
    see("c", 0, 0.8);
    see("a", 0, 0.8);
    see("b", 0, 0.8);
    assertEquals(List.of("a", "b"), paths(hard.mistakes()));
  }
}
