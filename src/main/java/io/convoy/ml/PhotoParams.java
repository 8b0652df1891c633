package io.convoy.ml;

import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/**
 * What a network that is yet to be trained and one that is have in common: their columns. Names and
 * ways are Spark ML's.
 *
 * @param <S> the stage
 */
public interface PhotoParams<S extends PhotoParams<S>> extends Params {
  /** The parameters themselves. */
  PhotoColumns columns();

  /** Sets a parameter, and gives the stage. */
  @SuppressWarnings("unchecked")
  private S setting(Param<String> param, String value) {
    set(param, value);
    return (S) this;
  }

  /** The column of the photos: bytes of files, or images of Spark's schema. */
  default Param<String> featuresCol() {
    return columns().features();
  }

  /** See {@link #featuresCol}. */
  default String getFeaturesCol() {
    return getOrDefault(featuresCol());
  }

  /** See {@link #featuresCol}; {@code content} by default. */
  default S setFeaturesCol(String column) {
    return setting(featuresCol(), column);
  }

  /** The column of the natural logarithms of the probabilities, a vector. */
  default Param<String> rawPredictionCol() {
    return columns().rawPrediction();
  }

  /** See {@link #rawPredictionCol}. */
  default String getRawPredictionCol() {
    return getOrDefault(rawPredictionCol());
  }

  /** See {@link #rawPredictionCol}; {@code rawPrediction} by default, left out where empty. */
  default S setRawPredictionCol(String column) {
    return setting(rawPredictionCol(), column);
  }

  /** The column of the probabilities, a vector: 0 to 1, of each class in their order. */
  default Param<String> probabilityCol() {
    return columns().probability();
  }

  /** See {@link #probabilityCol}. */
  default String getProbabilityCol() {
    return getOrDefault(probabilityCol());
  }

  /** See {@link #probabilityCol}; {@code probability} by default, left out where empty. */
  default S setProbabilityCol(String column) {
    return setting(probabilityCol(), column);
  }

  /** The column of the prediction, a double: the index of the class, from 0. */
  default Param<String> predictionCol() {
    return columns().prediction();
  }

  /** See {@link #predictionCol}. */
  default String getPredictionCol() {
    return getOrDefault(predictionCol());
  }

  /** See {@link #predictionCol}; {@code prediction} by default, left out where empty. */
  default S setPredictionCol(String column) {
    return setting(predictionCol(), column);
  }

  /** The column of the name of the predicted class. */
  default Param<String> predictedLabelCol() {
    return columns().predictedLabel();
  }

  /** See {@link #predictedLabelCol}. */
  default String getPredictedLabelCol() {
    return getOrDefault(predictedLabelCol());
  }

  /** See {@link #predictedLabelCol}; {@code predictedLabel} by default, left out where empty. */
  default S setPredictedLabelCol(String column) {
    return setting(predictedLabelCol(), column);
  }

  /** The column of the reason why a photo has no prediction; null where it has one. */
  default Param<String> reasonCol() {
    return columns().reason();
  }

  /** See {@link #reasonCol}. */
  default String getReasonCol() {
    return getOrDefault(reasonCol());
  }

  /** See {@link #reasonCol}; {@code reason} by default, left out where empty. */
  default S setReasonCol(String column) {
    return setting(reasonCol(), column);
  }

  /** What to do with a photo that cannot be used: {@code keep} its row, or {@code skip} it. */
  default Param<String> handleInvalid() {
    return columns().invalid();
  }

  /** See {@link #handleInvalid}. */
  default String getHandleInvalid() {
    return getOrDefault(handleInvalid());
  }

  /** See {@link #handleInvalid}; {@code keep} by default. */
  default S setHandleInvalid(String way) {
    return setting(handleInvalid(), way);
  }
}
