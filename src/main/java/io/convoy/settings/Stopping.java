package io.convoy.settings;

import java.io.Serializable;
import java.util.Objects;

/** When training ends before its last epoch. */
public sealed interface Stopping extends Serializable {
  /** It does not. */
  record Never() implements Stopping {}

  /**
   * After so many epochs one behind the other without a better value than before them.
   *
   * @param metric of the validation split
   * @param patience epochs, at least 1
   */
  record Patience(Metric metric, int patience) implements Stopping {

    /** Refuses nulls. */
    public Patience {
      Objects.requireNonNull(metric, "metric");
    }
  }
}
