package io.convoy.spark;

import java.time.Duration;
import java.util.Optional;

/** When to tell of executors that are waited for, and when to give up. */
final class ShortageTimer {
  private final Duration untilTold;
  private final Duration most;
  private Optional<Long> since = Optional.empty();
  private Step last = Step.NONE;

  /** What to do now. */
  enum Step {
    NONE,
    TELL,
    /** They are there, after it was told that they are not. */
    TELL_END,
    GIVE_UP
  }

  /** Whether there are as many executors as there should be. */
  enum State {
    SHORT,
    ENOUGH
  }

  /**
   * @param untilTold how long a shortage is borne in silence
   * @param most how long it is borne
   */
  ShortageTimer(Duration untilTold, Duration most) {
    this.untilTold = untilTold;
    this.most = most;
  }

  /**
   * Looks again. Each step but {@code NONE} is taken once in a shortage.
   *
   * @param nanos a clock's, that never goes back
   */
  Step look(State state, long nanos) {
    return switch (state) {
      case ENOUGH -> enough();
      case SHORT -> tooFew(nanos);
    };
  }

  private Step enough() {
    Step step = last == Step.TELL ? Step.TELL_END : Step.NONE;
    since = Optional.empty();
    last = Step.NONE;
    return step;
  }

  private Step tooFew(long nanos) {
    since = since.or(() -> Optional.of(nanos));
    Duration waited = waited(nanos);
    if (last != Step.GIVE_UP && waited.compareTo(most) >= 0) {
      last = Step.GIVE_UP;
      return last;
    }
    if (last == Step.NONE && waited.compareTo(untilTold) >= 0) {
      last = Step.TELL;
      return last;
    }
    return Step.NONE;
  }

  /** How long the shortage lasts; nothing where there is none. */
  Duration waited(long nanos) {
    return since.map(start -> Duration.ofNanos(nanos - start)).orElse(Duration.ZERO);
  }
}
