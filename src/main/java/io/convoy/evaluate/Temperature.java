package io.convoy.evaluate;

import org.apache.commons.math3.analysis.UnivariateFunction;
import org.apache.commons.math3.distribution.ChiSquaredDistribution;
import org.apache.commons.math3.optim.MaxEval;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;
import org.apache.commons.math3.optim.univariate.BrentOptimizer;
import org.apache.commons.math3.optim.univariate.SearchInterval;
import org.apache.commons.math3.optim.univariate.UnivariateObjectiveFunction;

/**
 * Temperature scaling (Guo et al. 2017, "On Calibration of Modern Neural Networks"): the logits of
 * a network are divided by one number, which makes its probabilities less sure above 1, and surer
 * below. The order of the classes stays. It works on probabilities, of which the logits are the
 * logarithms up to a number that all classes have in common.
 *
 * @param value above 0
 */
public record Temperature(double value) {
  /** Probabilities stay as they are. */
  public static final Temperature ONE = new Temperature(1);

  /** Nobody needs more; beyond it all classes are nearly alike, or one is certain. */
  private static final double LARGEST = 100;

  private static final double TOLERANCE = 1e-8;
  private static final int EVALUATIONS = 200;

  /** A class that was said to be impossible costs no more than this. */
  private static final double SMALLEST = 1e-10;

  /** A gain of the likelihood that chance alone reaches in one of twenty splits. */
  private static final double SIGNIFICANT =
      new ChiSquaredDistribution(1).inverseCumulativeProbability(0.95);

  /** Refuses what is no temperature. */
  public Temperature {
    if (!(value > 0 && value <= LARGEST)) {
      throw new IllegalArgumentException("temperature " + value);
    }
  }

  /**
   * The temperature with the lowest cross-entropy on a split that the network was not trained on;
   * {@link #ONE} where that gains no more than chance does (a likelihood-ratio test, 0.05), or
   * nothing can be measured.
   */
  public static Temperature fitted(Predictions predictions) {
    if (!predictions.measurable()) {
      return ONE;
    }
    double[] logits = logarithms(predictions);
    UnivariateFunction loss = log -> loss(logits, predictions, Math.exp(-log));
    double best =
        new BrentOptimizer(TOLERANCE, TOLERANCE)
            .optimize(
                new MaxEval(EVALUATIONS),
                GoalType.MINIMIZE,
                new UnivariateObjectiveFunction(loss),
                new SearchInterval(-Math.log(LARGEST), Math.log(LARGEST), 0))
            .getPoint();
    double gained = 2 * (loss.value(0) - loss.value(best));
    return gained > SIGNIFICANT ? new Temperature(Math.exp(best)) : ONE;
  }

  /** Of each class of each image, also of two. */
  private static double[] logarithms(Predictions predictions) {
    int classes = predictions.classes();
    double[] logarithms = new double[predictions.images() * classes];
    for (int i = 0; i < logarithms.length; i++) {
      double probability = predictions.probability(i / classes, i % classes);
      logarithms[i] = Math.log(Math.max(SMALLEST, probability));
    }
    return logarithms;
  }

  /** The cross-entropy, the sum of the images, in nats. */
  private static double loss(double[] logits, Predictions predictions, double inverse) {
    int classes = predictions.classes();
    double sum = 0;
    for (int image = 0; image < predictions.images(); image++) {
      int from = image * classes;
      double greatest = Double.NEGATIVE_INFINITY;
      for (int label = 0; label < classes; label++) {
        greatest = Math.max(greatest, logits[from + label]);
      }
      double total = 0;
      for (int label = 0; label < classes; label++) {
        total += Math.exp((logits[from + label] - greatest) * inverse);
      }
      sum += Math.log(total) - (logits[from + predictions.labels()[image]] - greatest) * inverse;
    }
    return sum;
  }

  /** The predictions with scaled probabilities. */
  public Predictions of(Predictions predictions) {
    if (value == 1) {
      return predictions;
    }
    float[] scaled = predictions.probabilities().clone();
    scale(scaled, Predictions.outputs(predictions.classes()));
    return new Predictions(predictions.classes(), scaled, predictions.labels());
  }

  /**
   * Scales a network's outputs, in place. What is no number stays so.
   *
   * @param probabilities as {@link Predictions} has them, image after image
   * @param outputs for an image: one for two classes, else one a class
   */
  public void scale(float[] probabilities, int outputs) {
    if (value == 1) {
      return;
    }
    for (int from = 0; from < probabilities.length; from += outputs) {
      if (outputs == 1) {
        probabilities[from] = (float) scaled(probabilities[from]);
      } else {
        scale(probabilities, from, from + outputs);
      }
    }
  }

  private double scaled(double positive) {
    return 1 / (1 + Math.pow((1 - positive) / positive, 1 / value));
  }

  private void scale(float[] probabilities, int from, int to) {
    double greatest = 0;
    for (int i = from; i < to; i++) {
      greatest = Math.max(greatest, probabilities[i]);
    }
    double[] powers = new double[to - from];
    double sum = 0;
    for (int i = from; i < to; i++) {
      powers[i - from] = Math.pow(probabilities[i] / greatest, 1 / value);
      sum += powers[i - from];
    }
    for (int i = from; i < to; i++) {
      probabilities[i] = (float) (powers[i - from] / sum);
    }
  }
}
