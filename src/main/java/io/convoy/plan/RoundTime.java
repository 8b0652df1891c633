package io.convoy.plan;

/**
 * How long an averaging round takes beside its training steps: what was measured between two
 * executors on one machine, and what the network of a cluster adds.
 *
 * <p>On one machine there is all but the network: Spark's jobs, the state serialised for the
 * broadcast and fetched, each worker's engine, the slices written, exchanged and averaged, and the
 * means brought to the driver. There, too, driver and executors share the cores, so that a round is
 * rather slower than on machines of their own. On a cluster,
 *
 * <ul>
 *   <li>the broadcast is a torrent: each executor receives all bytes once, from the driver and from
 *       one another, while the driver sends about two copies, or one to a single executor;
 *   <li>the executors send their slices to one another: each receives its share from all others;
 *   <li>the means of all slices arrive at the driver once.
 * </ul>
 *
 * One thing after the other; the network is nobody else's. Each executor averages its share of the
 * slices, so that this takes as long whatever their number.
 *
 * @param measured seconds of a round of two executors of one core each on one machine
 * @param broadcastBytes to each executor
 * @param returnedBytes of each worker
 */
public record RoundTime(double measured, long broadcastBytes, long returnedBytes) {
  private static final int BROADCAST_COPIES = 2;

  double seconds(PlannedCluster cluster) {
    int executors = cluster.executors();
    double broadcast =
        cluster.transfer(Math.min(executors, BROADCAST_COPIES) * (double) broadcastBytes);
    double exchange = cluster.transfer((executors - 1) * (double) returnedBytes / executors);
    double back = cluster.transfer(returnedBytes);
    return measured + broadcast + exchange + back;
  }
}
