package io.convoy.filters;

import java.util.Arrays;
import java.util.List;

/**
 * Which values are shown black and white; those between are grey.
 *
 * @param black this and lower values
 * @param white this and higher values; where it is not above black, all is black
 */
record Tone(float black, float white) {
  private static final int LIGHTEST = 255;

  /** A few pixels of noise would else leave all the rest dark. */
  private static final double SHOWN_SHARE = 0.995;

  /** For values of 0 to 1. */
  static final Tone UNIT = new Tone(0, 1);

  /** From the lowest to the highest value of a plane. */
  static Tone ofRange(Plane plane) {
    return new Tone(plane.lowest(), plane.highest());
  }

  /**
   * From 0 to a value that one in 200 exceeds, or to the highest where that is 0: the same for all
   * planes, which are 0 or more.
   */
  static Tone ofStrengths(List<Plane> planes) {
    float[] all = new float[planes.stream().mapToInt(plane -> plane.values().length).sum()];
    int copied = 0;
    for (Plane plane : planes) {
      System.arraycopy(plane.values(), 0, all, copied, plane.values().length);
      copied += plane.values().length;
    }
    Arrays.sort(all);
    float white = all[(int) (SHOWN_SHARE * (all.length - 1))];
    return new Tone(0, white > 0 ? white : all[all.length - 1]);
  }

  /** With 0 as the middle grey, up to the largest magnitude in any of the planes. */
  static Tone aroundZero(List<Plane> planes) {
    float most = 0;
    for (Plane plane : planes) {
      most = Math.max(most, plane.magnitude().highest());
    }
    return new Tone(-most, most);
  }

  /** How light the value is, 0 to 255. */
  int lightness(float value) {
    if (!(white > black)) {
      return 0;
    }
    int shade = Math.round(LIGHTEST * ((value - black) / (white - black)));
    return Math.max(0, Math.min(LIGHTEST, shade));
  }
}
