package io.convoy.train;

import org.nd4j.linalg.factory.Nd4j;

/** The OpenMP threads of native arithmetic, set for the task that calls. */
final class NativeThreads {
  private NativeThreads() {}

  /** Uses so many threads from now on in the calling thread. */
  static void use(int threads) {
    Nd4j.getEnvironment().setMaxMasterThreads(threads);
  }
}
