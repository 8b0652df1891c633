package io.convoy.doctor;

import java.io.Serializable;

/**
 * Where checks are run.
 *
 * @param role driver or executor: their settings have other names
 * @param name for the table
 */
record SparkProcess(Role role, String name) implements Serializable {
  private static final long serialVersionUID = 1L;

  enum Role {
    DRIVER(
        "CONVOY_HEAP or --driver-memory",
        "CONVOY_NATIVE, or -Dorg.bytedeco.javacpp.maxbytes in spark.driver.extraJavaOptions",
        "spark.driver.extraJavaOptions",
        "spark.driver.memoryOverhead",
        "CONVOY_MASTER or --master, as in local[2]"),
    EXECUTOR(
        "--executor-memory",
        "-Dorg.bytedeco.javacpp.maxbytes in spark.executor.extraJavaOptions",
        "spark.executor.extraJavaOptions",
        "spark.executor.memoryOverhead",
        "--executor-cores");

    private final String heap;
    private final String nativeMemory;
    private final String javaOptions;
    private final String overhead;
    private final String cores;

    Role(String heap, String nativeMemory, String javaOptions, String overhead, String cores) {
      this.heap = heap;
      this.nativeMemory = nativeMemory;
      this.javaOptions = javaOptions;
      this.overhead = overhead;
      this.cores = cores;
    }

    /** The setting of the heap. */
    String heap() {
      return heap;
    }

    /** The setting of the limit of native memory. */
    String nativeMemory() {
      return nativeMemory;
    }

    /** The setting that takes {@code -D} options. */
    String javaOptions() {
      return javaOptions;
    }

    /** The setting of the memory beside the heap that a cluster grants. */
    String overhead() {
      return overhead;
    }

    /** The setting of the number of cores. */
    String cores() {
      return cores;
    }
  }

  static SparkProcess driver(String host) {
    return new SparkProcess(Role.DRIVER, "driver (" + host + ")");
  }

  static SparkProcess executor(String id, String host) {
    return new SparkProcess(Role.EXECUTOR, "executor " + id + " (" + host + ")");
  }
}
