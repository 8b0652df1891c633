package io.convoy.evaluate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Three networks on the photos of {@link Samples#forty}, of which the third answers 1/2. The
 * intervals are those of 60,000 resamples by NumPy, as in {@link BootstrapTest}, each photo drawn
 * for both networks; McNemar's p is {@code mcnemar(exact=True)} and Holm's {@code multipletests(p,
 * method="holm")} of statsmodels 0.15.
 */
class ContrastTest {
  /** For the draws, as a share of the interval's width. */
  private static final double NOISE = 0.03;

  private static final List<Contrast> CONTRASTS =
      Contrast.of(
          networks(
              "forty", Samples.forty(),
              "other", Samples.fortyOthers(),
              "half", half()));

  private static Map<String, Predictions> networks(Object... namesAndPredictions) {
    Map<String, Predictions> networks = new LinkedHashMap<>();
    for (int i = 0; i < namesAndPredictions.length; i += 2) {
      networks.put((String) namesAndPredictions[i], (Predictions) namesAndPredictions[i + 1]);
    }
    return networks;
  }

  private static Predictions half() {
    float[] halves = new float[40];
    Arrays.fill(halves, 0.5f);
    return new Predictions(2, halves, Samples.forty().labels());
  }

  private static Contrast contrast(String first, String second, String metric) {
    return CONTRASTS.stream()
        .filter(
            each ->
                each.first().equals(first)
                    && each.second().equals(second)
                    && each.metric().equals(metric))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "forty, other, auc, 0.5725, 0.4100, 0.7325",
    "forty, other, mse, -0.28823250204503537, -0.3734, -0.2080",
    "forty, other, cross_entropy, -0.9791231964968075, -1.6038, -0.5529",
    "forty, half, auc, 0.4375, 0.3550, 0.4925",
    "forty, half, mse, -0.13541249983068543, -0.1732, -0.0926",
    "forty, half, cross_entropy, -0.3225069636367676, -0.4136, -0.2222",
    "other, half, auc, -0.135, -0.3100, 0.0475",
    "other, half, mse, 0.15282000221434994, 0.0614, 0.2477",
    "other, half, cross_entropy, 0.6566162328600399, 0.2055, 1.3013"
  })
  void theDifferencesAndTheirIntervalsAreNumPys(
      String first, String second, String metric, double difference, double low, double high) {
    Estimate estimate = contrast(first, second, metric).difference();
    assertEquals(difference, estimate.value(), 1e-7);
    assertEquals(low, estimate.low(), NOISE * (high - low));
    assertEquals(high, estimate.high(), NOISE * (high - low));
  }

  @ParameterizedTest
  @CsvSource({
    "forty, other, 0.525, 0.3350114494821812, 0.6649885505178188, 9.5367431640625e-07,"
        + " 2.86102294921875e-06",
    "forty, half, 0.375, 0.1725746726901171, 0.5417110415955971, 0.000728607177734375,"
        + " 0.00145721435546875",
    "other, half, -0.15, -0.35743289243068577, 0.0717186067164001, 0.26317596435546875,"
        + " 0.26317596435546875"
  })
  void accuraciesAreComparedByMcNemarsTestAndCorrectedForAllPairs(
      String first,
      String second,
      double difference,
      double low,
      double high,
      double pValue,
      double adjusted) {
    Contrast contrast = contrast(first, second, "accuracy");
    assertEquals(difference, contrast.difference().value(), 1e-12);
    assertEquals(low, contrast.difference().low(), 1e-12);
    assertEquals(high, contrast.difference().high(), 1e-12);
    assertEquals(pValue, contrast.pValue(), 1e-9 * pValue);
    assertEquals(adjusted, contrast.adjustedP(), 1e-9 * adjusted);
  }

  /** By twice the share of the resamples in which the difference has the other sign. */
  @Test
  void theOtherMetricsHaveThePValueOfTheirResamples() {
    assertEquals(0.1487, contrast("other", "half", "auc").pValue(), 0.02);
    // None of the resamples: one of each sign more is added to 10,000.
    assertEquals(2 / 10_001.0, contrast("forty", "other", "mse").pValue(), 1e-12);
    assertEquals(6 / 10_001.0, contrast("forty", "other", "mse").adjustedP(), 1e-12);
  }

  @Test
  void eachMetricHasAllPairsInTheOrderOfTheNetworks() {
    assertEquals(12, CONTRASTS.size());
    assertEquals(
        List.of("forty other", "forty half", "other half"),
        CONTRASTS.stream()
            .filter(each -> each.metric().equals("auc"))
            .map(each -> each.first() + " " + each.second())
            .toList());
    assertEquals(
        List.of("accuracy", "auc", "mse", "cross_entropy"),
        CONTRASTS.stream().map(Contrast::metric).distinct().toList());
  }

  @Test
  void ofMoreClassesTheSumOfTheSquaredErrorsIsCompared() {
    List<Contrast> contrasts = Contrast.of(networks("a", Samples.three(), "b", Samples.three()));
    assertTrue(contrasts.stream().anyMatch(each -> each.metric().equals("brier")));
    assertTrue(contrasts.stream().noneMatch(each -> each.metric().equals("mse")));
  }

  @Test
  void equalNetworksAreNotToldApart() {
    for (Contrast each : Contrast.of(networks("a", Samples.forty(), "b", Samples.forty()))) {
      assertEquals(0, each.difference().value());
      assertEquals(1, each.adjustedP());
    }
  }

  @Test
  void whatIsOfOtherPhotosOrDivergedIsLeftOut() {
    assertEquals(
        List.of(),
        Contrast.of(
            networks(
                "diverged", Samples.diverged(),
                "forty", Samples.forty(),
                "twelve", Samples.twelve(),
                "none", Samples.empty())));
  }

  /** {@code multipletests(p, method="holm")} of statsmodels 0.15. */
  @Test
  void holmsCorrectionNeverFallsAsThePValuesRise() {
    assertArrayEquals(
        new double[] {0.03, 0.06, 0.06, 0.02},
        Contrast.holm(new double[] {0.01, 0.04, 0.03, 0.005}),
        1e-12);
  }
}
