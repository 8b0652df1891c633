package io.convoy.sample;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.util.random.RandomGenerator;

/**
 * A picture of a few equal figures on a grey ground.
 *
 * @param seed the user's seed
 * @param classes how many classes the sample has, 2 to {@value FigureClass#MOST}
 * @param label the class, from 0
 * @param index the number within the class, from 0
 */
record FigureDrawing(long seed, int classes, int label, long index) implements Drawing {
  private static final int CELLS = 3;

  /** The cells of one to five figures, as on a die, row after row. */
  private static final int[][] PIPS = {{4}, {0, 8}, {0, 4, 8}, {0, 2, 6, 8}, {0, 2, 4, 6, 8}};

  /** How far a figure may be from the middle of its cell, as a share of the picture's side. */
  private static final double SHIFT = 0.03;

  private static final int FEWEST_DIGITS = 3;

  /** The {@code n}th picture of a sample: one of each class in turn. */
  static FigureDrawing of(long seed, int classes, long n) {
    return new FigureDrawing(seed, classes, (int) (n % classes), n / classes);
  }

  /** {@code class-001/class-001.0.jpg}: with as many digits as keep the names in order. */
  @Override
  public String path() {
    int digits = Math.max(FEWEST_DIGITS, Integer.toString(classes).length());
    String name = String.format("class-%0" + digits + "d", label + 1);
    return name + "/" + name + "." + index + ".jpg";
  }

  /** Square, 96 to 160 pixels a side. */
  @Override
  public BufferedImage paint() {
    RandomGenerator random = Drawing.random(seed, label, index);
    int side = random.nextInt(96, 161);
    BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    try {
      graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
      graphics.setRenderingHint(
          RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
      graphics.setPaint(
          new GradientPaint(0, 0, grey(random), random.nextInt(side), side, grey(random)));
      graphics.fillRect(0, 0, side, side);
      graphics.scale(side, side);
      figures(graphics, FigureClass.of(label), random);
    } finally {
      graphics.dispose();
    }
    new PixelNoise(random.nextDouble(2, 7)).addTo(image, random);
    return image;
  }

  /** Each near the middle of a cell of its own, so that none hides another. */
  private static void figures(Graphics2D graphics, FigureClass drawn, RandomGenerator random) {
    graphics.setColor(drawn.colour());
    for (int cell : PIPS[drawn.number() - 1]) {
      AffineTransform place =
          AffineTransform.getTranslateInstance(
              (cell % CELLS + 0.5) / CELLS + random.nextDouble(-SHIFT, SHIFT),
              (cell / CELLS + 0.5) / CELLS + random.nextDouble(-SHIFT, SHIFT));
      double size = drawn.radius() * random.nextDouble(0.9, 1.1);
      place.scale(size, size);
      place.rotate(random.nextGaussian(0, 0.15));
      graphics.fill(place.createTransformedShape(drawn.figure().outline()));
    }
  }

  private static Color grey(RandomGenerator random) {
    return Color.getHSBColor(
        random.nextFloat(), (float) random.nextDouble(0.12), (float) random.nextDouble(0.35, 0.65));
  }
}
