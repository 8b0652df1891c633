package io.convoy.settings;

import java.util.Optional;
import java.util.stream.Stream;

/** What the passes of one architecture compute with. */
public enum RecipePrecision {
  /** What {@code train.precision} says, where its block says nothing. */
  OF_THE_RUN,
  /** bfloat16 where every executor computes in it, else float32. */
  AUTO,
  FLOAT32,
  BFLOAT16;

  /** Reads one that a block says. */
  static RecipePrecision read(Entry entry) {
    RecipePrecision said = entry.word(RecipePrecision.class);
    if (said == OF_THE_RUN) {
      throw entry.oneOf(Stream.of(AUTO, FLOAT32, BFLOAT16).map(Entry::word));
    }
    return said;
  }

  /**
   * What is wanted.
   *
   * @param ofRun what the run wants; empty for the best that there is
   * @return likewise
   */
  public Optional<Precision> over(Optional<Precision> ofRun) {
    return switch (this) {
      case OF_THE_RUN -> ofRun;
      case AUTO -> Optional.empty();
      case FLOAT32 -> Optional.of(Precision.FLOAT32);
      case BFLOAT16 -> Optional.of(Precision.BFLOAT16);
    };
  }
}
