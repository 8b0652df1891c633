package io.convoy.sample;

import java.awt.Color;
import java.util.random.RandomGenerator;

/** Colours of a wanted brightness. */
final class Shades {
  private Shades() {}

  /** Any hue, pale to strong. */
  static Color any(RandomGenerator random, double brightness) {
    return Color.getHSBColor(
        random.nextFloat(), (float) random.nextDouble(0.05, 0.7), (float) brightness);
  }

  /** Mostly the browns, oranges and greys of real fur, now and then any hue. */
  static Color fur(RandomGenerator random, double brightness) {
    if (random.nextDouble() < 0.2) {
      return any(random, brightness);
    }
    return Color.getHSBColor(
        (float) random.nextDouble(0.04, 0.13),
        (float) (random.nextDouble() < 0.4 ? 0.06 : random.nextDouble(0.2, 0.7)),
        (float) brightness);
  }

  /** The colour moved towards white (up to 1) or black (down to -1). */
  static Color shifted(Color color, double amount) {
    int target = amount > 0 ? 255 : 0;
    double share = Math.abs(amount);
    return new Color(
        towards(color.getRed(), target, share),
        towards(color.getGreen(), target, share),
        towards(color.getBlue(), target, share));
  }

  /** The same colour, {@code alpha} from 0 (clear) to 1 (solid). */
  static Color glazed(Color color, double alpha) {
    return new Color(
        color.getRed(), color.getGreen(), color.getBlue(), (int) Math.round(255 * alpha));
  }

  private static int towards(int from, int to, double share) {
    return (int) Math.round(from + (to - from) * share);
  }
}
