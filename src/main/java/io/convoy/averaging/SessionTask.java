package io.convoy.averaging;

import io.convoy.averaging.ResidentWorker.Trained;
import io.convoy.averaging.WorkerTraining.Minibatches;
import io.convoy.spark.CountedTasks;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;
import org.apache.spark.api.java.function.VoidFunction;
import org.apache.spark.rpc.RpcEndpointRef;
import org.apache.spark.rpc.RpcTimeout;
import org.apache.spark.storage.BlockManagerId;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.RpcUtils;
import scala.concurrent.Await;
import scala.concurrent.Future;
import scala.concurrent.duration.FiniteDuration;
import scala.reflect.ClassTag$;

/**
 * The task of a worker that trains one round after the other, as a {@link RoundCoordinator} says.
 * Its worker lives on after it.
 *
 * @param coordinator the name of its endpoint on the driver
 * @param places the processes of the workers
 * @param loader of the epoch
 * @param counted are told of the images
 * @param traffic bytes of the messages to the driver and from it
 */
record SessionTask(
    String coordinator,
    List<BlockManagerId> places,
    MinibatchLoader loader,
    CountedTasks counted,
    LongAccumulator traffic)
    implements VoidFunction<Integer> {
  private static final long serialVersionUID = 1L;

  /** The other workers take their time, and the driver takes it between rounds. */
  private static final Duration MOST_WAIT = Duration.ofDays(365);

  /** How soon a task that waits ends when it is killed. */
  private static final FiniteDuration LOOK = new FiniteDuration(1, TimeUnit.SECONDS);

  @Override
  public void call(Integer worker) {
    SparkEnv here = SparkEnv.get();
    RpcEndpointRef driver = RpcUtils.makeDriverRef(coordinator, here.conf(), here.rpcEnv());
    Instruction next = ask(driver, new Report.Ready(worker, here.blockManager().blockManagerId()));
    while (next instanceof Instruction.Train train) {
      RoundTask task = train.task().at(places);
      next = ask(driver, train(worker, task, train));
      if (next instanceof Instruction.Average average) {
        next = ask(driver, average(worker, task, average));
      }
    }
  }

  private Report train(int worker, RoundTask task, Instruction.Train train) {
    List<CountedTasks> counters = train.passes().stream().map(counted::of).toList();
    Minibatches minibatches = new Minibatches(train.paths(), train.next(), loader, counters);
    Optional<Trained> trained =
        resident(worker, task).flatMap(resident -> resident.train(task, minibatches));
    return trained.isPresent()
        ? new Report.HasTrained(worker, trained.get())
        : new Report.IsAtALoss(worker);
  }

  private static Report average(int worker, RoundTask task, Instruction.Average average) {
    Optional<List<SliceChange>> changes =
        resident(worker, task).flatMap(resident -> resident.average(task, average.workers()));
    return changes.isPresent()
        ? new Report.HasAveraged(worker, changes.get())
        : new Report.IsAtALoss(worker);
  }

  private static Optional<ResidentWorker> resident(int worker, RoundTask task) {
    return Residents.here().find(task.key(worker));
  }

  private Instruction ask(RpcEndpointRef driver, Report report) {
    byte[] bytes = report.bytes();
    Future<byte[]> answer =
        driver.ask(
            bytes,
            new RpcTimeout(new FiniteDuration(MOST_WAIT.toSeconds(), TimeUnit.SECONDS), "rounds"),
            ClassTag$.MODULE$.apply(byte[].class));
    while (!TaskContext.get().isInterrupted()) {
      try {
        byte[] answered = Await.result(answer, LOOK);
        traffic.add((long) bytes.length + answered.length);
        return Message.of(answered, Instruction.class);
      } catch (TimeoutException e) {
        // The others are not as far yet.
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new TaskKilledException();
      }
    }
    throw new TaskKilledException();
  }
}
