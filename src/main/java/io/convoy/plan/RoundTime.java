package io.convoy.plan;

/**
 * How long an averaging round takes beside its training steps: what was measured between two
 * executors on one machine, and what the network of a cluster adds.
 *
 * <p>On one machine there is all but the network: Spark's jobs, each worker's slices read,
 * exchanged and averaged, and the means written. There, too, driver and executors share the cores,
 * so that a round is rather slower than on machines of their own. On a cluster, each executor
 * averages its share of the parameters: it receives that share from all others, and then the
 * others' means. One thing after the other; the network is nobody else's, and the driver has no
 * part in it.
 *
 * @param measured seconds of a round of two executors of one core each on one machine
 * @param parameterBytes that are averaged
 */
public record RoundTime(double measured, long parameterBytes) {

  double seconds(PlannedCluster cluster) {
    return measured + 2 * cluster.transfer(sharedBytes(cluster));
  }

  /** Bytes of the parameters that are other executors' shares. */
  long sharedBytes(PlannedCluster cluster) {
    return (cluster.executors() - 1) * parameterBytes / cluster.executors();
  }
}
