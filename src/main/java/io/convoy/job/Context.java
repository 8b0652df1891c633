package io.convoy.job;

import io.convoy.progress.Progress;
import io.convoy.storage.Storage;
import java.io.PrintStream;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;

/**
 * What every command has at hand.
 *
 * @param hadoop Hadoop's configuration, with what spark-submit adds
 * @param spark opens Spark's session on the first call; mistakes are found before that
 * @param out for results
 * @param err for progress and remarks
 * @param build version and commit of convoy
 */
public record Context(
    Configuration hadoop,
    Supplier<SparkSession> spark,
    PrintStream out,
    PrintStream err,
    Build build) {

  /**
   * The build that runs.
   *
   * @param version of convoy
   * @param commit of its sources
   */
  public record Build(String version, String commit) {}

  Storage storage(String location) {
    return Storage.at(location, hadoop);
  }

  Progress progress(String task, long images) {
    return Progress.start(task, images, err);
  }
}
