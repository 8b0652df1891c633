package io.convoy.settings;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Reads a schedule, such as {@code { name = cosine, warm-up-epochs = 3, end = 0.01 }}. */
final class ScheduleReader {
  private static final String NAME = "name";
  private static final String WARM_UP_EPOCHS = "warm-up-epochs";
  private static final String EVERY_EPOCHS = "every-epochs";
  private static final String FACTOR = "factor";
  private static final String END = "end";

  private static final String CONSTANT = "constant";
  private static final String STEP = "step";
  private static final String COSINE = "cosine";

  private static final Map<String, List<String>> KEYS =
      Map.of(
          CONSTANT, List.of(NAME, WARM_UP_EPOCHS),
          STEP, List.of(NAME, WARM_UP_EPOCHS, EVERY_EPOCHS, FACTOR),
          COSINE, List.of(NAME, WARM_UP_EPOCHS, END));

  private ScheduleReader() {}

  static Schedule read(Section schedule) {
    Entry name = schedule.entry(NAME);
    String word =
        name.text()
            .filter(KEYS::containsKey)
            .orElseThrow(() -> name.oneOf(Stream.of(CONSTANT, STEP, COSINE)));
    schedule.allow(KEYS.get(word));
    double warmUp =
        schedule
            .optional(WARM_UP_EPOCHS)
            .map(entry -> entry.number("a number of at least 0", epochs -> epochs >= 0))
            .orElse(0.0);
    return switch (word) {
      case STEP ->
          new Schedule.Step(
              warmUp,
              schedule.entry(EVERY_EPOCHS).integer(1),
              schedule
                  .entry(FACTOR)
                  .number("a number above 0 and up to 1", factor -> factor > 0 && factor <= 1));
      case COSINE ->
          new Schedule.Cosine(
              warmUp,
              schedule
                  .optional(END)
                  .map(e -> e.number("a number from 0 to 1", end -> end >= 0 && end <= 1))
                  .orElse(0.0));
      default -> new Schedule.Constant(warmUp);
    };
  }
}
