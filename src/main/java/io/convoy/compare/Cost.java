package io.convoy.compare;

import io.convoy.report.ArchitectureResult;
import java.util.OptionalDouble;

/** What a network costs, to be weighed against its accuracy. */
public enum Cost {
  /** Weights and biases. */
  PARAMETERS("parameters"),

  /** Wall time of its training in seconds. */
  TRAINING("training time"),

  /** Seconds that a worker takes to predict one photo of many. */
  INFERENCE("inference time");

  private final String words;

  Cost(String words) {
    this.words = words;
  }

  /** Its name in a sentence. */
  public String words() {
    return words;
  }

  /** What a network costs; empty where that is not known. */
  public OptionalDouble of(ArchitectureResult result) {
    return switch (this) {
      case PARAMETERS -> OptionalDouble.of(result.parameters());
      case TRAINING -> known(result.trainSeconds());
      case INFERENCE ->
          known(
              result.inferenceSecondsPerImage() == null
                  ? Double.NaN
                  : result.inferenceSecondsPerImage());
    };
  }

  private static OptionalDouble known(double seconds) {
    return Double.isFinite(seconds) ? OptionalDouble.of(seconds) : OptionalDouble.empty();
  }
}
