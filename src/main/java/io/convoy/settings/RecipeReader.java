package io.convoy.settings;

import com.typesafe.config.ConfigValueType;
import java.util.List;
import java.util.Optional;

/** Reads those keys of an architecture's block that a recipe is made of; each may be left out. */
final class RecipeReader {
  private static final String SCHEDULE = "schedule";
  private static final String WEIGHT_DECAY = "weight-decay";
  private static final String LABEL_SMOOTHING = "label-smoothing";
  private static final String CLASS_WEIGHTS = "class-weights";
  private static final String STOP = "stop";
  private static final String BEST = "best";
  private static final String AUGMENT = "augment";

  private static final String METRIC = "metric";
  private static final String PATIENCE = "patience";

  /** All of them. */
  static final List<String> KEYS =
      List.of(SCHEDULE, WEIGHT_DECAY, LABEL_SMOOTHING, CLASS_WEIGHTS, STOP, BEST, AUGMENT);

  private RecipeReader() {}

  static Recipe read(Section block) {
    Recipe plain = Recipe.PLAIN;
    return new Recipe(
        section(block, SCHEDULE).map(ScheduleReader::read).orElse(plain.schedule()),
        present(block, WEIGHT_DECAY)
            .map(entry -> entry.number("a number of at least 0", decay -> decay >= 0))
            .orElse(plain.weightDecay()),
        present(block, LABEL_SMOOTHING)
            .map(e -> e.number("a share of at least 0 and below 1", s -> s >= 0 && s < 1))
            .orElse(plain.labelSmoothing()),
        present(block, CLASS_WEIGHTS)
            .map(entry -> entry.word(ClassWeights.class))
            .orElse(plain.classWeights()),
        section(block, STOP).map(RecipeReader::stopping).orElse(plain.stopping()),
        present(block, BEST).map(entry -> entry.word(Metric.class)).orElse(plain.best()),
        section(block, AUGMENT).map(AugmentationReader::read).orElse(plain.augmentation()));
  }

  /** A key that a conf sets to null is as one that is left out, to take back a default's. */
  static Optional<Entry> present(Section block, String key) {
    return block.optional(key).filter(entry -> entry.value().valueType() != ConfigValueType.NULL);
  }

  private static Optional<Section> section(Section block, String key) {
    return present(block, key).map(entry -> entry.section(entry.name() + "."));
  }

  private static Stopping stopping(Section stop) {
    stop.allow(List.of(METRIC, PATIENCE));
    return new Stopping.Patience(
        stop.entry(METRIC).word(Metric.class), stop.entry(PATIENCE).integer(1));
  }
}
