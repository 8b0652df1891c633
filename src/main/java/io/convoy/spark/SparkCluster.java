package io.convoy.spark;

import io.convoy.spark.RollCall.Executor;
import io.convoy.spark.RollCall.Question;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
public final class SparkCluster implements RollCall.Cluster {
  private static final Pattern LOCAL_CLUSTER = Pattern.compile("local-cluster\\[\\s*(\\d+)\\s*,.*");
  private static final int UNASKED = 2;
  private static final long PAUSE_MS = 500;

  private final SparkContext context;

  /**
   * @param context not in local mode, where there is no executor beside the driver
   */
  public SparkCluster(SparkContext context) {
    this.context = context;
  }

  @Override
  public int expected() {
    return expected(context.getConf());
  }

  /** As far as the settings tell: at least one. */
  static int expected(SparkConf conf) {
    Matcher localCluster = LOCAL_CLUSTER.matcher(conf.get("spark.master", ""));
    if (localCluster.matches()) {
      return Integer.parseInt(localCluster.group(1));
    }
    if (conf.getBoolean("spark.dynamicAllocation.enabled", false)) {
      return Math.max(1, conf.getInt("spark.dynamicAllocation.minExecutors", 0));
    }
    return Math.max(1, conf.getInt("spark.executor.instances", unasked(conf)));
  }

  /** YARN and Kubernetes start two; a standalone cluster as many as the cores suffice for. */
  private static int unasked(SparkConf conf) {
    String master = conf.get("spark.master", "");
    if (master.startsWith("yarn") || master.startsWith("k8s")) {
      return UNASKED;
    }
    int coresEach = conf.getInt("spark.executor.cores", 0);
    return coresEach > 0 ? conf.getInt("spark.cores.max", 0) / coresEach : 0;
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

  @Override
  public void wake() {
    // Nobody waits for it: it ends once there is an executor, or with the session.
    new JavaSparkContext(context).parallelize(List.of(0), 1).countAsync();
  }

  private static String host(String hostPort) {
    int colon = hostPort.lastIndexOf(':');
    return colon < 0 ? hostPort : hostPort.substring(0, colon);
  }

  @Override
  public <T> Future<Optional<T>> submit(Executor executor, Question<T> question) {
    // The way in which Spark's cached blocks name the executor that has them.
    String location = "executor_" + executor.host().replace('_', '-') + "_" + executor.id();
    Seq<String> locations = JavaConverters.asScalaBuffer(List.of(location));
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
