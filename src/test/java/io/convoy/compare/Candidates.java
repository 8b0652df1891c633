package io.convoy.compare;

import io.convoy.evaluate.Predictions;
import io.convoy.evaluate.TemperatureScaling;
import io.convoy.report.ArchitectureResult;
import io.convoy.report.SplitResult;
import io.convoy.settings.Architecture;
import io.convoy.settings.Loss;
import io.convoy.settings.Optimizer;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Made-up networks on photos that are dogs and cats by turns. */
final class Candidates {
  static final Predictions NONE = Predictions.none(2);
  static final List<String> CLASSES = List.of("dog", "cat");

  private Candidates() {}

  /**
   * A network that is right, by 0.3, on all photos but the first few.
   *
   * @param photos how many
   * @param wrong how many of them are called wrong, by the same distance
   */
  static Predictions wrongOn(int wrong, int photos) {
    float[] probabilities = new float[photos];
    for (int i = 0; i < photos; i++) {
      boolean calledCat = i % 2 == 1 ^ i < wrong;
      probabilities[i] = calledCat ? 0.8f : 0.2f;
    }
    return new Predictions(2, probabilities, labels(photos));
  }

  /**
   * A network for photos of any number of classes by turns that is right, with the probability 0.6,
   * on all but the first few, which it calls the next class.
   */
  static Predictions wrongOn(int wrong, int photos, int classes) {
    Predictions.Builder predictions = new Predictions.Builder(classes);
    for (int i = 0; i < photos; i++) {
      float[] outputs = new float[classes];
      java.util.Arrays.fill(outputs, 0.4f / (classes - 1));
      outputs[(i + (i < wrong ? 1 : 0)) % classes] = 0.6f;
      predictions.add(outputs, i % classes);
    }
    return predictions.build();
  }

  /** A network that gives every photo the same probability. */
  static Predictions constant(float probability, int photos) {
    float[] probabilities = new float[photos];
    java.util.Arrays.fill(probabilities, probability);
    return new Predictions(2, probabilities, labels(photos));
  }

  private static int[] labels(int photos) {
    return IntStream.range(0, photos).map(i -> i % 2).toArray();
  }

  static Candidate of(String name, long parameters, Predictions validation) {
    return of(name, parameters, validation, Predictions.none(validation.classes()));
  }

  static Candidate of(String name, long parameters, Predictions validation, Predictions test) {
    return of(name, parameters, 60, parameters * 1e-9, validation, test);
  }

  static Candidate of(
      String name,
      long parameters,
      double epochSeconds,
      Double inferenceSeconds,
      Predictions validation,
      Predictions test) {
    return of(
        new Architecture(name, List.of(), Loss.MSE, new Optimizer.Sgd(0.01), 32, 5),
        parameters,
        epochSeconds,
        inferenceSeconds,
        validation,
        test);
  }

  static Candidate of(
      Architecture architecture,
      long parameters,
      double epochSeconds,
      Double inferenceSeconds,
      Predictions validation,
      Predictions test) {
    SplitResult validated = SplitResult.ofValidation(validation);
    return new Candidate(
        architecture.name(),
        new ArchitectureResult(
            architecture,
            parameters,
            4 * parameters,
            100,
            5,
            3,
            1,
            16,
            epochSeconds,
            inferenceSeconds,
            validated,
            SplitResult.ofTest(test, validated),
            TemperatureScaling.UNKNOWN,
            Optional.empty()),
        validation,
        test);
  }
}
