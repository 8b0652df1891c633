package io.convoy.spark;

import java.util.Locale;
import org.apache.spark.SparkContext;

/**
 * Names Spark's jobs and their stages after what they do, for the reader of Spark's pages and log.
 */
public final class JobNames {
  private final SparkContext context;

  /**
   * @param context whose jobs are named, those of the calling thread
   */
  public JobNames(SparkContext context) {
    this.context = context;
  }

  /** Names what is begun from now on. */
  public void begin(String format, Object... arguments) {
    String name = String.format(Locale.ROOT, format, arguments);
    context.setJobDescription(name);
    context.setCallSite(name);
  }

  /** What is begun from now on has Spark's own names again. */
  public void end() {
    context.setJobDescription(null);
    context.clearCallSite();
  }
}
