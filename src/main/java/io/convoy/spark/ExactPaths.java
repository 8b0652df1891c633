package io.convoy.spark;

import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.SparkSession;

/**
 * Reads tables at paths as they are written, though they have brackets, stars, question marks or
 * backslashes in them, which Spark takes for a pattern. It has no public option against that; this
 * one it uses itself (SPARK-32810).
 */
public final class ExactPaths {
  private ExactPaths() {}

  /** A reader of what lies at such paths. */
  public static DataFrameReader reader(SparkSession spark) {
    return spark.read().option("__globPaths__", "false");
  }
}
