package io.convoy.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Figures by NumPy 2.4 and SciPy 1.17 from the same numbers: variances with one degree of freedom
 * less, DeLong's components from all pairs, quantiles by {@code scipy.stats}.
 */
class RepeatedMetricTest {
  private static final int[] LABELS = {0, 1, 1, 0, 1, 0, 1, 0, 1, 1, 0, 0};
  private static final List<Predictions> REPEATS =
      List.of(
          predictions(.1, .8, .6, .4, .9, .3, .45, .55, .7, .95, .2, .35),
          predictions(.2, .7, .5, .6, .8, .1, .55, .35, .9, .85, .45, .25),
          predictions(.3, .9, .4, .55, .6, .2, .65, .5, .75, .8, .15, .6));

  private static Predictions predictions(double... probabilities) {
    float[] single = new float[probabilities.length];
    for (int i = 0; i < single.length; i++) {
      single[i] = (float) probabilities[i];
    }
    return new Predictions(2, single, LABELS);
  }

  @Test
  void theIntervalTakesPhotosAndSeedsIntoAccount() {
    List<RepeatedMetric> metrics = RepeatedMetric.of(REPEATS);

    assertMetric("accuracy", 3, 0.0481125, 0.8055556, 0.6141137, 0.9969974, metrics.get(0));
    assertMetric("mse", 3, 0.0218624, 0.1267361, 0.0505077, 0.2029645, metrics.get(1));
    assertMetric("cross_entropy", 3, 0.0508855, 0.4109791, 0.2339806, 0.5879777, metrics.get(2));
    // By the formula 1.066, which no area is.
    assertMetric("auc", 3, 0.0349529, 0.9398148, 0.8133110, 1, metrics.get(3));
    assertEquals(4, metrics.size());
  }

  @Test
  void inCrossValidationTheSpreadCountsAsThatOfFewerTrainings() {
    List<RepeatedMetric> metrics =
        RepeatedMetric.ofFolds(
            IntStream.range(0, 5).mapToObj(RepeatedMetricTest::fold).toList(), 5);

    assertMetric("accuracy", 5, 0.1086534, 0.7333333, 0.5309669, 0.9356998, metrics.get(0));
    assertMetric("mse", 5, 0.0027129, 0.1307496, 0.1256969, 0.1358023, metrics.get(1));
    assertMetric("cross_entropy", 5, 0.0100566, 0.4009081, 0.3821777, 0.4196385, metrics.get(2));
    assertMetric("auc", 5, 0.0372678, 0.9055556, 0.8361444, 0.9749667, metrics.get(3));
    assertEquals(4, metrics.size());
  }

  /** Twelve photos of the 60, of which every second one is positive. */
  private static Predictions fold(int number) {
    int[] labels = new int[12];
    float[] probabilities = new float[12];
    for (int i = 0; i < 12; i++) {
      int photo = 12 * number + i;
      labels[i] = photo % 2;
      probabilities[i] = (float) (0.5 + (labels[i] == 1 ? 0.2 : -0.2) + 0.29 * Math.sin(photo));
    }
    return new Predictions(2, probabilities, labels);
  }

  @Test
  void ofOneTrainingNothingIsSaid() {
    assertEquals(List.of(), RepeatedMetric.of(REPEATS.subList(0, 1)));
  }

  @Test
  void aTrainingThatDivergedIsLeftOut() {
    Predictions diverged = new Predictions(2, new float[] {Float.NaN}, new int[] {1});

    assertEquals(
        RepeatedMetric.of(REPEATS),
        RepeatedMetric.of(List.of(REPEATS.get(0), diverged, REPEATS.get(1), REPEATS.get(2))));
  }

  @Test
  void moreThanTwoClassesHaveNoArea() {
    Predictions three =
        new Predictions(3, new float[] {.7f, .2f, .1f, .2f, .3f, .5f}, new int[] {0, 1});

    assertEquals(
        List.of("accuracy", "mse", "cross_entropy"),
        RepeatedMetric.of(List.of(three, three)).stream().map(RepeatedMetric::name).toList());
  }

  private static void assertMetric(
      String name,
      int repeats,
      double spread,
      double mean,
      double low,
      double high,
      RepeatedMetric metric) {
    assertEquals(name, metric.name());
    assertEquals(repeats, metric.repeats());
    assertEquals(spread, metric.spread(), 1e-6);
    assertEquals(mean, metric.mean().value(), 1e-6);
    assertEquals(low, metric.mean().low(), 1e-6);
    assertEquals(high, metric.mean().high(), 1e-6);
  }
}
