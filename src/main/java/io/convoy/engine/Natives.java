package io.convoy.engine;

import io.convoy.failure.Amount;
import io.convoy.onednn.OneDnn;
import io.convoy.settings.Precision;
import java.io.Serializable;
import java.util.List;
import java.util.Properties;
import org.bytedeco.openblas.global.openblas;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * The native arithmetic of one executor.
 *
 * @param executor Spark's name for it
 * @param networks what computes the networks' passes
 * @param arrays what computes everything else
 * @param threads of a worker
 * @param processors that Java sees there
 * @param precisions that its processor computes natively
 */
public record Natives(
    String executor,
    String networks,
    String arrays,
    int threads,
    int processors,
    List<Precision> precisions)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /**
   * The native arithmetic of this process.
   *
   * @param executor Spark's name for it
   * @param threads of a worker
   */
  public static Natives here(String executor, int threads) {
    Properties environment = Nd4j.getExecutioner().getEnvironmentInformation();
    return new Natives(
        executor,
        OneDnn.obstacle()
            .map(reason -> "DL4J's layers, several times slower than oneDNN (" + reason + ")")
            .orElseGet(OneDnn::description),
        "ND4J " + environment.get("backend") + " with " + environment.get("blas.vendor"),
        threads,
        Runtime.getRuntime().availableProcessors(),
        OneDnn.obstacle().isPresent()
            ? List.of(Precision.FLOAT32)
            : List.copyOf(OneDnn.precisions()));
  }

  /**
   * Uses so many threads from now on: for OpenMP in the calling thread, for matrix products and
   * ND4J's own loops in the whole process. ND4J itself sets OpenMP's number for the thread that
   * loads it alone, and to another number than the cores (4 on 2 cores); Spark's task threads keep
   * OpenMP's default.
   */
  public static void useThreads(int threads) {
    // Nd4j comes first: it loads the native library that the holder hands out.
    Nd4j.getEnvironment().setMaxMasterThreads(threads);
    NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(threads);
    openblas.blas_set_num_threads(threads);
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
