package io.convoy.network;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.deeplearning4j.nn.params.ConvolutionParamInitializer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What patches of photos are like.
 *
 * @param mean of each of a patch's numbers, 0..1, in the order of a kernel's: channels, rows,
 *     columns
 * @param covariance of each two of them
 */
public record PatchStatistics(double[] mean, double[][] covariance) implements Serializable {
  private static final long serialVersionUID = 1L;

  /**
   * Of the mean variance of a patch's numbers, what is added to each variance: what hardly varies
   * is noise, and stays small.
   */
  private static final double LEAST_SHARE = 5e-4;

  /** The same of photos of one colour. */
  private static final double LEAST = 1e-6;

  /** Gathers patches, one after the other. */
  public static final class Sum {
    private final double[] sum;
    private final double[][] products;
    private long patches;

    /**
     * @param numbers of a patch
     */
    public Sum(int numbers) {
      this.sum = new double[numbers];
      this.products = new double[numbers][numbers];
    }

    /** Adds a patch. */
    public void add(double[] patch) {
      patches++;
      for (int i = 0; i < sum.length; i++) {
        sum[i] += patch[i];
        double[] row = products[i];
        for (int j = 0; j <= i; j++) {
          row[j] += patch[i] * patch[j];
        }
      }
    }

    /** What the patches are like; there is one at least. */
    public PatchStatistics statistics() {
      double[] mean = Arrays.stream(sum).map(value -> value / patches).toArray();
      double[][] covariance = new double[sum.length][sum.length];
      for (int i = 0; i < sum.length; i++) {
        for (int j = 0; j <= i; j++) {
          covariance[i][j] = products[i][j] / patches - mean[i] * mean[j];
          covariance[j][i] = covariance[i][j];
        }
      }
      return new PatchStatistics(mean, covariance);
    }
  }

  /**
   * Gives the first layer of a network, which is a {@code whitening}, its weights and biases: of
   * such patches what each filter gives before the ReLU has the mean 0, and those of one sign have
   * the covariance 1.
   */
  public void whiten(Network network) {
    NetworkNode first = network.configuration().nodes().get(0);
    INDArray weights = network.layer(first).getParam(ConvolutionParamInitializer.WEIGHT_KEY);
    INDArray biases = network.layer(first).getParam(ConvolutionParamInitializer.BIAS_KEY);
    List<double[]> filters = filters();
    float[] weight = new float[Math.toIntExact(weights.length())];
    float[] bias = new float[2 * filters.size()];
    for (int i = 0; i < filters.size(); i++) {
      double[] filter = filters.get(i);
      for (int number = 0; number < filter.length; number++) {
        float value = (float) filter[number];
        weight[i * filter.length + number] = value;
        weight[(filters.size() + i) * filter.length + number] = -value;
        bias[i] -= (float) (filter[number] * mean[number]);
      }
      bias[filters.size() + i] = -bias[i];
    }
    weights.assign(Nd4j.create(weight, weights.shape(), 'c'));
    biases.assign(Nd4j.create(bias, biases.shape(), 'c'));
  }

  /** Of one sign. */
  private List<double[]> filters() {
    EigenDecomposition parts = new EigenDecomposition(new Array2DRowRealMatrix(covariance));
    double[] variances = parts.getRealEigenvalues();
    double least = Math.max(LEAST, LEAST_SHARE * Arrays.stream(variances).average().orElseThrow());
    double[][] filters = new double[variances.length][];
    for (int i = 0; i < variances.length; i++) {
      double deviation = Math.sqrt(Math.max(0, variances[i]) + least);
      filters[i] = parts.getEigenvector(i).mapDivide(deviation).toArray();
    }
    return List.of(filters);
  }
}
