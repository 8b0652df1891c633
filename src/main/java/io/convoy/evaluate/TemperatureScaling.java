package io.convoy.evaluate;

/**
 * What temperature scaling does for a network, whether its probabilities are then scaled or not.
 * What is not known is null.
 *
 * @param temperature that was fitted on the validation split
 * @param validationBefore expected calibration error of the validation split, 0..1, of the
 *     network's own probabilities
 * @param validationAfter the same of the scaled ones; of the photos that the temperature was fitted
 *     on, and so smaller than elsewhere
 * @param testBefore of the test split
 * @param testAfter of the test split, scaled
 */
public record TemperatureScaling(
    Double temperature,
    Double validationBefore,
    Double validationAfter,
    Double testBefore,
    Double testAfter) {
  /** Of a network that was not measured, or by an older convoy. */
  public static final TemperatureScaling UNKNOWN =
      new TemperatureScaling(null, null, null, null, null);

  /**
   * Measures it.
   *
   * @param fitted on the validation split
   * @param validation the network's own predictions
   * @param test the network's own predictions
   */
  public static TemperatureScaling of(
      Temperature fitted, Predictions validation, Predictions test) {
    return new TemperatureScaling(
        validation.measurable() ? fitted.value() : null,
        error(validation),
        error(fitted.of(validation)),
        error(test),
        error(fitted.of(test)));
  }

  private static Double error(Predictions predictions) {
    return predictions.measurable() ? new ProbabilityScores(predictions).calibrationError() : null;
  }
}
