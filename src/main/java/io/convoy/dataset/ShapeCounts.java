package io.convoy.dataset;

import static org.apache.spark.sql.functions.col;

import io.convoy.image.Shape;
import io.convoy.spark.JobNames;
import io.convoy.storage.Storage;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The shapes of the photos that a data set was made of.
 *
 * @param common the most common first
 * @param distinct how many shapes there are
 */
public record ShapeCounts(List<Count> common, long distinct) {
  /** How many photos have a shape, upright. */
  public record Count(Shape shape, long photos) {}

  /** Whether the data set is there to be counted. */
  public static boolean canRead(Storage dataset) {
    return Manifest.isIn(dataset) && new DatasetTables(dataset).hasExamples();
  }

  /**
   * Counts them.
   *
   * @param most how many shapes are named
   */
  public static ShapeCounts of(SparkSession spark, Storage dataset, int most) {
    JobNames names = new JobNames(spark.sparkContext());
    names.begin("report: counting shapes");
    Dataset<Row> counts =
        new DatasetTables(dataset).examples(spark).groupBy("height", "width").count().cache();
    try {
      List<Count> common =
          counts
              .orderBy(col("count").desc(), col("height"), col("width"))
              .limit(most)
              .collectAsList()
              .stream()
              .map(row -> new Count(new Shape(row.getInt(0), row.getInt(1)), row.getLong(2)))
              .toList();
      return new ShapeCounts(common, counts.count());
    } finally {
      // Waits: Spark that is stopped meanwhile prints a stack trace.
      counts.unpersist(true);
      names.end();
    }
  }
}
