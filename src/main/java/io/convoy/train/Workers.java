package io.convoy.train;

import io.convoy.failure.UserException;
import java.util.OptionalInt;
import org.apache.spark.SparkContext;

/**
 * How many workers train beside one another, and the threads of native arithmetic that each has.
 *
 * <p>By default one worker an executor with all of its cores: the larger the part that one worker
 * computes by itself, the less is lost to averaging, in time and in accuracy. In local mode that is
 * one worker.
 *
 * @param count of workers
 * @param threads of each
 */
public record Workers(int count, int threads) {

  /**
   * Decides from the cores that Spark has now.
   *
   * @param wanted the number of workers that the settings ask for; one an executor where empty
   */
  public static Workers of(SparkContext context, OptionalInt wanted) {
    int cores = Math.max(1, context.defaultParallelism());
    int count = wanted.orElseGet(() -> executors(context));
    return new Workers(count, Math.max(1, cores / count));
  }

  private static int executors(SparkContext context) {
    if (context.isLocal()) {
      return 1;
    }
    int configured = context.getConf().getInt("spark.executor.instances", 0);
    // The driver counts itself among the block managers.
    return Math.max(1, Math.max(configured, context.getExecutorMemoryStatus().size() - 1));
  }

  /**
   * Refuses a training split that leaves a worker without a full minibatch.
   *
   * @param architecture its name
   * @param batch examples a minibatch
   * @param examples of the training split
   */
  public void requireEnough(String architecture, int batch, int examples) {
    if ((long) batch * count > examples) {
      throw new UserException(
          "%s: %,d training images are too few for minibatches of %d on %d worker(s), which take"
              + " %,d; lower architectures.%s.batch or train.workers, or add images.",
          architecture, examples, batch, count, (long) batch * count, architecture);
    }
  }
}
