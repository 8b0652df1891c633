package io.convoy.plan;

/**
 * How long an averaging round takes beside its training steps: what was measured between two
 * executors on one machine, and what more of them and the network of a cluster add.
 *
 * <p>On one machine there is all but the network: the messages by which the driver leads the
 * workers, each worker's slices published, fetched and averaged, and the means fetched by the
 * others. There, too, driver and executors share the cores, so that a round is rather slower than
 * on machines of their own. Of {@code N} executors each publishes {@code (N - 1) / N} of the
 * parameters, fetches as many bytes, averages as many as all parameters, publishes its own {@code 1
 * / N} and fetches the others' means: {@code (4 N - 2) / N} of the parameters go through its hands,
 * one thing after the other. The network is nobody else's, and the driver has no part in it. The
 * one job in which all rounds of an epoch are trained is left out.
 *
 * <p>Workers that share each minibatch, and are averaged after it, give one another gradients in
 * the place of the parameters, and the means of these: as many bytes. Of dense layers whose
 * gradients are left as factors each gives these to all others, and nothing else goes over the
 * network; what it takes to multiply them is left out.
 *
 * <p>The last round of an epoch averages the optimizer's state too, and the driver fetches all.
 *
 * @param measured seconds of a round of two executors of one core each on one machine
 * @param parameterBytes that are averaged in it, above 0
 * @param stateBytes of the optimizer's that are averaged at the end of an epoch alone
 * @param factored of workers that share each minibatch
 */
public record RoundTime(double measured, long parameterBytes, long stateBytes, Factored factored) {
  /**
   * The dense layers whose gradients workers that share each minibatch leave as factors.
   *
   * @param weightBytes of these layers
   * @param factorBytes of a minibatch of all workers together
   */
  public record Factored(long weightBytes, long factorBytes) {
    /** Where there are none. */
    public static final Factored NONE = new Factored(0, 0);
  }

  /** Of what is measured, the messages, which larger networks do not make longer. */
  private static final double MESSAGES = 0.005;

  /** The driver's time for the messages of one more worker: twice what it took for 64 of them. */
  private static final double WORKER = 0.0001;

  /** A block's request and answer, beside its bytes. */
  private static final double FETCH = 0.001;

  /** Of the parameters, by each of the two executors of the measured round. */
  private static final int HANDLED = 3;

  /**
   * Of a round within an epoch; one worker alone has none.
   *
   * @param frequency minibatches of a worker between two averagings
   */
  public double seconds(PlannedCluster cluster, int frequency) {
    Factored each = factored(cluster, frequency);
    double factors = handling(2.0 * each.factorBytes) + cluster.transfer(others(cluster, each));
    return round(cluster, parameterBytes - each.weightBytes) + factors;
  }

  private Factored factored(PlannedCluster cluster, int frequency) {
    return frequency == 1 && cluster.executors() > 1 ? factored : Factored.NONE;
  }

  /** Of a worker's factors, to all others. */
  private static long others(PlannedCluster cluster, Factored each) {
    return shared(cluster, each.factorBytes);
  }

  /** Of the last round of an epoch. */
  double lastSeconds(PlannedCluster cluster) {
    long bytes = parameterBytes + stateBytes;
    return round(cluster, bytes) + handling(bytes) + cluster.transfer(bytes);
  }

  private double round(PlannedCluster cluster, long bytes) {
    int executors = cluster.executors();
    if (executors == 1) {
      return 0;
    }
    double handled = bytes * (4.0 * executors - 2) / executors;
    return messages()
        + (executors - 2) * (WORKER + 2 * FETCH)
        + handling(handled)
        + 2 * cluster.transfer(shared(cluster, bytes));
  }

  private double messages() {
    return Math.min(measured, MESSAGES);
  }

  private double handling(double bytes) {
    return (measured - messages()) * bytes / (HANDLED * (double) parameterBytes);
  }

  /**
   * Bytes that go to an executor in a round, for it to go on with: those of the parameters that are
   * other executors' shares.
   *
   * @param frequency minibatches of a worker between two averagings
   */
  public long bytesToExecutor(PlannedCluster cluster, int frequency) {
    return shared(cluster, parameterBytes - factored(cluster, frequency).weightBytes);
  }

  /**
   * Bytes that an executor sends in a round for the means.
   *
   * @param frequency minibatches of a worker between two averagings
   */
  public long bytesFromExecutor(PlannedCluster cluster, int frequency) {
    return bytesToExecutor(cluster, frequency) + others(cluster, factored(cluster, frequency));
  }

  private static long shared(PlannedCluster cluster, long bytes) {
    return (cluster.executors() - 1) * bytes / cluster.executors();
  }
}
