package io.convoy.train;

import io.convoy.failure.Amount;
import io.convoy.onednn.OneDnn;
import io.convoy.spark.JobNames;
import java.io.Serializable;
import java.util.List;
import java.util.Properties;
import java.util.stream.IntStream;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The native arithmetic of one executor.
 *
 * @param executor Spark's name for it
 * @param networks what computes the networks' passes
 * @param arrays what computes everything else
 * @param threads of a worker
 * @param processors that Java sees there
 */
public record Natives(String executor, String networks, String arrays, int threads, int processors)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Asks the executors, by as many tasks as there are workers. */
  public static List<Natives> ask(JavaSparkContext context, Workers workers) {
    int threads = workers.threads();
    List<Integer> tasks = IntStream.range(0, workers.count()).boxed().toList();
    JobNames names = new JobNames(context.sc());
    names.begin("train: asking the executors what they compute with");
    List<Natives> all =
        context.parallelize(tasks, tasks.size()).map(task -> here(threads)).collect();
    names.end();
    return all.stream().distinct().toList();
  }

  private static Natives here(int threads) {
    Properties environment = Nd4j.getExecutioner().getEnvironmentInformation();
    return new Natives(
        SparkEnv.get().executorId(),
        OneDnn.obstacle()
            .map(reason -> "DL4J's layers, several times slower than oneDNN (" + reason + ")")
            .orElseGet(OneDnn::description),
        "ND4J " + environment.get("backend") + " with " + environment.get("blas.vendor"),
        threads,
        Runtime.getRuntime().availableProcessors());
  }

  /** In words, for a log. */
  @Override
  public String toString() {
    return "executor %s: networks by %s, the rest by %s; %s a worker, %s"
        .formatted(
            executor,
            networks,
            arrays,
            Amount.of(threads, "thread"),
            Amount.of(processors, "processor"));
  }
}
