package io.convoy.averaging;

import io.convoy.engine.Minibatch;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.DataSet;

/**
 * What was really applied in some steps of training, as the trainers report it.
 *
 * @param firstRate the learning rate of the first step; null before it
 * @param lastRate of the last step
 * @param weights sum of the examples' weights in the loss of each class, by label
 * @param examples of each class
 */
public record Applied(
    Double firstRate, Double lastRate, List<Double> weights, List<Integer> examples)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** No step yet. */
  public static final Applied NOTHING = new Applied(null, null, List.of(), List.of());

  /** Copies the lists. */
  public Applied {
    weights = List.copyOf(weights);
    examples = List.copyOf(examples);
  }

  /** In one step. */
  static Applied of(double rate, DataSet minibatch) {
    INDArray labels = minibatch.getLabels();
    INDArray mask = minibatch.getLabelsMaskArray();
    // A smoothed label is still on its side.
    int[] classes = Minibatch.classes(labels);
    double[] weights = new double[Math.max(2, (int) labels.size(1))];
    int[] examples = new int[weights.length];
    for (int i = 0; i < classes.length; i++) {
      weights[classes[i]] += mask == null ? 1 : mask.getDouble(i);
      examples[classes[i]]++;
    }
    return new Applied(
        rate,
        rate,
        Arrays.stream(weights).boxed().toList(),
        Arrays.stream(examples).boxed().toList());
  }

  /** With the steps that came next. */
  public Applied then(Applied next) {
    return new Applied(
        firstRate == null ? next.firstRate : firstRate,
        next.lastRate == null ? lastRate : next.lastRate,
        sums(weights, next.weights, 0.0, Double::sum),
        sums(examples, next.examples, 0, Integer::sum));
  }

  /** By label; a list without a class has nothing of it. */
  private static <N> List<N> sums(
      List<N> first, List<N> second, N nothing, BinaryOperator<N> plus) {
    return IntStream.range(0, Math.max(first.size(), second.size()))
        .mapToObj(i -> plus.apply(at(i, first, nothing), at(i, second, nothing)))
        .toList();
  }

  private static <N> N at(int label, List<N> list, N nothing) {
    return label < list.size() ? list.get(label) : nothing;
  }

  /** The mean weight of an example of a class; empty where there was none. */
  public Optional<Double> weight(int label) {
    return at(label, examples, 0) == 0
        ? Optional.empty()
        : Optional.of(weights.get(label) / examples.get(label));
  }
}
