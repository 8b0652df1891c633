package io.convoy.averaging;

import io.convoy.evaluate.Predictions;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
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
  public static final Applied NOTHING = new Applied(null, null, List.of(0.0, 0.0), List.of(0, 0));

  /** Copies the lists. */
  public Applied {
    weights = List.copyOf(weights);
    examples = List.copyOf(examples);
  }

  /** In one step. */
  static Applied of(double rate, DataSet minibatch) {
    double[] weights = new double[2];
    int[] examples = new int[2];
    INDArray labels = minibatch.getLabels();
    INDArray mask = minibatch.getLabelsMaskArray();
    for (long i = 0; i < labels.length(); i++) {
      // A smoothed label is still on its side.
      int label = labels.getDouble(i) > Predictions.EVEN ? 1 : 0;
      weights[label] += mask == null ? 1 : mask.getDouble(i);
      examples[label]++;
    }
    return new Applied(
        rate, rate, List.of(weights[0], weights[1]), List.of(examples[0], examples[1]));
  }

  /** With the steps that came next. */
  public Applied then(Applied next) {
    return new Applied(
        firstRate == null ? next.firstRate : firstRate,
        next.lastRate == null ? lastRate : next.lastRate,
        IntStream.range(0, 2).mapToObj(i -> weights.get(i) + next.weights.get(i)).toList(),
        IntStream.range(0, 2).mapToObj(i -> examples.get(i) + next.examples.get(i)).toList());
  }

  /** The mean weight of an example of a class; empty where there was none. */
  public Optional<Double> weight(int label) {
    return examples.get(label) == 0
        ? Optional.empty()
        : Optional.of(weights.get(label) / examples.get(label));
  }
}
