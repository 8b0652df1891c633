package io.convoy.evaluate;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * The images that tell most of a model, out of any number that pass by: its most confident mistakes
 * and those that it could hardly decide. It keeps no more than it is asked for.
 */
public final class HardExamples {
  private static final Comparator<Example> BY_PATH = Comparator.comparing(Example::path);

  private final double threshold;
  private final int most;
  private final Comparator<Example> worstFirst;
  private final Comparator<Example> nearestFirst;
  private final PriorityQueue<Example> mistakes;
  private final PriorityQueue<Example> uncertain;

  /**
   * An image and what was said of it.
   *
   * @param path of its file
   * @param label 1 = positive class, 0 = negative class; of more classes that of its own
   * @param probability of the positive class, 0..1; of more classes of the one that it is called
   */
  public record Example(String path, int label, double probability) {

    /** Between probability and label, 0..1. */
    double error() {
      return Math.abs(probability - label);
    }
  }

  /**
   * @param threshold above which a probability is called positive, 0..1
   * @param most how many of each kind are kept
   */
  public HardExamples(double threshold, int most) {
    this.threshold = threshold;
    this.most = most;
    this.worstFirst = Comparator.comparingDouble(Example::error).reversed().thenComparing(BY_PATH);
    this.nearestFirst =
        Comparator.comparingDouble((Example e) -> Math.abs(e.probability - threshold))
            .thenComparing(BY_PATH);
    this.mistakes = new PriorityQueue<>(worstFirst.reversed());
    this.uncertain = new PriorityQueue<>(nearestFirst.reversed());
  }

  /** Above which a probability is called positive. */
  public double threshold() {
    return threshold;
  }

  /** Looks at an image. */
  public void see(Example example) {
    // In float32, as thresholds decide everywhere.
    boolean calledPositive = (float) example.probability > (float) threshold;
    if (calledPositive != (example.label == 1)) {
      keep(mistakes, example);
    }
    keep(uncertain, example);
  }

  private void keep(PriorityQueue<Example> queue, Example example) {
    queue.add(example);
    if (queue.size() > most) {
      queue.remove();
    }
  }

  /** The wrong decisions that were farthest from the truth, the farthest first. */
  public List<Example> mistakes() {
    return mistakes.stream().sorted(worstFirst).toList();
  }

  /** The images whose probability was nearest to the threshold, the nearest first. */
  public List<Example> uncertain() {
    return uncertain.stream().sorted(nearestFirst).toList();
  }
}
