package io.convoy.sample;

import java.awt.Color;
import java.util.random.RandomGenerator;

/**
 * The colours of one picture, drawn alike for both classes. A light animal on dark ground is as
 * likely as a dark one on light ground, so that no pixel's brightness alone tells the class.
 *
 * @param ground the background's main colour
 * @param fur the head and the body
 * @param ear the ears' outside
 * @param muzzle the patch around the mouth, and other markings
 * @param line outlines, mouth and whiskers
 * @param nose the nose
 * @param iris the eyes
 * @param skin the tongue and the ears' inside, pink or a shade of the fur
 * @param collar the collar
 */
record Coat(
    Color ground,
    Color fur,
    Color ear,
    Color muzzle,
    Color line,
    Color nose,
    Color iris,
    Color skin,
    Color collar) {

  static Coat draw(RandomGenerator random) {
    boolean light = random.nextBoolean();
    double bright = random.nextDouble(0.68, 1.0);
    double dark = random.nextDouble(0.12, 0.42);
    Color fur = Shades.fur(random, light ? bright : dark);
    return new Coat(
        Shades.any(random, light ? dark : bright),
        fur,
        random.nextDouble() < 0.5 ? fur : Shades.shifted(fur, random.nextDouble(-0.5, 0.5)),
        Shades.shifted(fur, (random.nextBoolean() ? 1 : -1) * random.nextDouble(0.25, 0.6)),
        Shades.shifted(fur, light ? -0.7 : random.nextDouble() < 0.5 ? -0.7 : 0.5),
        random.nextBoolean() ? pink(random) : Shades.any(random, 0.15),
        Shades.any(random, random.nextDouble(0.5, 1.0)),
        random.nextBoolean() ? pink(random) : Shades.shifted(fur, light ? -0.3 : 0.3),
        Shades.any(random, random.nextDouble(0.2, 1.0)));
  }

  private static Color pink(RandomGenerator random) {
    return Color.getHSBColor(
        0.98f, (float) random.nextDouble(0.3, 0.6), (float) random.nextDouble(0.6, 0.95));
  }
}
