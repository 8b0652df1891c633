package io.convoy.sample;

import java.awt.Color;
import java.awt.Dimension;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.util.random.RandomGenerator;

/** Draws one cat or dog: background, shoulders, head, light, grain. */
final class AnimalPainter {
  private static final double USUAL_SIZE_SHARE = 0.4;
  private static final Dimension USUAL_SIZE = new Dimension(500, 375);
  private static final double PORTRAIT_SHARE = 0.35;

  private AnimalPainter() {}

  /** RGB, 200 to 500 pixels a side; the same pixels at every call. */
  static BufferedImage paint(AnimalDrawing drawing) {
    RandomGenerator random = drawing.random();
    Dimension size = size(random);
    BufferedImage image = new BufferedImage(size.width, size.height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    try {
      graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
      graphics.setRenderingHint(
          RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
      Coat coat = Coat.draw(random);
      new Background(graphics, size.width, size.height, random).paint(coat.ground());
      animal(graphics, drawing.animal().face(coat), coat, Pose.draw(size, random), random);
      light(graphics, size, random);
    } finally {
      graphics.dispose();
    }
    new PixelNoise(random.nextDouble(2, 7)).addTo(image, random);
    return image;
  }

  /** Kaggle's most common size, or any other, portrait or landscape. */
  private static Dimension size(RandomGenerator random) {
    if (random.nextDouble() < USUAL_SIZE_SHARE) {
      return USUAL_SIZE;
    }
    int longer = random.nextInt(320, 501);
    int shorter = (int) Math.round(longer * random.nextDouble(0.63, 1));
    return random.nextDouble() < PORTRAIT_SHARE
        ? new Dimension(shorter, longer)
        : new Dimension(longer, shorter);
  }

  private static void animal(
      Graphics2D graphics, Face face, Coat coat, Pose pose, RandomGenerator random) {
    AffineTransform pixels = graphics.getTransform();
    graphics.transform(pose.transform());
    Pen pen = new Pen(graphics, coat.line(), random.nextDouble(0.025, 0.06));
    if (random.nextBoolean()) {
      double width = random.nextDouble(0.6, 0.95);
      pen.outlined(
          Pen.closed(
              -0.5,
              0.6,
              -width,
              1.2,
              -width,
              2.5,
              -width * 1.3,
              9,
              -1,
              12,
              1,
              12,
              width * 1.3,
              9,
              width,
              2.5,
              width,
              1.2,
              0.5,
              0.6),
          coat.fur());
      pen.outlined(Pen.ellipse(0, 0.85, 0.55, 0.25), coat.collar());
    }
    face.paint(pen, pose.turn(), random);
    graphics.setTransform(pixels);
  }

  /** Light from one side, shadow on the other. */
  private static void light(Graphics2D graphics, Dimension size, RandomGenerator random) {
    Color light = Shades.glazed(Color.WHITE, random.nextDouble(0.3));
    Color shadow = Shades.glazed(Color.BLACK, random.nextDouble(0.4));
    int from = random.nextInt(size.width);
    int to = random.nextInt(size.width);
    graphics.setPaint(
        random.nextBoolean()
            ? new GradientPaint(from, 0, light, to, size.height, shadow)
            : new GradientPaint(from, 0, shadow, to, size.height, light));
    graphics.fillRect(0, 0, size.width, size.height);
  }
}
