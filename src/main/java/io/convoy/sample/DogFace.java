package io.convoy.sample;

import java.awt.Color;
import java.util.random.RandomGenerator;

/** Ears that hang at the sides, round eyes, a long muzzle with a big nose, perhaps a tongue. */
final class DogFace implements Face {
  private final Coat coat;

  DogFace(Coat coat) {
    this.coat = coat;
  }

  @Override
  public void paint(Pen pen, double turn, RandomGenerator random) {
    double aside = 0.2 * turn;
    double length = random.nextDouble(0.3, 0.85);
    double spread = random.nextDouble(1.0, 1.3);
    double width = random.nextDouble(0.85, 0.97);
    pen.outlined(
        Pen.closed(
            0,
            -0.92,
            width,
            -0.95,
            width * 1.05,
            0.1,
            0.62,
            0.62,
            0.4,
            1.1,
            -0.4,
            1.1,
            -0.62,
            0.62,
            -width * 1.05,
            0.1,
            -width,
            -0.95,
            0,
            -0.92),
        coat.fur());
    if (random.nextBoolean()) {
      pen.fill(Pen.ellipse(aside - 0.36, -0.22, 0.3, 0.34), coat.muzzle());
    }
    double apart = random.nextDouble(0.32, 0.4);
    double size = random.nextDouble(0.12, 0.18);
    eye(pen, aside - apart, size);
    eye(pen, aside + apart, size);
    muzzle(pen, aside * 1.5, random);
    ear(pen, -1, spread - 0.08 * turn, length);
    ear(pen, 1, spread + 0.08 * turn, length);
  }

  private void ear(Pen pen, int side, double spread, double length) {
    pen.outlined(
        Pen.closed(
            side * 0.42,
            -0.86,
            side * 0.75,
            -1.05,
            side * spread,
            -0.9,
            side * spread,
            -0.3,
            side * (spread + 0.12),
            length + 0.1,
            side * 0.85,
            length + 0.2,
            side * 0.78,
            length - 0.15,
            side * 0.7,
            -0.2,
            side * 0.62,
            -0.4,
            side * 0.42,
            -0.86),
        coat.ear());
  }

  private void eye(Pen pen, double x, double size) {
    pen.outlined(Pen.ellipse(x, -0.2, size, size * 1.1), coat.iris());
    pen.fill(Pen.ellipse(x, -0.18, size * 0.65, size * 0.7), Color.BLACK);
    pen.fill(Pen.ellipse(x + size * 0.3, -0.2 - size * 0.4, size * 0.25, size * 0.25), Color.WHITE);
  }

  private void muzzle(Pen pen, double x, RandomGenerator random) {
    double length = random.nextDouble(0.36, 0.46);
    double width = random.nextDouble(0.42, 0.52);
    if (random.nextBoolean()) {
      pen.outlined(
          Pen.closed(
              x - 0.15, 0.7, x - 0.2, 1.25, x + 0.25, 1.25, x + 0.17, 0.7, x, 0.75, x, 0.75,
              x - 0.15, 0.7),
          coat.skin());
    }
    pen.outlined(Pen.ellipse(x, 0.48, width, length), coat.muzzle());
    pen.stroke(Pen.curve(x, 0.35, x, 0.75, x - 0.2, 0.78, x - 0.3, 0.64));
    pen.stroke(Pen.curve(x, 0.35, x, 0.75, x + 0.2, 0.78, x + 0.3, 0.64));
    pen.outlined(Pen.ellipse(x, 0.27, width * 0.42, length * 0.36), coat.nose());
  }
}
