package io.convoy.evaluate;

/**
 * How well one class is told from the others, or the mean of that over classes.
 *
 * @param precision share of the class among the images that are called so, 0..1; 0 where none is
 * @param recall share of the class's images that are called so, 0..1; 0 where there are none
 * @param f1 harmonic mean of precision and recall, 0 where both are 0
 */
public record Rates(double precision, double recall, double f1) {

  /**
   * The rates of counts of images.
   *
   * @param right of the class, and called so
   * @param predicted called so
   * @param actual of the class
   */
  static Rates of(long right, long predicted, long actual) {
    return new Rates(
        share(right, predicted), share(right, actual), share(2 * right, predicted + actual));
  }

  private static double share(long part, long whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }
}
