package io.convoy.engine;

import io.convoy.settings.Recipe;
import java.io.Serializable;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What training wants a network to answer to its examples, and how much each counts. Validation is
 * measured on the labels as they are.
 *
 * @param smoothing the share of a label, 0 to below 1, that is spread evenly over the classes
 * @param weights of an example of each class, by label; none where all are 1
 */
public record Targets(double smoothing, List<Double> weights) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The labels as they are, all examples alike, of any number of classes. */
  public static final Targets PLAIN = new Targets(0, List.of());

  /** Copies the list. */
  public Targets {
    weights = List.copyOf(weights);
  }

  /**
   * The targets that a recipe asks for.
   *
   * @param perClass training examples of each class, by label
   */
  public static Targets of(Recipe recipe, List<Integer> perClass) {
    return new Targets(
        recipe.labelSmoothing(),
        switch (recipe.classWeights()) {
          case NONE -> List.of();
          case BALANCED -> balanced(perClass);
        });
  }

  /** A class without examples takes no part. */
  private static List<Double> balanced(List<Integer> perClass) {
    double examples = perClass.stream().mapToInt(Integer::intValue).sum();
    long present = perClass.stream().filter(count -> count > 0).count();
    return perClass.stream().map(count -> count == 0 ? 1.0 : examples / (present * count)).toList();
  }

  /**
   * A minibatch as a trainer takes it.
   *
   * @return features uint8 [images, height, width, channels]; labels float32 as the minibatch has
   *     them, smoothed; the weights as the labels' mask, float32 [images, 1], and null where all
   *     are 1
   */
  public DataSet of(Minibatch minibatch) {
    DataSet data = new DataSet(minibatch.pixels(), minibatch.labels());
    if (weights.stream().anyMatch(weight -> weight != 1)) {
      data.setLabelsMaskArray(weights(minibatch.labels()));
    }
    if (smoothing > 0) {
      data.setLabels(
          minibatch.labels().mul(1 - smoothing).addi(smoothing / minibatch.classCount()));
    }
    return data;
  }

  /** A mixed example weighs what its classes do, by their shares. */
  private INDArray weights(INDArray labels) {
    int outputs = (int) labels.size(1);
    float[] shares = labels.dup('c').data().asFloat();
    float[] each = new float[shares.length / outputs];
    for (int i = 0; i < shares.length; i++) {
      double weight =
          outputs == 1
              ? weights.get(0) * (1 - shares[i]) + weights.get(1) * shares[i]
              : weights.get(i % outputs) * shares[i];
      each[i / outputs] += (float) weight;
    }
    return Nd4j.create(each, new long[] {each.length, 1}, 'c');
  }
}
