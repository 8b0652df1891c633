package io.convoy.doctor;

import org.apache.spark.SparkConf;

/** The memory that YARN and Kubernetes hold a process to. */
final class Grant {
  private static final long MEBIBYTE = 1L << 20;
  private static final long LEAST_OVERHEAD = 384;
  private static final double OVERHEAD_FACTOR = 0.1;

  private Grant() {}

  /** Bytes of an executor; {@link Cgroup#NONE} where the cluster's manager holds to none. */
  static long ofExecutor(SparkConf conf) {
    return of(conf, "spark.executor") + offHeap(conf);
  }

  /** Bytes of the driver, which a manager holds to its grant where it runs on the cluster. */
  static long ofDriver(SparkConf conf) {
    return "cluster".equals(conf.get("spark.submit.deployMode", "client"))
        ? of(conf, "spark.driver")
        : Cgroup.NONE;
  }

  private static long offHeap(SparkConf conf) {
    return isHeld(conf) && conf.getBoolean("spark.memory.offHeap.enabled", false)
        ? conf.getSizeAsBytes("spark.memory.offHeap.size", "0")
        : 0;
  }

  private static long of(SparkConf conf, String process) {
    if (!isHeld(conf)) {
      return Cgroup.NONE;
    }
    long heap = conf.getSizeAsMb(process + ".memory", "1g");
    double factor = conf.getDouble(process + ".memoryOverheadFactor", OVERHEAD_FACTOR);
    long overhead = Math.max((long) (heap * factor), LEAST_OVERHEAD);
    return (heap + conf.getSizeAsMb(process + ".memoryOverhead", overhead + "m")) * MEBIBYTE;
  }

  private static boolean isHeld(SparkConf conf) {
    String master = conf.get("spark.master", "");
    return master.startsWith("yarn") || master.startsWith("k8s");
  }
}
