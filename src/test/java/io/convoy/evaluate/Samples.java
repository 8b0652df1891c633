package io.convoy.evaluate;

import java.util.Arrays;
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
