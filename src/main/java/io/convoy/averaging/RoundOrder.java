package io.convoy.averaging;

import io.convoy.spark.CountedTasks;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;

/**
 * A round of resident workers, which may have to be trained again.
 *
 * @param spec as it is asked for
 * @param paths of its minibatches, a partition a worker
 * @param loader of the epoch
 * @param counted are told of the images; none where it is trained again
 * @param iterations the network's count before the round
 * @param epochs the network's count
 */
record RoundOrder(
    RoundSpec spec,
    JavaRDD<String> paths,
    MinibatchLoader loader,
    List<CountedTasks> counted,
    int iterations,
    int epochs) {

  /** The same, whose images have been counted. */
  RoundOrder again() {
    return new RoundOrder(spec, paths, loader, List.of(), iterations, epochs);
  }
}
