package io.convoy.doctor;

import io.convoy.spark.ExecutorRequest;
import org.apache.spark.SparkConf;

/** The memory that a process is given by YARN and Kubernetes, which hold it to that. */
final class RequestedMemory {
  private static final long MEBIBYTE = 1L << 20;

  private RequestedMemory() {}

  /** Bytes of an executor; {@link Cgroup#NONE} where the cluster's manager holds to none. */
  static long ofExecutor(SparkConf conf) {
    return isHeld(conf) ? of(conf, "spark.executor") + offHeap(conf) : Cgroup.NONE;
  }

  /** Bytes of the driver, which a manager holds to its memory where it runs on the cluster. */
  static long ofDriver(SparkConf conf) {
    boolean onCluster = "cluster".equals(conf.get("spark.submit.deployMode", "client"));
    return onCluster && isHeld(conf) ? of(conf, "spark.driver") : Cgroup.NONE;
  }

  private static long of(SparkConf conf, String process) {
    return ExecutorRequest.memory(conf, process) * MEBIBYTE;
  }

  private static long offHeap(SparkConf conf) {
    return conf.getBoolean("spark.memory.offHeap.enabled", false)
        ? conf.getSizeAsBytes("spark.memory.offHeap.size", "0")
        : 0;
  }

  private static boolean isHeld(SparkConf conf) {
    String master = conf.get("spark.master", "");
    return master.startsWith("yarn") || master.startsWith("k8s");
  }
}
