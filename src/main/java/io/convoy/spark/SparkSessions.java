package io.convoy.spark;

import io.convoy.failure.UserException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
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
  private static final String NAME = "spark.app.name";
  private static final String MAIN_CLASS = "io.convoy.Convoy";
  static final String EXECUTOR_OPTIONS = "spark.executor.extraJavaOptions";

  /**
   * Four to sixteen times Java's own thresholds for methods that are called often without a loop:
   * compiling a thousand of them once more took a third of what executors of one core computed in
   * their first minute. Long loops are compiled as early as ever.
   */
  private static final String LATER_COMPILING =
      "-XX:Tier4InvocationThreshold=80000 -XX:Tier4MinInvocationThreshold=2400"
          + " -XX:Tier4CompileThreshold=240000";

  /** ND4J arrays under Kryo need a registrator, and fail with null pointers without it. */
  static final String SERIALIZER = "spark.serializer";

  static final String JAVA_SERIALIZER = "org.apache.spark.serializer.JavaSerializer";

  /** Of Spark SQL; they may be set in an open session. */
  static final Map<String, String> SQL = Map.of("spark.sql.session.timeZone", "UTC");

  private static final Map<String, String> DEFAULTS =
      Map.ofEntries(
          Map.entry(MASTER, "local[*]"),
          Map.entry("spark.ui.showConsoleProgress", "false"),
          // Spark would begin with fewer executors than asked for after 30 seconds, in silence.
          Map.entry("spark.scheduler.minRegisteredResourcesRatio", "0"),
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

  /**
   * After a machine has slept, Spark's driver (3.5.9; no issue of it was found) misses the
   * heartbeats of the executor in its own process, forgets it, and does not know it any more when
   * it registers again: it looks for a scheduler that local mode does not have. Ten minutes later
   * the executor ends the process.
   */
  private static final Map<String, String> LOCAL_DEFAULTS =
      Map.of("spark.storage.blockManagerHeartbeatTimeoutMs", "365d");

  private final SparkConf conf;
  private Optional<ExecutorWatch> watch = Optional.empty();

  private SparkSessions(SparkConf conf) {
    this.conf = conf;
  }

  /**
   * Settles the settings; no session is opened yet.
   *
   * @param name of the application, where the user has not given one
   */
  public SparkSessions(String name) {
    this(configure(user(), name));
  }

  /** What a session is opened with. */
  public enum Executors {
    /** All that were asked for, as far as their number is known. */
    ALL,

    /** Those that happen to be there: they are what is to be looked at. */
    ANY
  }

  /**
   * For what is to be measured between executors: where the user's master is this machine, two
   * executors of one core each take its place, as processes of their own.
   *
   * @param name of the application, where the user has not given one
   * @throws UserException if they cannot be started
   */
  public static SparkSessions withTwoExecutorsHere(String name) {
    SparkConf conf = configure(user(), name);
    if (isLocal(conf.get(MASTER))) {
      LocalCluster.configure(conf, System.getenv());
    }
    return new SparkSessions(conf);
  }

  /** Hadoop's configuration with the user's {@code spark.hadoop.*} settings. */
  public Configuration hadoopConfiguration() {
    return SparkHadoopUtil.get().newConfiguration(conf);
  }

  /** Opens the session, or takes the one that is open. */
  public SparkSession open() {
    return open(Executors.ANY, line -> {});
  }

  /**
   * Opens the session, or takes the one that is open, and waits for its executors. That there are
   * none is told also later, while there is work for them.
   *
   * @param executors that are waited for
   * @param console is told, in lines, of executors that do not come
   * @throws UserException if they do not come in the time of {@code spark.convoy.executorsWait}, or
   *     if this machine lacks what a driver needs
   */
  public SparkSession open(Executors executors, Consumer<String> console) {
    if (!isLocal(conf.get(MASTER))) {
      DriverAddress.requireReachable(conf, System.getenv());
    }
    System.setProperty(TIME_SOURCE, System.getProperty(TIME_SOURCE, SYSTEM_CLOCK));
    ScratchFolders.requireWritable(conf, System.getenv());
    if (isLocal(conf.get(MASTER))) {
      DriverAddress.bindLocally(conf, System.getenv());
    } else {
      watch = Optional.of(ExecutorWatch.start(conf, hadoopConfiguration(), executors, console));
    }
    SparkSession session = SparkSession.builder().config(conf).getOrCreate();
    watch.ifPresent(
        watching -> {
          watching.opened(ExecutorWatch.Session.of(session.sparkContext()));
          switch (executors) {
            case ALL -> watching.await();
            case ANY -> watching.awaitNone();
          }
        });
    return session;
  }

  /** Why the session was ended for want of executors, if it was. */
  public Optional<UserException> givenUp() {
    return watch.flatMap(ExecutorWatch::givenUp);
  }

  private static boolean isLocal(String master) {
    return master.equals("local") || master.startsWith("local[");
  }

  /** Stops the session, if one was opened. */
  @Override
  public void close() {
    watch.ifPresent(ExecutorWatch::close);
    SparkSession.getDefaultSession()
        .foreach(
            session -> {
              session.stop();
              return null;
            });
  }

  /** What spark-submit and the user have set. */
  private static SparkConf user() {
    DriverAddress.settleName(System.getenv());
    return new SparkConf();
  }

  static SparkConf configure(SparkConf user, String name) {
    // What spark-submit calls an application that has no name.
    if (MAIN_CLASS.equals(user.get(NAME, MAIN_CLASS))) {
      user.setAppName(name);
    }
    DEFAULTS.forEach(user::setIfMissing);
    if (isLocal(user.get(MASTER))) {
      LOCAL_DEFAULTS.forEach(user::setIfMissing);
    }
    user.set(SERIALIZER, JAVA_SERIALIZER);
    SQL.forEach(user::set);
    // Of two options the later one wins.
    String given = user.get(EXECUTOR_OPTIONS, "");
    String options = "-D%s=%s".formatted(TIME_SOURCE, SYSTEM_CLOCK);
    return user.set(EXECUTOR_OPTIONS, String.join(" ", LATER_COMPILING, given, options));
  }
}
