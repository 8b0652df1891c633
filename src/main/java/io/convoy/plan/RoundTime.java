package io.convoy.plan;

/**
 * How long an averaging round takes beside its training steps: what was measured of two workers in
 * local mode, and what a cluster has beyond that.
 *
 * <p>In local mode there is all but the network: Spark's jobs, the state serialised for the
 * broadcast, copied, each worker's engine, the slices written, read and averaged, and the means put
 * into the network. On a cluster,
 *
 * <ul>
 *   <li>the broadcast is a torrent: each executor receives all bytes once, from the driver and from
 *       one another, while the driver sends about two copies, or one to a single executor;
 *   <li>each executor makes arrays of the bytes;
 *   <li>the executors send their slices to one another: the one that averages most slices receives
 *       them from all others;
 *   <li>averaging takes one task a slice, in as many turns as there are slices to a slot;
 *   <li>the means of all slices arrive at the driver once.
 * </ul>
 *
 * One thing after the other; the network is nobody else's.
 *
 * @param measured seconds of a round in local mode with two workers of one thread
 * @param slots tasks at a time there
 * @param state what is sent
 * @param receiving seconds in which one core makes arrays of the broadcast's bytes
 * @param averaging seconds in which one core reads the returned bytes of one worker and adds them
 *     to the mean
 */
public record RoundTime(
    double measured, int slots, State state, double receiving, double averaging) {
  private static final int MEASURED_WORKERS = 2;
  private static final int BROADCAST_COPIES = 2;

  /**
   * What a round sends.
   *
   * @param broadcastBytes to each executor
   * @param returnedBytes of each worker
   * @param slices that the returned bytes of a worker are cut into
   */
  public record State(long broadcastBytes, long returnedBytes, int slices) {

    /** The part of the returned bytes that is in the slices of the one who has most of them. */
    private double largestPart(int among) {
      return (double) ((slices + among - 1) / among) / slices;
    }
  }

  double seconds(Cluster cluster) {
    int executors = cluster.executors();
    double inMemory =
        measured - averaging(MEASURED_WORKERS, slots) + averaging(executors, cluster.slots());
    double broadcast =
        cluster.transfer(Math.min(executors, BROADCAST_COPIES) * (double) state.broadcastBytes);
    double exchange =
        cluster.transfer((executors - 1) * state.returnedBytes * state.largestPart(executors));
    double back = cluster.transfer(state.returnedBytes);
    return Math.max(0, inMemory) + receiving + broadcast + exchange + back;
  }

  private double averaging(int workers, int slots) {
    return workers * averaging * state.largestPart(slots);
  }
}
