package io.convoy.search;

import io.convoy.failure.UserException;
import io.convoy.settings.Sampler;
import java.util.function.Supplier;
import org.apache.commons.math3.random.HaltonSequenceGenerator;
import org.apache.commons.math3.random.MersenneTwister;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.RandomVectorGenerator;
import org.apache.commons.math3.random.SobolSequenceGenerator;

/**
 * A sequence of points in the unit cube, always the same for a seed. Sobol's and Halton's are moved
 * by a random vector, modulo 1 (Cranley and Patterson 1976), or every seed would have the same.
 */
final class UnitPoints implements Supplier<double[]> {
  private static final int MOST_OF_HALTON = 40;
  private static final int MOST_OF_SOBOL = 1000;

  private final RandomVectorGenerator points;
  private final double[] shift;

  private UnitPoints(RandomVectorGenerator points, double[] shift) {
    this.points = points;
    this.shift = shift;
  }

  /**
   * A sequence from its begin.
   *
   * @param dimensions of the cube, at least 1
   * @throws UserException if the sampler does not have so many
   */
  static UnitPoints of(Sampler sampler, int dimensions, long seed) {
    RandomGenerator random = new MersenneTwister(seed);
    return switch (sampler) {
      case RANDOM -> new UnitPoints(() -> uniform(random, dimensions), new double[dimensions]);
      case SOBOL -> {
        require(dimensions, MOST_OF_SOBOL, "random");
        yield new UnitPoints(new SobolSequenceGenerator(dimensions), uniform(random, dimensions));
      }
      case HALTON -> {
        require(dimensions, MOST_OF_HALTON, "sobol or random");
        yield new UnitPoints(new HaltonSequenceGenerator(dimensions), uniform(random, dimensions));
      }
    };
  }

  private static void require(int dimensions, int most, String other) {
    if (dimensions > most) {
      throw new UserException(
          "search.sampler spreads trials over %d settings, and search.space has %,d: take %s.",
          most, dimensions, other);
    }
  }

  private static double[] uniform(RandomGenerator random, int dimensions) {
    double[] point = new double[dimensions];
    for (int i = 0; i < dimensions; i++) {
      point[i] = random.nextDouble();
    }
    return point;
  }

  /** The next point, each coordinate 0 to below 1. */
  @Override
  public double[] get() {
    double[] point = points.nextVector();
    for (int i = 0; i < point.length; i++) {
      point[i] = (point[i] + shift[i]) % 1;
    }
    return point;
  }
}
