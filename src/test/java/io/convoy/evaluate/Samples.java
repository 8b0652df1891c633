package io.convoy.evaluate;

import java.util.Arrays;
import java.util.function.IntBinaryOperator;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * Fixed predictions whose metrics were computed apart from this code, with NumPy 2.4 in Python: p
 * the probabilities in float32, then widened to float64, and y the labels.
 *
 * <pre>
 * mse   np.mean((p - y) ** 2)
 * bce   -np.mean(np.where(y == 1, np.log(c), np.log(1 - c))), c = np.clip(p, 1e-5, 1 - 1e-5)
 * r     np.corrcoef(p, y)[0, 1]
 * auc   np.mean([(a > b) + 0.5 * (a == b) for a in p[y == 1] for b in p[y == 0]])
 * rows  q = p > np.float32(k / 10); tp = (q &amp; (y == 1)).sum() and so on; tp / (tp + fp) ...
 * </pre>
 *
 * <p>What is expected of {@link #three} and {@link #seven}, and what two classes share with them,
 * is by scikit-learn 1.9.1, with p [images, classes] in float32, then widened to float64, q the
 * decisions and k the classes:
 *
 * <pre>
 * accuracy  accuracy_score(y, q), q = p.argmax(1)
 * top five  top_k_accuracy_score(y, p, k=5, labels=range(k))
 * bce       log_loss(y, np.clip(p, 1e-10, 1 - 1e-10), labels=range(k))
 * brier     brier_score_loss(y, p, labels=range(k))
 * rates     precision_recall_fscore_support(y, q, average=..., zero_division=0)
 * mcc       matthews_corrcoef(y, q)
 * auc       roc_auc_score(y == c, p[:, c]) of each class c that some images are of, but not all
 * matrix    confusion_matrix(y, q, labels=range(k))
 * ece       sum(abs(p[b].mean() - (y == q)[b].mean()) * b.mean()), b the images of each bin
 * </pre>
 */
final class Samples {
  private Samples() {}

  /** Twelve pairs with tied probabilities, some of them equal to a threshold. */
  static Predictions twelve() {
    return new Predictions(
        2,
        new float[] {
          0.05f, 0.30f, 0.30f, 0.45f, 0.50f, 0.50f, 0.61f, 0.70f, 0.70f, 0.88f, 0.93f, 0.97f
        },
        new int[] {0, 0, 1, 0, 0, 1, 1, 0, 1, 0, 1, 1});
  }

  /** {@code p = ((37i + 11) % 101) / 100, y = (37i + 11) % 101 + (29i) % 61 > 80}, i = 0..39. */
  static Predictions forty() {
    int[] percent = IntStream.range(0, 40).map(i -> (37 * i + 11) % 101).toArray();
    float[] probabilities = new float[40];
    int[] labels = new int[40];
    for (int i = 0; i < 40; i++) {
      probabilities[i] = (float) (percent[i] / 100.0);
      labels[i] = percent[i] + (29 * i) % 61 > 80 ? 1 : 0;
    }
    return new Predictions(2, probabilities, labels);
  }

  /** Another network's of the photos of {@link #forty}: {@code p = ((53i + 7) % 101) / 100}. */
  static Predictions fortyOthers() {
    float[] probabilities = new float[40];
    for (int i = 0; i < 40; i++) {
      probabilities[i] = (float) ((53 * i + 7) % 101 / 100.0);
    }
    return new Predictions(2, probabilities, forty().labels());
  }

  /** Three classes, with 11 ties of the greatest probability. */
  static Predictions three() {
    IntUnaryOperator label = i -> (i * i + i / 7) % 3;
    return of(
        3,
        60,
        label,
        (i, c) ->
            1 + (7 * i + 5 * c + i * c) % 6 + (label.applyAsInt(i) == c && i % 4 != 0 ? 4 : 0));
  }

  /**
   * Seven classes with 9 ties of the greatest probability and 8 about the fifth place. Of 2 and 5
   * there is no image; 2 has the probability 0; 5 is called, and 6 is not.
   */
  static Predictions seven() {
    int[] labels = {0, 1, 3, 4, 6};
    IntUnaryOperator label = i -> labels[(i * i + i / 5) % 5];
    return of(
        7,
        80,
        label,
        (i, c) ->
            switch (c) {
              case 2 -> 0;
              case 6 -> 1;
              default ->
                  1
                      + (7 * i + 5 * c + i * c * c) % 8
                      + (label.applyAsInt(i) == c && i % 3 != 0 ? 6 : 0)
                      + (c == 5 && i % 7 == 0 ? 9 : 0);
            });
  }

  /** The share of a class's score in the sum of an image's scores. */
  private static Predictions of(
      int classes, int images, IntUnaryOperator label, IntBinaryOperator score) {
    Predictions.Builder predictions = new Predictions.Builder(classes);
    for (int image = 0; image < images; image++) {
      float[] outputs = new float[classes];
      double sum = 0;
      for (int c = 0; c < classes; c++) {
        sum += score.applyAsInt(image, c);
      }
      for (int c = 0; c < classes; c++) {
        outputs[c] = (float) (score.applyAsInt(image, c) / sum);
      }
      predictions.add(outputs, label.applyAsInt(image));
    }
    return predictions.build();
  }

  /** The same probability for every image, and labels 0, 1, 0, 1 ... */
  static Predictions constant(float probability, int images) {
    float[] probabilities = new float[images];
    Arrays.fill(probabilities, probability);
    return new Predictions(2, probabilities, IntStream.range(0, images).map(i -> i % 2).toArray());
  }

  static Predictions empty() {
    return Predictions.none(2);
  }

  static Predictions diverged() {
    return new Predictions(2, new float[] {0.2f, Float.NaN, 0.8f}, new int[] {0, 1, 1});
  }
}
