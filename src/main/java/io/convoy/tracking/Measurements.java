package io.convoy.tracking;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What was measured at one time.
 *
 * @param step such as the epoch
 * @param milliseconds when, since 1970
 * @param values by the names of the metrics, one or more
 */
public record Measurements(long step, long milliseconds, SortedMap<String, Double> values) {
  /** Copies the values. */
  public Measurements {
    values = new TreeMap<>(values);
    if (values.isEmpty()) {
      throw new IllegalArgumentException("nothing is measured");
    }
  }

  /** The metric by which the server is asked whether it has these: it takes all or none. */
  String witness() {
    return values.firstKey();
  }
}
