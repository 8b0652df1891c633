package io.convoy.sample;

import java.awt.Shape;
import java.awt.geom.Arc2D;
import java.awt.geom.Area;
import java.awt.geom.Path2D;

/** A simple shape: centre 0, radius 1, x to the right, y downwards. */
enum Figure {
  DISC {
    @Override
    Shape outline() {
      return disc(0.9);
    }
  },
  SQUARE {
    @Override
    Shape outline() {
      return polygon(-0.8, -0.8, 0.8, -0.8, 0.8, 0.8, -0.8, 0.8);
    }
  },
  TRIANGLE {
    @Override
    Shape outline() {
      return polygon(0, -1, 0.95, 0.75, -0.95, 0.75);
    }
  },
  RING {
    @Override
    Shape outline() {
      return without(disc(1), disc(0.55));
    }
  },
  CROSS {
    @Override
    Shape outline() {
      Area cross = new Area(polygon(-1, -0.3, 1, -0.3, 1, 0.3, -1, 0.3));
      cross.add(new Area(polygon(-0.3, -1, 0.3, -1, 0.3, 1, -0.3, 1)));
      return cross;
    }
  },
  STAR {
    @Override
    Shape outline() {
      double[] corners = new double[20];
      for (int i = 0; i < 10; i++) {
        double radius = i % 2 == 0 ? 1.05 : 0.42;
        corners[2 * i] = radius * Math.sin(Math.PI * i / 5);
        corners[2 * i + 1] = -radius * Math.cos(Math.PI * i / 5);
      }
      return polygon(corners);
    }
  },
  BAR {
    @Override
    Shape outline() {
      return polygon(-0.3, -1, 0.3, -1, 0.3, 1, -0.3, 1);
    }
  },
  HOURGLASS {
    @Override
    Shape outline() {
      return polygon(-0.85, -0.95, 0.85, -0.95, 0.1, 0, 0.85, 0.95, -0.85, 0.95, -0.1, 0);
    }
  },
  FRAME {
    @Override
    Shape outline() {
      return without(
          polygon(-0.9, -0.9, 0.9, -0.9, 0.9, 0.9, -0.9, 0.9),
          polygon(-0.5, -0.5, 0.5, -0.5, 0.5, 0.5, -0.5, 0.5));
    }
  },
  HALF_DISC {
    @Override
    Shape outline() {
      return new Arc2D.Double(-1, -0.55, 2, 2, 0, 180, Arc2D.CHORD);
    }
  };

  /** The area to fill. */
  abstract Shape outline();

  private static Shape disc(double radius) {
    return Pen.ellipse(0, 0, radius, radius);
  }

  private static Shape without(Shape whole, Shape hole) {
    Area rest = new Area(whole);
    rest.subtract(new Area(hole));
    return rest;
  }

  /** Of corners: x, y each. */
  private static Shape polygon(double... corners) {
    Path2D path = new Path2D.Double();
    path.moveTo(corners[0], corners[1]);
    for (int i = 2; i < corners.length; i += 2) {
      path.lineTo(corners[i], corners[i + 1]);
    }
    path.closePath();
    return path;
  }
}
