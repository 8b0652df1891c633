package io.convoy.settings;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Reads an optimizer, such as {@code { name = adam, learning-rate = 1e-4 }}. */
final class OptimizerReader {
  private static final String NAME = "name";
  private static final String LEARNING_RATE = "learning-rate";
  private static final String MOMENTUM = "momentum";
  private static final String BETA1 = "beta1";
  private static final String BETA2 = "beta2";
  private static final String EPSILON = "epsilon";

  private static final String ADAM = "adam";
  private static final String NESTEROV = "nesterov";
  private static final String SGD = "sgd";

  private static final Map<String, List<String>> KEYS =
      Map.of(
          ADAM, List.of(NAME, LEARNING_RATE, BETA1, BETA2, EPSILON),
          NESTEROV, List.of(NAME, LEARNING_RATE, MOMENTUM),
          SGD, List.of(NAME, LEARNING_RATE));

  private OptimizerReader() {}

  static Optimizer read(Section optimizer) {
    Entry name = optimizer.entry(NAME);
    String word =
        name.text()
            .filter(KEYS::containsKey)
            .orElseThrow(() -> name.oneOf(Stream.of(ADAM, NESTEROV, SGD)));
    optimizer.allow(KEYS.get(word));
    double rate = positive(optimizer.entry(LEARNING_RATE));
    return switch (word) {
      case ADAM ->
          new Optimizer.Adam(
              rate,
              decay(optimizer, BETA1, 0.9),
              decay(optimizer, BETA2, 0.999),
              optimizer.optional(EPSILON).map(OptimizerReader::positive).orElse(1e-8));
      case NESTEROV -> new Optimizer.Nesterov(rate, decay(optimizer, MOMENTUM, 0.9));
      default -> new Optimizer.Sgd(rate);
    };
  }

  static double positive(Entry entry) {
    return entry.number("a number above 0", number -> number > 0);
  }

  static double decay(Section optimizer, String key, double usual) {
    return optimizer
        .optional(key)
        .map(e -> e.number("a number of at least 0 and below 1", share -> share >= 0 && share < 1))
        .orElse(usual);
  }
}
