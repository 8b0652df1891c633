package io.convoy.report;

/**
 * What the workers really applied in an epoch, as they reported it. Null where that is not known,
 * as of an epoch of an older convoy's.
 *
 * @param firstLearningRate of the first step of the first worker
 * @param lastLearningRate of the last step of the last worker
 * @param negativeWeight mean weight of an example of the negative class; null if there is none
 * @param positiveWeight of the positive class
 */
public record Applied(
    Double firstLearningRate,
    Double lastLearningRate,
    Double negativeWeight,
    Double positiveWeight) {
  /** Nothing is known. */
  public static final Applied UNKNOWN = new Applied(null, null, null, null);

  static Columns<Applied> columns(String negativeClass, String positiveClass) {
    return new Columns<Applied>()
        .number("first_learning_rate", Applied::firstLearningRate)
        .number("last_learning_rate", Applied::lastLearningRate)
        .number("example_weight_" + positiveClass, Applied::positiveWeight)
        .number("example_weight_" + negativeClass, Applied::negativeWeight);
  }
}
