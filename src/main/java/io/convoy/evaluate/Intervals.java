package io.convoy.evaluate;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/**
 * The 95 % intervals of a split's metrics by {@link Bootstrap resampling}.
 *
 * @param estimates by metric; none for a metric that is not defined
 */
public record Intervals(Map<Measure, Estimate> estimates) {
  /** Of a split that cannot be measured, or whose intervals are not known. */
  public static final Intervals NONE = new Intervals(Map.of());

  /** Copies the map. */
  public Intervals {
    estimates = Map.copyOf(estimates);
  }

  /**
   * Those of a split.
   *
   * @param metrics of the same predictions
   */
  public static Intervals of(Predictions predictions, SplitMetrics metrics) {
    if (!predictions.measurable()) {
      return NONE;
    }
    Bootstrap bootstrap = Bootstrap.of(predictions);
    Map<Measure, Estimate> estimates = new EnumMap<>(Measure.class);
    for (Measure measure : Measure.values()) {
      Double value = measure.of(metrics);
      if (value != null) {
        estimates.put(measure, bootstrap.estimate(measure, value));
      }
    }
    return new Intervals(estimates);
  }

  /** The same without that of a metric. */
  public Intervals without(Measure measure) {
    Map<Measure, Estimate> others = new HashMap<>(estimates);
    others.remove(measure);
    return new Intervals(others);
  }

  /** The estimate of a metric; null where there is none. */
  public Estimate of(Measure measure) {
    return estimates.get(measure);
  }
}
