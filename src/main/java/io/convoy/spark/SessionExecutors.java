package io.convoy.spark;

import io.convoy.spark.ExecutorPoll.Executor;
import io.convoy.spark.ExecutorPoll.Question;
import io.convoy.spark.ExecutorShortage.Options;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import scala.Tuple2;
import scala.collection.JavaConverters;
import scala.collection.Seq;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/** The executors of a Spark session. */
public final class SessionExecutors implements ExecutorPoll.Backend {
  private static final long PAUSE_MS = 500;

  private final SparkContext context;

  /**
   * @param context not in local mode, where there is no executor beside the driver
   */
  public SessionExecutors(SparkContext context) {
    this.context = context;
  }

  @Override
  public int expected() {
    return ExecutorRequest.of(context.getConf()).count();
  }

  @Override
  public List<Executor> executors() {
    if (context.isStopped()) {
      throw new IllegalStateException("Spark has stopped");
    }
    return JavaConverters.seqAsJavaList(context.statusStore().executorList(true)).stream()
        // The driver is in the list, with no cores.
        .filter(each -> each.totalCores() > 0)
        .map(each -> new Executor(each.id(), host(each.hostPort()), each.totalCores()))
        .toList();
  }

  /** The options in which executors are asked for, for sentences. */
  public String options() {
    SparkConf conf = context.getConf();
    return Options.of(conf, ClusterManager.of(conf, context.hadoopConfiguration())).names();
  }

  @Override
  public void wake() {
    // Nobody waits for it: it ends once there is an executor, or with the session.
    new JavaSparkContext(context).parallelize(List.of(0), 1).countAsync();
  }

  private static String host(String hostPort) {
    int colon = hostPort.lastIndexOf(':');
    return colon < 0 ? hostPort : hostPort.substring(0, colon);
  }

  /**
   * An executor as the preferred location of a task, named as Spark's cached blocks name theirs.
   */
  public static String location(String executor, String host) {
    return "executor_" + host.replace('_', '-') + "_" + executor;
  }

  @Override
  public <T> Future<Optional<T>> submit(Executor executor, Question<T> question) {
    Seq<String> locations =
        JavaConverters.asScalaBuffer(List.of(location(executor.id(), executor.host())));
    Seq<Tuple2<Executor, Seq<String>>> tasks =
        JavaConverters.asScalaBuffer(List.of(new Tuple2<>(executor, locations)));
    ClassTag<Executor> tag = ClassTag$.MODULE$.apply(Executor.class);
    return new Answer<>(
        new JavaRDD<>(context.makeRDD(tasks, tag), tag)
            .map(asked -> answer(asked, question))
            .collectAsync());
  }

  /** As a list of none or one: an optional is not serialisable. */
  private static <T> List<T> answer(Executor asked, Question<T> question) {
    List<T> answers = new ArrayList<>();
    if (SparkEnv.get().executorId().equals(asked.id())) {
      answers.add(question.ask(asked));
    }
    return answers;
  }

  @Override
  public void pause() {
    try {
      Thread.sleep(PAUSE_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The first element of a job's result. */
  private record Answer<T>(JavaFutureAction<List<List<T>>> job) implements Future<Optional<T>> {
    @Override
    public Optional<T> get() throws InterruptedException, ExecutionException {
      return job.get().get(0).stream().findFirst();
    }

    @Override
    public Optional<T> get(long timeout, TimeUnit unit)
        throws InterruptedException, ExecutionException, TimeoutException {
      return job.get(timeout, unit).get(0).stream().findFirst();
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
      return job.cancel(mayInterruptIfRunning);
    }

    @Override
    public boolean isCancelled() {
      return job.isCancelled();
    }

    @Override
    public boolean isDone() {
      return job.isDone();
    }
  }
}
