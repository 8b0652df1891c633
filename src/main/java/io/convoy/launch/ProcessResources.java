package io.convoy.launch;

import java.util.List;

/**
 * What one Java process of Spark may take, and how that is divided: heap and overhead are the whole
 * memory; the overhead is what native arithmetic may allocate, and what Java takes beside its heap.
 *
 * @param memory all of it in MiB, at least {@link #LEAST_MEMORY}
 * @param cores at least 1
 */
record ProcessResources(long memory, int cores) {
  /**
   * In MiB, of which 480 are heap: Spark refuses less than 450, and some collectors hide a 30th.
   */
  static final long LEAST_MEMORY = 1200;

  private static final long HEAP_PERCENT = 40;

  /** Java's own beside the heap, in MiB: classes, compiled code, threads. */
  private static final long JAVA = 384;

  ProcessResources {
    if (memory < LEAST_MEMORY || cores < 1) {
      throw new IllegalArgumentException(memory + " MiB, " + cores + " cores");
    }
  }

  /** In MiB. */
  long heap() {
    return memory * HEAP_PERCENT / 100;
  }

  /** In MiB. */
  long overhead() {
    return memory - heap();
  }

  /** What native arithmetic may allocate, in MiB. */
  long nativeMemory() {
    return overhead() - JAVA;
  }

  /** Threads of native arithmetic. */
  int openMpThreads() {
    return cores;
  }

  /** Without the heap, which Spark sets. */
  List<String> javaOptions() {
    return List.of(
        "-Dorg.bytedeco.javacpp.maxbytes=" + mebibytes(nativeMemory()),
        "-Dorg.bytedeco.javacpp.maxphysicalbytes=" + mebibytes(memory));
  }

  /** A size the way that Spark, Java and JavaCPP all read it. */
  static String mebibytes(long size) {
    return size + "m";
  }
}
