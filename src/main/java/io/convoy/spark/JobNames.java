package io.convoy.spark;

import java.util.Locale;
import org.apache.spark.SparkContext;

/**
 * Names Spark's jobs and their stages after what they do, for the reader of Spark's pages and log.
 */
public final class JobNames {
  private static final String DESCRIPTION = "spark.job.description";

  private final SparkContext context;
  private final String outer;

  /**
   * @param context whose jobs are named, those of the calling thread
   */
  public JobNames(SparkContext context) {
    this.context = context;
    this.outer = context.getLocalProperty(DESCRIPTION);
  }

  /** Names what is begun from now on. */
  public void begin(String format, Object... arguments) {
    name(String.format(Locale.ROOT, format, arguments));
  }

  /** Names a job that does what the jobs of this name do and goes on with those after it. */
  public void beginAndThoseAfter() {
    if (outer != null) {
      name(outer + ", and those after it");
    }
  }

  private void name(String name) {
    context.setJobDescription(name);
    context.setCallSite(name);
  }

  /** What is begun from now on has the name from before the first of these, or Spark's own. */
  public void end() {
    if (outer == null) {
      context.setJobDescription(null);
      context.clearCallSite();
    } else {
      name(outer);
    }
  }
}
