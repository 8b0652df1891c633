package io.convoy.averaging;

import io.convoy.network.NetworkConfiguration;
import io.convoy.network.NetworkNode;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;

/**
 * Where the running means and variances of one batch normalisation lie among a network's
 * parameters. They are no parameters that are learned: each worker follows the images that it sees.
 *
 * <p>The mean of the workers' variances would leave out how far their means lie apart. By the law
 * of total variance, with the share {@code w} of each worker in the images,
 *
 * <pre>
 *   mean     = sum of w * mean of the worker
 *   variance = sum of w * (variance of the worker + (mean of the worker - mean)^2)
 * </pre>
 *
 * <p>are those of all workers' images together.
 *
 * @param mean position of the first mean
 * @param variance position of the first variance
 * @param length how many of each
 * @param form how a variance is written
 */
public record RunningStatistics(long mean, long variance, int length, Form form)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** How a variance is written. */
  public enum Form {
    /** As it is. */
    VARIANCE,
    /** As the logarithm of the standard deviation to base 10: DL4J's {@code useLogStd}. */
    LOG10_STANDARD_DEVIATION;

    private double variance(double written) {
      return this == VARIANCE ? written : Math.pow(10, 2 * written);
    }

    private double written(double variance) {
      return this == VARIANCE ? variance : Math.log10(variance) / 2;
    }
  }

  /**
   * One worker's statistics.
   *
   * @param weight how many examples it has trained
   * @param numbers float32; of each layer its means, then its variances as they are written
   */
  public record Worker(long weight, float[] numbers) {}

  /** The statistics of a network's layers that are not frozen, in the order of the parameters. */
  public static List<RunningStatistics> of(NetworkConfiguration network) {
    List<RunningStatistics> statistics = new ArrayList<>();
    long end = 0;
    for (NetworkNode node : network.nodes()) {
      end += node.parameters();
      if (!node.isFrozen() && node.layer().orElse(null) instanceof BatchNormalization layer) {
        // DL4J has them last: the means, then the variances.
        int channels = Math.toIntExact(layer.getNOut());
        statistics.add(
            new RunningStatistics(
                end - 2L * channels,
                end - channels,
                channels,
                layer.isUseLogStd() ? Form.LOG10_STANDARD_DEVIATION : Form.VARIANCE));
      }
    }
    return statistics;
  }

  /**
   * Pools the statistics of some layers.
   *
   * @param layers in the order of the numbers
   * @param workers one or more, in an order that is always the same
   * @return laid out as those of one worker; one worker's are its own to the last bit
   */
  public static float[] pool(List<RunningStatistics> layers, List<Worker> workers) {
    if (workers.size() == 1) {
      return workers.get(0).numbers;
    }
    float[] pooled = new float[workers.get(0).numbers.length];
    int at = 0;
    for (RunningStatistics layer : layers) {
      layer.pool(workers, pooled, at);
      at += 2 * layer.length;
    }
    return pooled;
  }

  private void pool(List<Worker> workers, float[] pooled, int at) {
    double total = workers.stream().mapToLong(Worker::weight).sum();
    for (int i = at; i < at + length; i++) {
      double sum = 0;
      for (Worker worker : workers) {
        sum += worker.weight * worker.numbers[i];
      }
      double pooledMean = sum / total;
      double squares = 0;
      for (Worker worker : workers) {
        double apart = worker.numbers[i] - pooledMean;
        squares += worker.weight * (form.variance(worker.numbers[i + length]) + apart * apart);
      }
      pooled[i] = (float) pooledMean;
      pooled[i + length] = (float) form.written(squares / total);
    }
  }
}
