package io.convoy.sample;

import java.awt.Color;
import java.awt.Shape;
import java.util.random.RandomGenerator;

/** Upright pointed ears, slit eyes, a small muzzle, whiskers. */
final class CatFace implements Face {
  private final Coat coat;

  CatFace(Coat coat) {
    this.coat = coat;
  }

  @Override
  public void paint(Pen pen, double turn, RandomGenerator random) {
    double height = random.nextDouble(1.15, 1.5);
    double lean = random.nextDouble(0.62, 0.98);
    ear(pen, -1, lean - 0.1 * turn, height);
    ear(pen, 1, lean + 0.1 * turn, height);
    pen.outlined(Pen.ellipse(0, 0.08, 1, random.nextDouble(0.78, 0.9)), coat.fur());
    double aside = 0.2 * turn;
    if (random.nextBoolean()) {
      stripes(pen, aside);
    }
    double apart = random.nextDouble(0.36, 0.46);
    double size = random.nextDouble(0.16, 0.23);
    double slit = random.nextDouble(0.25, 0.7);
    eye(pen, aside - apart, size, slit);
    eye(pen, aside + apart, size, slit);
    muzzle(pen, aside * 1.3);
    whiskers(pen, aside * 1.3, random.nextDouble(-0.12, 0.12));
  }

  private void ear(Pen pen, int side, double lean, double height) {
    double tipX = side * lean;
    double outer = side * 0.96;
    double inner = side * 0.2;
    pen.outlined(triangle(outer, -0.1, tipX, -height, inner, -0.7), coat.ear());
    double middle = (outer + tipX + inner) / 3;
    double level = (-0.1 - height - 0.7) / 3 + 0.08;
    pen.fill(
        triangle(
            towards(outer, middle), towards(-0.1, level),
            towards(tipX, middle), towards(-height, level),
            towards(inner, middle), towards(-0.7, level)),
        coat.skin());
  }

  private void stripes(Pen pen, double aside) {
    for (double x = -0.22; x < 0.3; x += 0.22) {
      double foot = -0.35 + Math.abs(x) * 0.3;
      pen.fill(
          Pen.closed(
              aside + x - 0.05,
              -0.68,
              aside + x,
              -0.6,
              aside + x,
              -0.5,
              aside + x,
              foot,
              aside + x,
              -0.5,
              aside + x + 0.05,
              -0.6,
              aside + x + 0.05,
              -0.68),
          coat.muzzle());
    }
  }

  private void eye(Pen pen, double x, double size, double slit) {
    pen.outlined(Pen.ellipse(x, -0.1, size, size * 0.95), coat.iris());
    pen.fill(Pen.ellipse(x, -0.1, size * slit, size * 0.85), Color.BLACK);
    pen.fill(Pen.ellipse(x + size * 0.3, -0.1 - size * 0.4, size * 0.2, size * 0.2), Color.WHITE);
  }

  private void muzzle(Pen pen, double x) {
    pen.fill(Pen.ellipse(x - 0.17, 0.47, 0.23, 0.18), coat.muzzle());
    pen.fill(Pen.ellipse(x + 0.17, 0.47, 0.23, 0.18), coat.muzzle());
    pen.stroke(Pen.curve(x, 0.4, x, 0.58, x - 0.2, 0.62, x - 0.28, 0.5));
    pen.stroke(Pen.curve(x, 0.4, x, 0.58, x + 0.2, 0.62, x + 0.28, 0.5));
    pen.outlined(triangle(x - 0.11, 0.28, x, 0.4, x + 0.11, 0.28), coat.nose());
  }

  private static void whiskers(Pen pen, double x, double droop) {
    for (int i = -1; i <= 1; i++) {
      double level = 0.45 + 0.07 * i;
      double end = 0.42 + 0.2 * i + droop;
      pen.stroke(Pen.curve(x - 0.35, level, x - 0.6, level, x - 0.9, end, x - 1.2, end));
      pen.stroke(Pen.curve(x + 0.35, level, x + 0.6, level, x + 0.9, end, x + 1.2, end));
    }
  }

  /** A triangle whose sides swell a little. */
  private static Shape triangle(double ax, double ay, double bx, double by, double cx, double cy) {
    double abX = swollen(ax, bx, cx);
    double abY = swollen(ay, by, cy);
    double bcX = swollen(bx, cx, ax);
    double bcY = swollen(by, cy, ay);
    return Pen.closed(ax, ay, abX, abY, abX, abY, bx, by, bcX, bcY, bcX, bcY, cx, cy);
  }

  /** The middle of a side, pushed away from the triangle's middle. */
  private static double swollen(double from, double to, double opposite) {
    double swell = 0.12;
    return (from + to) / 2 * (1 + swell) - (from + to + opposite) / 3 * swell;
  }

  /** Where the ear's inside begins, on the way from a corner to the middle. */
  private static double towards(double corner, double middle) {
    return corner + (middle - corner) * 0.42;
  }
}
