package io.convoy.spark;

import io.convoy.failure.UserException;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.apache.spark.sql.SparkSession;

/**
 * Makes the Spark session. Mandatory settings win over the user's (spark-submit's {@code --conf},
 * {@code spark-defaults.conf}), and the user's over the defaults.
 */
public final class SparkSessions implements AutoCloseable {
  /** DL4J would ask a time server on the internet. */
  private static final String TIME_SOURCE = "org.deeplearning4j.spark.time.TimeSource";

  private static final String SYSTEM_CLOCK = "org.deeplearning4j.spark.time.SystemClockTimeSource";

  private static final String MASTER = "spark.master";
  static final String EXECUTOR_OPTIONS = "spark.executor.extraJavaOptions";

  private static final Map<String, String> MANDATORY =
      Map.of(
          // ND4J arrays under Kryo need a registrator, and fail with null pointers without it.
          "spark.serializer", "org.apache.spark.serializer.JavaSerializer",
          "spark.sql.session.timeZone", "UTC");

  private static final Map<String, String> DEFAULTS =
      Map.ofEntries(
          Map.entry(MASTER, "local[*]"),
          Map.entry("spark.app.name", "convoy"),
          Map.entry("spark.ui.showConsoleProgress", "false"),
          // Floats and pixels hardly compress, and trying costs time in every averaging round.
          Map.entry("spark.broadcast.compress", "false"),
          Map.entry("spark.shuffle.compress", "false"),
          // Spark's own sums, beside those of the network, took a tenth of a round.
          Map.entry("spark.broadcast.checksum", "false"),
          Map.entry("spark.shuffle.checksum.enabled", "false"),
          Map.entry("spark.broadcast.blockSize", "16m"),
          // An averaging round's results are more than the limit together, and consumed one by one.
          Map.entry("spark.driver.maxResultSize", "0"),
          // Each of Spark's four holds three copies of the result that it takes in.
          Map.entry("spark.resultGetter.threads", "2"),
          // Java's stream keeps every object since its last reset: here slices of many MiB.
          Map.entry("spark.serializer.objectStreamReset", "1"));

  private final SparkConf conf;

  private SparkSessions(SparkConf conf) {
    this.conf = conf;
  }

  /** Settles the settings; no session is opened yet. */
  public SparkSessions() {
    this(configure(new SparkConf()));
  }

  /**
   * For what is to be measured between executors: where the user's master is this machine, two
   * executors of one core each take its place, as processes of their own.
   *
   * @throws UserException if they cannot be started
   */
  public static SparkSessions withTwoExecutorsHere() {
    SparkConf conf = configure(new SparkConf());
    if (conf.get(MASTER).equals("local") || conf.get(MASTER).startsWith("local[")) {
      ExecutorsHere.configure(conf, System.getenv());
    }
    return new SparkSessions(conf);
  }

  /** Hadoop's configuration with the user's {@code spark.hadoop.*} settings. */
  public Configuration hadoopConfiguration() {
    return SparkHadoopUtil.get().newConfiguration(conf);
  }

  /** Opens the session, or takes the one that is open. */
  public SparkSession open() {
    System.setProperty(TIME_SOURCE, System.getProperty(TIME_SOURCE, SYSTEM_CLOCK));
    return SparkSession.builder().config(conf).getOrCreate();
  }

  /** Stops the session, if one was opened. */
  @Override
  public void close() {
    SparkSession.getDefaultSession()
        .foreach(
            session -> {
              session.stop();
              return null;
            });
  }

  static SparkConf configure(SparkConf user) {
    DEFAULTS.forEach(user::setIfMissing);
    MANDATORY.forEach(user::set);
    String options =
        "%s -D%s=%s".formatted(user.get(EXECUTOR_OPTIONS, ""), TIME_SOURCE, SYSTEM_CLOCK);
    return user.set(EXECUTOR_OPTIONS, options.strip());
  }
}
