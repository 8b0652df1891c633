package io.convoy.ml;

import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.Params;
import scala.Function1;

/**
 * The parameters in which a stage is told its columns. A name that is empty leaves the column out,
 * but for that of the photos.
 *
 * @param features the photos
 * @param rawPrediction natural logarithms of the probabilities
 * @param probability a vector, of each class in their order
 * @param prediction the index of the class
 * @param predictedLabel the name of the class
 * @param reason why there is no prediction
 * @param invalid what to do where there is none
 */
public record PhotoColumns(
    Param<String> features,
    Param<String> rawPrediction,
    Param<String> probability,
    Param<String> prediction,
    Param<String> predictedLabel,
    Param<String> reason,
    Param<String> invalid) {

  /** Keeps the row of a photo without a prediction. */
  static final String KEEP = "keep";

  /** Leaves out the row of a photo without a prediction. */
  static final String SKIP = "skip";

  /** Those of a stage. */
  static PhotoColumns of(Params stage) {
    return new PhotoColumns(
        new Param<>(
            stage,
            "featuresCol",
            "column of the photos: the bytes of files, as the column content of Spark's binaryFile"
                + " source has them, or images of Spark's schema"),
        new Param<>(
            stage,
            "rawPredictionCol",
            "column of the raw prediction: natural logarithms of the probabilities"),
        new Param<>(
            stage, "probabilityCol", "column of the probabilities, one a class, in their order"),
        new Param<>(stage, "predictionCol", "column of the prediction: the index of the class"),
        new Param<>(stage, "predictedLabelCol", "column of the name of the predicted class"),
        new Param<>(
            stage, "reasonCol", "column of why a photo has no prediction; null where it has one"),
        new Param<>(
            stage,
            "handleInvalid",
            "what to do with a photo that cannot be used: keep the row, with nulls and the reason,"
                + " or skip it",
            oneOf(KEEP, SKIP)));
  }

  private static Function1<String, Object> oneOf(String... words) {
    return ParamValidators.inArray(words);
  }

  /** Gives a stage the defaults. */
  void setDefaults(Params stage) {
    stage.setDefault(features, "content");
    stage.setDefault(rawPrediction, "rawPrediction");
    stage.setDefault(probability, "probability");
    stage.setDefault(prediction, "prediction");
    stage.setDefault(predictedLabel, "predictedLabel");
    stage.setDefault(reason, "reason");
    stage.setDefault(invalid, KEEP);
  }
}
