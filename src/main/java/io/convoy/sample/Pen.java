package io.convoy.sample;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.CubicCurve2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;

/** The few strokes that faces are made of, in the head's own measure. */
final class Pen {
  private final Graphics2D graphics;
  private final Color line;

  Pen(Graphics2D graphics, Color line, double thickness) {
    this.graphics = graphics;
    this.line = line;
    graphics.setStroke(
        new BasicStroke((float) thickness, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
  }

  /** Fills the shape. */
  void fill(Shape shape, Color color) {
    graphics.setColor(color);
    graphics.fill(shape);
  }

  /** Fills the shape and draws its outline. */
  void outlined(Shape shape, Color color) {
    fill(shape, color);
    stroke(shape);
  }

  /** Draws the outline alone. */
  void stroke(Shape shape) {
    graphics.setColor(line);
    graphics.draw(shape);
  }

  static Shape ellipse(double x, double y, double radiusX, double radiusY) {
    return new Ellipse2D.Double(x - radiusX, y - radiusY, 2 * radiusX, 2 * radiusY);
  }

  /** A curve through the start and the end, bent towards the two points between: x, y each. */
  static Shape curve(double... p) {
    return new CubicCurve2D.Double(p[0], p[1], p[2], p[3], p[4], p[5], p[6], p[7]);
  }

  /** A closed shape: a start, then any number of curves of three points: x, y each. */
  static Shape closed(double... p) {
    Path2D path = new Path2D.Double();
    path.moveTo(p[0], p[1]);
    for (int i = 2; i < p.length; i += 6) {
      path.curveTo(p[i], p[i + 1], p[i + 2], p[i + 3], p[i + 4], p[i + 5]);
    }
    path.closePath();
    return path;
  }
}
