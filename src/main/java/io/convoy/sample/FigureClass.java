package io.convoy.sample;

import java.awt.Color;

/**
 * A class of pictures of figures, up to {@value #MOST}: what all its pictures have in common, and
 * no other class's.
 *
 * @param figure the shape
 * @param colour of the figures
 * @param number how many of them, 1 to {@value #NUMBERS}
 * @param radius of each, as a share of the picture's side
 */
record FigureClass(Figure figure, Color colour, int number, double radius) {
  private static final int NUMBERS = 5;
  private static final double[] RADII = {0.15, 0.09};

  /** How many classes there are. */
  static final int MOST = 1_000;

  private static final Color[] COLOURS = {
    new Color(214, 30, 30),
    new Color(40, 80, 220),
    new Color(250, 215, 30),
    new Color(30, 150, 50),
    new Color(245, 245, 245),
    new Color(140, 50, 190),
    new Color(245, 130, 20),
    new Color(60, 205, 225),
    new Color(15, 15, 15),
    new Color(250, 110, 180)
  };

  /**
   * The class of a label. Each figure has its own colour in the first ten classes; within the first
   * hundred, colour, number and size tell it as well as figure and colour do.
   *
   * @param label 0 to {@value #MOST} - 1
   */
  static FigureClass of(int label) {
    int figure = label % 10;
    int colour = label / 10 % 10;
    int number = label / 100 % NUMBERS;
    int size = label / (100 * NUMBERS);
    return new FigureClass(
        Figure.values()[figure],
        COLOURS[(figure + colour) % COLOURS.length],
        1 + (colour + number) % NUMBERS,
        RADII[(figure + size) % RADII.length]);
  }
}
