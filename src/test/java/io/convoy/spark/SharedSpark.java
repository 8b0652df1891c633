package io.convoy.spark;

import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * The one Spark session of all tests, {@code local[2]}, made as the product makes it; it ends with
 * the virtual machine, so no test stops it.
 */
public final class SharedSpark {
  private SharedSpark() {}

  private static final class Holder {
    private static final SparkSession SESSION = open();

    private static SparkSession open() {
      System.setProperty("spark.master", "local[2]");
      System.setProperty("spark.ui.enabled", "false");
      return new SparkSessions("tests").open();
    }
  }

  public static SparkSession session() {
    return Holder.SESSION;
  }

  public static JavaSparkContext context() {
    return JavaSparkContext.fromSparkContext(session().sparkContext());
  }
}
