package io.convoy.evaluate;

import io.convoy.evaluate.ConfusionMatrix.Cell;
import io.convoy.evaluate.HardExamples.Example;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * The most confident mistakes of some pairs of classes, out of any number of images that pass by.
 */
public final class ConfusedPairs {
  private static final Comparator<Example> SUREST_FIRST =
      Comparator.comparingDouble(Example::probability)
          .reversed()
          .thenComparing(Comparator.comparing(Example::path));

  private final int most;
  private final Map<Decision, Examples> pairs = new LinkedHashMap<>();

  /** What an image is, and what it is called. */
  private record Decision(int actual, int predicted) {}

  private record Examples(Cell pair, PriorityQueue<Example> kept) {}

  /**
   * Mistakes of a pair of classes.
   *
   * @param pair with the number of all its mistakes
   * @param examples the most confident first, each with the probability of the class that it is
   *     called
   */
  public record PairExamples(Cell pair, List<Example> examples) {}

  /**
   * @param pairs of different classes
   * @param most how many images of each pair are kept
   */
  public ConfusedPairs(List<Cell> pairs, int most) {
    this.most = most;
    pairs.forEach(
        pair ->
            this.pairs.put(
                new Decision(pair.actual(), pair.predicted()),
                new Examples(pair, new PriorityQueue<>(SUREST_FIRST.reversed()))));
  }

  /**
   * Looks at an image.
   *
   * @param label of the class that it is of
   * @param outputs the network's, one a class
   */
  public void see(String path, int label, float[] outputs) {
    int predicted = Predictions.greatest(outputs);
    Examples pair = pairs.get(new Decision(label, predicted));
    if (pair == null) {
      return;
    }
    pair.kept.add(new Example(path, label, outputs[predicted]));
    if (pair.kept.size() > most) {
      pair.kept.remove();
    }
  }

  /** The pairs in the order that they were given in. */
  public List<PairExamples> examples() {
    return pairs.values().stream()
        .map(each -> new PairExamples(each.pair, each.kept.stream().sorted(SUREST_FIRST).toList()))
        .toList();
  }
}
