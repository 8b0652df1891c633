package io.convoy.averaging;

import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingResult;

/** What a worker has trained in a round, and on how many examples. */
final class WeightedResult extends ParameterAveragingTrainingResult {
  private static final long serialVersionUID = 1L;
  private final long examples;

  WeightedResult(ParameterAveragingTrainingResult result, long examples) {
    super(result.getParameters(), result.getUpdaterState(), result.getScore(), null, null, null);
    this.examples = examples;
  }

  long examples() {
    return examples;
  }
}
