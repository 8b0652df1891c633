package io.convoy.train;

import io.convoy.engine.Natives;
import io.convoy.failure.Amount;
import io.convoy.failure.UserException;
import io.convoy.spark.ExecutorPoll;
import io.convoy.spark.ExecutorRequest;
import io.convoy.spark.JobNames;
import io.convoy.spark.SessionExecutors;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkContext$;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;

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
   * Decides from the executors that were asked for, and the cores that they have.
   *
   * @param wanted the number of workers that the settings ask for; one an executor where empty
   */
  public static Workers of(SparkContext context, OptionalInt wanted) {
    if (context.isLocal()) {
      return of(
          1, SparkContext$.MODULE$.numDriverCores(context.master(), context.getConf()), wanted);
    }
    ExecutorRequest asked = ExecutorRequest.of(context.getConf());
    List<ExecutorPoll.Executor> there = new SessionExecutors(context).executors();
    int executors =
        switch (asked.allocation()) {
          // However many have come by now, or are lost: Spark gives their work to others meanwhile.
          case FIXED, DYNAMIC -> asked.count();
          case OPEN -> Math.max(asked.count(), there.size());
        };
    int fewest =
        there.stream()
            .map(ExecutorPoll.Executor::cores)
            .min(Integer::compare)
            .orElse(Math.max(1, asked.cores()));
    return of(executors, fewest, wanted);
  }

  /**
   * Shares the cores.
   *
   * @param executors at least 1
   * @param cores of an executor
   * @param wanted number of workers; one an executor where empty
   */
  static Workers of(int executors, int cores, OptionalInt wanted) {
    int count = wanted.orElse(executors);
    int perExecutor = (count + executors - 1) / executors;
    return new Workers(count, Math.max(1, cores / perExecutor));
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
          "%s: %,d training images are too few for minibatches of %d on %s, which take"
              + " %,d; lower architectures.%s.batch or train.workers, or add images.",
          architecture,
          examples,
          batch,
          Amount.of(count, "worker"),
          (long) batch * count,
          architecture);
    }
  }

  /** One of them. */
  public Workers alone() {
    return new Workers(1, threads);
  }

  /** As in {@code 2 workers of 1 thread}. */
  @Override
  public String toString() {
    return Amount.of(count, "worker") + " of " + Amount.of(threads, "thread");
  }

  /** The native arithmetic of the executors, asked by as many tasks as there are workers. */
  public List<Natives> natives(JavaSparkContext context) {
    int each = threads;
    List<Integer> tasks = IntStream.range(0, count).boxed().toList();
    JobNames names = new JobNames(context.sc());
    names.begin("train: asking the executors what they compute with");
    List<Natives> all =
        context
            .parallelize(tasks, tasks.size())
            .map(task -> Natives.here(SparkEnv.get().executorId(), each))
            .collect();
    names.end();
    return all.stream().distinct().toList();
  }
}
