package io.convoy.sample;

import java.awt.Dimension;
import java.awt.geom.AffineTransform;
import java.util.random.RandomGenerator;

/**
 * Where and how the head sits in the picture, drawn alike for both classes.
 *
 * @param x the head's centre, in pixels from the left
 * @param y the head's centre, in pixels from the top
 * @param radius half the head's width without ears, in pixels
 * @param squeeze the head's width over its natural width
 * @param tilt clockwise, in radians
 * @param turn how far the face looks aside, from -1 to 1
 */
record Pose(double x, double y, double radius, double squeeze, double tilt, double turn) {
  /** Half the head's height with ears, in radii. */
  private static final double REACH = 1.25;

  static Pose draw(Dimension size, RandomGenerator random) {
    double share = random.nextDouble(0.55, 0.85);
    double radius = share * Math.min(size.height, size.width * 0.95) / (2 * REACH);
    double x = within(size.width, radius * REACH, random);
    double y = within(size.height, radius * REACH, random) + 0.1 * radius;
    return new Pose(
        x,
        y,
        radius,
        random.nextDouble(0.88, 1.12),
        random.nextGaussian(0, 0.16),
        random.nextDouble(-1, 1));
  }

  /** From the head's own measure (radius 1, centre 0, y downwards) to pixels. */
  AffineTransform transform() {
    AffineTransform transform = AffineTransform.getTranslateInstance(x, y);
    transform.rotate(tilt);
    transform.scale(radius * squeeze, radius);
    return transform;
  }

  /** A place at which the head is whole, more often near the middle than at the edge. */
  private static double within(double length, double reach, RandomGenerator random) {
    double room = Math.max(0, length / 2 - reach);
    return length / 2 + room * 0.35 * (random.nextDouble(-1, 1) + random.nextDouble(-1, 1));
  }
}
