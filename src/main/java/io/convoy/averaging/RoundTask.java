package io.convoy.averaging;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.storage.BlockManagerId;

/**
 * What the resident workers are told of a round.
 *
 * @param run a name of the training that no other has
 * @param generation of the run's workers
 * @param round of the generation, from 1
 * @param exchange of the workers
 * @param extent of the averaging
 * @param rate of learning in the round
 * @param iterations the network's count before the round
 * @param epochs the network's count
 * @param blocks where slices are left
 * @param places the processes of the workers; none in the first round of a generation
 */
record RoundTask(
    String run,
    int generation,
    int round,
    Exchange exchange,
    Extent extent,
    RoundLearningRate rate,
    int iterations,
    int epochs,
    SliceBlocks blocks,
    List<BlockManagerId> places)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** A worker of the generation. */
  Residents.Key key(int worker) {
    return new Residents.Key(run, generation, worker);
  }

  /** The same, of workers in other processes. */
  RoundTask at(List<BlockManagerId> others) {
    return new RoundTask(
        run, generation, round, exchange, extent, rate, iterations, epochs, blocks, others);
  }
}
