package io.convoy.evaluate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Figures from NumPy and SciPy's minimize_scalar on the same numbers. */
class TemperatureTest {
  private static final int IMAGES = 60;

  /** Logits of up to 3 in size; every third image is of the class behind the likeliest. */
  private static Predictions ofThree() {
    Predictions.Builder all = new Predictions.Builder(3);
    for (int i = 0; i < IMAGES; i++) {
      float[] outputs = softmax(3 * Math.sin(i), 3 * Math.cos(2 * i), 3 * Math.sin(3 * i + 1));
      int likeliest = Predictions.greatest(outputs);
      all.add(outputs, i % 3 == 0 ? (likeliest + 1) % 3 : likeliest);
    }
    return all.build();
  }

  private static float[] softmax(double... logits) {
    double sum = 0;
    for (double logit : logits) {
      sum += Math.exp(logit);
    }
    float[] outputs = new float[logits.length];
    for (int i = 0; i < outputs.length; i++) {
      outputs[i] = (float) (Math.exp(logits[i]) / sum);
    }
    return outputs;
  }

  private static Predictions ofTwo(double factor, IntPredicate wrong) {
    Predictions.Builder all = new Predictions.Builder(2);
    for (int i = 0; i < IMAGES; i++) {
      float probability = (float) (1 / (1 + Math.exp(-factor * Math.sin(i * 1.7))));
      boolean isPositive = probability > 0.5 != wrong.test(i);
      all.add(new float[] {probability}, isPositive ? 1 : 0);
    }
    return all.build();
  }

  private static double crossEntropy(Predictions predictions) {
    return SplitMetrics.of(predictions).crossEntropy() * IMAGES;
  }

  @Test
  void itHasTheLowestCrossEntropyOfThreeClasses() {
    Temperature fitted = Temperature.fitted(ofThree());

    assertEquals(2.8392495, fitted.value(), 1e-4);
    assertEquals(74.087958, crossEntropy(ofThree()), 1e-4);
    assertEquals(55.933414, crossEntropy(fitted.of(ofThree())), 1e-4);
    assertArrayEquals(
        new float[] {0.15848881f, 0.45591266f, 0.38559853f},
        fitted.of(ofThree()).ofImage(0),
        1e-5f);
  }

  @Test
  void itHasTheLowestCrossEntropyOfTwoClasses() {
    Predictions sure = ofTwo(4, i -> i % 4 == 0);
    Temperature fitted = Temperature.fitted(sure);

    assertEquals(2.5753045, fitted.value(), 1e-4);
    assertEquals(34.321356, crossEntropy(fitted.of(sure)), 1e-4);
    assertEquals(0.82350366, fitted.of(sure).probability(1, 1), 1e-5);
  }

  @Test
  void aNetworkThatIsTooModestIsMadeSurer() {
    assertEquals(0.2968735, Temperature.fitted(ofTwo(1, i -> i % 10 == 0)).value(), 1e-4);
  }

  @Test
  void itMakesTheCalibrationErrorSmaller() {
    Predictions sure = ofTwo(4, i -> i % 4 == 0);
    TemperatureScaling scaling =
        TemperatureScaling.of(Temperature.fitted(sure), sure, ofTwo(4, i -> i % 4 == 1));

    assertEquals(SplitMetrics.of(sure).ece(), scaling.validationBefore());
    assertTrue(scaling.validationAfter() < scaling.validationBefore(), scaling::toString);
    assertTrue(scaling.testAfter() < scaling.testBefore(), scaling::toString);
  }

  @Test
  void theDecisionsStay() {
    Predictions scaled = new Temperature(3).of(ofThree());
    for (int image = 0; image < IMAGES; image++) {
      assertEquals(ofThree().predicted(image), scaled.predicted(image));
    }
  }

  @Test
  void aFewImagesThatFitByChanceScaleNothing() {
    Predictions few = new Predictions(2, new float[] {0.6f, 0.4f, 0.7f}, new int[] {1, 0, 1});

    assertEquals(Temperature.ONE, Temperature.fitted(few));
    assertSame(few, Temperature.ONE.of(few));
  }

  @Test
  void whatCannotBeMeasuredScalesNothing() {
    assertEquals(Temperature.ONE, Temperature.fitted(Predictions.none(3)));
    assertEquals(
        Temperature.ONE,
        Temperature.fitted(new Predictions(2, new float[] {Float.NaN}, new int[] {1})));
    Predictions none = Predictions.none(2);
    assertEquals(TemperatureScaling.UNKNOWN, TemperatureScaling.of(Temperature.ONE, none, none));
  }

  @Test
  void certaintyAndWhatIsNoNumberStay() {
    float[] ofTwo = {0, 1, Float.NaN, 0.5f};
    new Temperature(2).scale(ofTwo, 1);
    assertArrayEquals(new float[] {0, 1, Float.NaN, 0.5f}, ofTwo);

    float[] ofThree = {0, 1, 0, Float.NaN, Float.NaN, Float.NaN};
    new Temperature(2).scale(ofThree, 3);
    assertArrayEquals(new float[] {0, 1, 0, Float.NaN, Float.NaN, Float.NaN}, ofThree);
  }

  @Test
  void aCertainMistakeHasALimit() {
    Predictions.Builder certain = new Predictions.Builder(3);
    for (int i = 0; i < IMAGES; i++) {
      certain.add(new float[] {1, 0, 0}, i % 2);
    }
    double fitted = Temperature.fitted(certain.build()).value();
    assertTrue(fitted > 10 && fitted <= 100, () -> "temperature " + fitted);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, 101, Double.NaN})
  void onlyNumbersAboveNothingAreTemperatures(double value) {
    assertThrows(IllegalArgumentException.class, () -> new Temperature(value));
  }
}
