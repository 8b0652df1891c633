package io.convoy.spark;

import io.convoy.failure.Amount;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;

/**
 * The executors that a session asks its cluster for, as its settings tell: the one place that
 * counts them.
 *
 * @param allocation who decides how many there are
 * @param count how many, at least 1; where the cluster decides, the fewest
 * @param cores of each; 0 where an executor has all of its machine's
 * @param heap of each, in MiB
 * @param memory of each in MiB, heap and overhead
 */
public record ExecutorRequest(Allocation allocation, int count, int cores, long heap, long memory) {
  private static final Pattern LOCAL_CLUSTER = Pattern.compile("local-cluster\\[\\s*(\\d+)\\s*,.*");
  private static final String EXECUTOR = "spark.executor";
  private static final int UNASKED = 2;
  private static final double OVERHEAD_FACTOR = 0.1;
  private static final long LEAST_OVERHEAD = 384;

  /** Who decides how many executors there are. */
  public enum Allocation {
    /** The settings: so many from the start to the end. */
    FIXED,

    /** Spark, by the number of tasks that wait (dynamic allocation); the settings say the first. */
    DYNAMIC,

    /** The cluster: a standalone one gives what it has where no number of cores is asked for. */
    OPEN
  }

  /** The request of a session that is not in local mode. */
  public static ExecutorRequest of(SparkConf conf) {
    int cores = conf.getInt("spark.executor.cores", isStandalone(conf) ? 0 : 1);
    long heap = heap(conf, EXECUTOR);
    long memory = memory(conf, EXECUTOR);
    if (conf.getBoolean("spark.dynamicAllocation.enabled", false)) {
      return new ExecutorRequest(Allocation.DYNAMIC, first(conf), cores, heap, memory);
    }
    OptionalInt fixed = fixed(conf, cores);
    return new ExecutorRequest(
        fixed.isPresent() ? Allocation.FIXED : Allocation.OPEN,
        fixed.orElse(1),
        cores,
        heap,
        memory);
  }

  private static long heap(SparkConf conf, String process) {
    return conf.getSizeAsMb(process + ".memory", "1g");
  }

  /**
   * The memory of a process in MiB, heap and overhead, by Spark's rule.
   *
   * @param process the beginning of its settings' names, {@code spark.executor} or {@code
   *     spark.driver}
   */
  public static long memory(SparkConf conf, String process) {
    long heap = heap(conf, process);
    double factor = conf.getDouble(process + ".memoryOverheadFactor", OVERHEAD_FACTOR);
    long overhead = Math.max((long) (heap * factor), LEAST_OVERHEAD);
    return heap + conf.getSizeAsMb(process + ".memoryOverhead", overhead + "m");
  }

  /** How many dynamic allocation begins with, which is Spark's rule, and 1 where that is none. */
  private static int first(SparkConf conf) {
    int least = conf.getInt("spark.dynamicAllocation.minExecutors", 0);
    int first = conf.getInt("spark.dynamicAllocation.initialExecutors", least);
    int asked = conf.getInt("spark.executor.instances", 0);
    return Math.max(Math.max(1, least), Math.max(first, asked));
  }

  /** A standalone cluster does not read how many executors there shall be, only how many cores. */
  private static OptionalInt fixed(SparkConf conf, int cores) {
    Matcher localCluster = LOCAL_CLUSTER.matcher(conf.get("spark.master", ""));
    if (localCluster.matches()) {
      return OptionalInt.of(Math.max(1, Integer.parseInt(localCluster.group(1))));
    }
    if (!isStandalone(conf)) {
      return OptionalInt.of(Math.max(1, conf.getInt("spark.executor.instances", UNASKED)));
    }
    int most = conf.getInt("spark.cores.max", 0);
    return cores > 0 && most > 0 ? OptionalInt.of(Math.max(1, most / cores)) : OptionalInt.empty();
  }

  private static boolean isStandalone(SparkConf conf) {
    return conf.get("spark.master", "").startsWith("spark://");
  }

  /** What is asked for, in words: number, cores, and memory with its overhead. */
  @Override
  public String toString() {
    String size =
        "%s, %,d MiB of memory (%,d MiB of it heap)"
            .formatted(
                cores == 0 ? "all cores of a machine" : Amount.of(cores, "core"), memory, heap);
    String number =
        switch (allocation) {
          case FIXED -> Amount.of(count, "executor");
          case DYNAMIC -> Amount.of(count, "executor") + " at first";
          case OPEN -> "as many executors as there is room for";
        };
    return String.format(Locale.ROOT, "%s of %s%s", number, size, count > 1 ? " each" : "");
  }
}
