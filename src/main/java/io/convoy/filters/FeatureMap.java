package io.convoy.filters;

import java.util.List;
import java.util.Locale;

/**
 * What one filter of a network's first layer makes of a photo.
 *
 * @param number of the filter, from 1
 * @param map after the activation, black at its lowest value and white at its highest
 * @param kernel the filter's weights for red, green and blue; middle grey is 0
 * @param lowest value of the map
 * @param highest value of the map
 */
public record FeatureMap(int number, Picture map, Picture kernel, float lowest, float highest) {

  /**
   * Draws it.
   *
   * @param number of the filter, from 1
   * @param map its values after the activation
   * @param kernel its weights for red, green and blue
   */
  public static FeatureMap of(int number, Plane map, List<Plane> kernel) {
    return new FeatureMap(
        number,
        Picture.grey(map, Tone.ofRange(map)),
        Picture.kernel(kernel),
        map.lowest(),
        map.highest());
  }

  /** The range of the map's values for people. */
  String range() {
    return lowest < highest
        ? String.format(Locale.ROOT, "%.2f to %.2f", lowest, highest)
        : String.format(Locale.ROOT, "%.2f everywhere", lowest);
  }
}
