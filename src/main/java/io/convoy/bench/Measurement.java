package io.convoy.bench;

/**
 * What was measured.
 *
 * @param measure its name
 * @param network the architecture, or {@code -} where none is concerned
 * @param unit of both figures
 * @param ours convoy's figure, a median
 * @param baseline the figure that it is held against, a median of the same run
 */
public record Measurement(
    String measure, String network, String unit, double ours, double baseline) {
  static final String NO_NETWORK = "-";

  /** Ours over baseline. */
  public double ratio() {
    return ours / baseline;
  }
}
