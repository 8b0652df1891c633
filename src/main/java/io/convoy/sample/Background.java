package io.convoy.sample;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.Path2D;
import java.util.random.RandomGenerator;

/** A gradient, perhaps stripes, and clutter to distract: discs, bars and triangles. */
final class Background {
  private final Graphics2D graphics;
  private final int width;
  private final int height;
  private final RandomGenerator random;

  Background(Graphics2D graphics, int width, int height, RandomGenerator random) {
    this.graphics = graphics;
    this.width = width;
    this.height = height;
    this.random = random;
  }

  void paint(Color ground) {
    graphics.setPaint(
        new GradientPaint(
            0, 0, near(ground, 0.2), random.nextInt(width), height, near(ground, 0.2)));
    graphics.fillRect(0, 0, width, height);
    if (random.nextDouble() < 0.3) {
      stripes(near(ground, 0.25));
    }
    int pieces = random.nextInt(2, 9);
    for (int i = 0; i < pieces; i++) {
      graphics.setColor(Shades.glazed(near(ground, 0.5), random.nextDouble(0.4, 1)));
      graphics.fill(piece());
    }
  }

  private void stripes(Color color) {
    graphics.setColor(color);
    double step = random.nextDouble(0.08, 0.25) * height;
    double slant = random.nextDouble(-1, 1) * height;
    graphics.setStroke(new BasicStroke((float) (step * random.nextDouble(0.2, 0.5))));
    for (double x = -height; x < width + height; x += step) {
      graphics.drawLine((int) x, 0, (int) (x + slant), height);
    }
  }

  private Shape piece() {
    double size = random.nextDouble(0.06, 0.3) * height;
    double x = random.nextDouble() * width;
    double y = random.nextDouble() * height;
    return switch (random.nextInt(3)) {
      case 0 -> Pen.ellipse(x, y, size / 2, size / 2 * random.nextDouble(0.5, 1.5));
      case 1 -> polygon(x, y, size, 4);
      default -> polygon(x, y, size, 3);
    };
  }

  private Shape polygon(double x, double y, double size, int corners) {
    double start = random.nextDouble(2 * Math.PI);
    Path2D path = new Path2D.Double();
    for (int i = 0; i < corners; i++) {
      double angle = start + 2 * Math.PI * i / corners + random.nextDouble(-0.4, 0.4);
      double px = x + size * 0.6 * Math.cos(angle);
      double py = y + size * 0.6 * Math.sin(angle);
      if (i == 0) {
        path.moveTo(px, py);
      } else {
        path.lineTo(px, py);
      }
    }
    path.closePath();
    return path;
  }

  /** Another hue half of the time, the brightness at most {@code most} away. */
  private Color near(Color ground, double most) {
    double shift = random.nextDouble(-most, most);
    if (random.nextBoolean()) {
      return Shades.shifted(ground, shift);
    }
    float brightness =
        Color.RGBtoHSB(ground.getRed(), ground.getGreen(), ground.getBlue(), null)[2];
    return Shades.any(random, Math.max(0.1, Math.min(1, brightness + shift)));
  }
}
