package io.convoy.spark;

import io.convoy.build.ThisJar;
import io.convoy.failure.UserException;
import java.io.File;
import java.util.Map;
import org.apache.spark.SparkConf;
import scala.util.Properties;

/**
 * Two executors of this machine, each a process with one core, that end with the session: Spark's
 * own {@code local-cluster}, which starts them from {@code SPARK_HOME}.
 */
final class LocalCluster {
  private static final int EXECUTORS = 2;
  private static final int MEGABYTES = 1200;
  private static final String HOME = "SPARK_HOME";

  /** How much native memory JavaCPP gives to one process. */
  private static final String NATIVE = "org.bytedeco.javacpp.maxbytes";

  private LocalCluster() {}

  /**
   * Settles what a session with them needs.
   *
   * @throws UserException if they cannot be started
   */
  static void configure(SparkConf conf, Map<String, String> environment) {
    File home = new File(environment.getOrDefault(HOME, ""));
    if (!new File(home, "jars").isDirectory() || !home.canWrite()) {
      throw new UserException(
          "Two executors are started on this machine from SPARK_HOME, which must be a folder of Spark"
              + " that can be written; it is %s. Use submit/local.",
          environment.getOrDefault(HOME, "not set"));
    }
    conf.set("spark.master", "local-cluster[%d,1,%d]".formatted(EXECUTORS, MEGABYTES))
        .set("spark.executor.memory", MEGABYTES + "m")
        .set("spark.executor.cores", "1")
        .set("spark.cores.max", Integer.toString(EXECUTORS))
        .set("spark.executorEnv.OMP_NUM_THREADS", "1")
        // Spark's launcher would look for it in the folders of Spark's own build.
        .set("spark.executorEnv.SPARK_SCALA_VERSION", scala())
        .set("spark.executor.extraClassPath", ThisJar.of(LocalCluster.class).toString());
    DriverAddress.bindLocally(conf, environment);
    String memory = System.getProperty(NATIVE);
    if (memory != null) {
      String options = conf.get(SparkSessions.EXECUTOR_OPTIONS);
      conf.set(SparkSessions.EXECUTOR_OPTIONS, "%s -D%s=%s".formatted(options, NATIVE, memory));
    }
  }

  /** Such as 2.12. */
  private static String scala() {
    return Properties.versionNumberString().replaceAll("\\.\\d+$", "");
  }
}
