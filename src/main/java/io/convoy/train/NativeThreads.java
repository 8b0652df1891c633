package io.convoy.train;

import org.bytedeco.openblas.global.openblas;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * The threads of native arithmetic. ND4J sets OpenMP's number for the thread that loads it alone,
 * and to another number than the cores (4 on 2 cores); Spark's task threads keep OpenMP's default.
 */
public final class NativeThreads {
  private NativeThreads() {}

  /**
   * Uses so many threads from now on: for OpenMP in the calling thread, for matrix products and
   * ND4J's own loops in the whole process.
   */
  public static void use(int threads) {
    // Nd4j comes first: it loads the native library that the holder hands out.
    Nd4j.getEnvironment().setMaxMasterThreads(threads);
    NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(threads);
    openblas.blas_set_num_threads(threads);
  }
}
