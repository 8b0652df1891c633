package io.convoy.spark;

import io.convoy.progress.Progress;
import java.io.Serializable;
import org.apache.spark.SparkContext;
import org.apache.spark.TaskContext;
import org.apache.spark.scheduler.AccumulableInfo;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorMetricsUpdate;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/**
 * Counts images inside tasks, and tells a progress of them: as the tasks end, and of running tasks
 * with each of their executor's heartbeats (every 10 seconds where Spark is not told otherwise). An
 * image counts once in a pass, however often its partition is computed.
 */
public final class CountedTasks implements Serializable, AutoCloseable {
  private static final long serialVersionUID = 1L;
  private final PartCounts counter;
  private int pass;
  private final transient SparkContext context;
  private final transient ProgressListener listener;

  /** Counts from zero until it is closed. */
  public CountedTasks(SparkContext context, Progress progress) {
    this.counter = new PartCounts();
    this.context = context;
    // With a name: Spark tells the ends of tasks nothing of nameless ones.
    context.register(counter, "images");
    this.listener = new ProgressListener(counter, progress);
    context.addSparkListener(listener);
  }

  private CountedTasks(PartCounts counter, int pass) {
    this.counter = counter;
    this.pass = pass;
    this.context = null;
    this.listener = null;
  }

  /** The number of the pass. */
  public int pass() {
    return pass;
  }

  /** For the tasks of a pass, of which one may do more. */
  public CountedTasks of(int itsPass) {
    return new CountedTasks(counter, itsPass);
  }

  /**
   * Tells of a partition that is done in a pass, on the driver: of a task that goes on Spark tells
   * with a heartbeat.
   */
  public void tell(int itsPass, int partition, long images) {
    listener.see(new PartCounts.Count(part(itsPass, partition), images));
  }

  /** What is sent to the executors from now on goes through the images anew. */
  public void nextPass() {
    pass++;
  }

  /** Counts images; called inside a task. */
  public void add(long images) {
    counter.add(new PartCounts.Count(part(pass, TaskContext.getPartitionId()), images));
  }

  private static long part(int pass, int partition) {
    return (long) pass << Integer.SIZE | partition;
  }

  /** Tells what has not been told. */
  @Override
  public void close() {
    context.removeSparkListener(listener);
    listener.tellAll();
  }

  private static final class ProgressListener extends SparkListener {
    private final PartCounts counter;
    private final Progress progress;
    private final PartCounts.Counts counts = new PartCounts.Counts();
    private long told;

    ProgressListener(PartCounts counter, Progress progress) {
      this.counter = counter;
      this.progress = progress;
    }

    @Override
    public synchronized void onExecutorMetricsUpdate(SparkListenerExecutorMetricsUpdate beat) {
      JavaConverters.seqAsJavaList(beat.accumUpdates()).forEach(task -> see(task._4()));
      tell(counts.total());
    }

    @Override
    public synchronized void onTaskEnd(SparkListenerTaskEnd end) {
      see(end.taskInfo().accumulables());
      tell(counts.total());
    }

    synchronized void see(PartCounts.Count count) {
      counts.mergeMost(count);
      tell(counts.total());
    }

    private void see(Seq<AccumulableInfo> accumulables) {
      for (AccumulableInfo info : JavaConverters.seqAsJavaList(accumulables)) {
        if (info.id() == counter.id() && info.update().isDefined()) {
          counts.mergeMost((PartCounts.Counts) info.update().get());
        }
      }
    }

    /** Spark itself knows all; the ends of the last tasks may still be on their way. */
    synchronized void tellAll() {
      counts.mergeMost(counter.value());
      tell(counts.total());
    }

    private void tell(long counted) {
      if (counted > told) {
        progress.advance(counted - told);
        told = counted;
      }
    }
  }
}
