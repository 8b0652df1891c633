package io.convoy.settings;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** When training ends before its last epoch. */
public sealed interface Stopping extends Serializable {
  /** Epochs without a better value that end it, if anything does. */
  Optional<Patience> patient();

  /** The training does not stop before its last epoch. */
  record Never() implements Stopping {
    @Override
    public Optional<Patience> patient() {
      return Optional.empty();
    }
  }

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

    static Stopping of(Section stop) {
      stop.allow(List.of("metric", "patience"));
      return new Patience(
          stop.entry("metric").word(Metric.class), stop.entry("patience").integer(1));
    }

    /** Its block, without the braces. */
    String hocon() {
      return "metric = " + Entry.word(metric) + ", patience = " + patience;
    }

    @Override
    public Optional<Patience> patient() {
      return Optional.of(this);
    }
  }
}
