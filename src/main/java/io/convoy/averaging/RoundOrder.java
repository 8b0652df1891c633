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
 * @param counted is told of the images
 * @param passes in which they are counted; none where it is trained again
 * @param iterations the network's count before the round
 * @param epochs the network's count
 */
record RoundOrder(
    RoundSpec spec,
    JavaRDD<String> paths,
    MinibatchLoader loader,
    CountedTasks counted,
    List<Integer> passes,
    int iterations,
    int epochs) {

  /** The same, whose images have been counted. */
  RoundOrder again() {
    return new RoundOrder(spec, paths, loader, counted, List.of(), iterations, epochs);
  }

  /** For the tasks of this round alone. */
  List<CountedTasks> counters() {
    return passes.stream().map(counted::of).toList();
  }

  /** What a worker is told where tasks train more than one round. */
  Instruction.Train instruction(RoundTask task, int worker) {
    return new Instruction.Train(task, spec.paths().get(worker), spec.next(worker), passes);
  }

  /** What workers have trained of it is counted now, though their tasks go on. */
  void count(RoundResult result) {
    for (int pass : passes) {
      for (int worker = 0; worker < result.workers().size(); worker++) {
        counted.tell(pass, worker, result.workers().get(worker).examples());
      }
    }
  }
}
