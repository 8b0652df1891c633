package io.convoy.evaluate;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * How well a network tells one class of a split from the others.
 *
 * @param label of the class
 * @param images of the class
 * @param rates of the decisions; null where no image is of the class, or is called so
 * @param auc area under the ROC curve of the class against the rest; null unless both are present
 * @param meanProbability of the class, the mean of its own images; null where there are none
 */
public record ClassMetrics(
    int label, long images, Rates rates, Double auc, Double meanProbability) {

  /**
   * Those of each class, by label; none where the split has no images, or NaN among its numbers.
   */
  public static List<ClassMetrics> of(Predictions predictions) {
    if (!predictions.measurable()) {
      return List.of();
    }
    ProbabilityScores scores = new ProbabilityScores(predictions);
    List<Optional<Rates>> rates = ConfusionMatrix.of(predictions).rates();
    long[] images = predictions.perClass();
    double[] sums = new double[predictions.classes()];
    predictions
        .indices()
        .forEach(
            i ->
                sums[predictions.labels()[i]] +=
                    predictions.probability(i, predictions.labels()[i]));
    return IntStream.range(0, predictions.classes())
        .mapToObj(
            label ->
                new ClassMetrics(
                    label,
                    images[label],
                    rates.get(label).orElse(null),
                    scores.auc(label),
                    images[label] == 0 ? null : sums[label] / images[label]))
        .toList();
  }
}
