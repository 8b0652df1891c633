package io.convoy;

import io.convoy.predict.ScoredFolder;
import io.convoy.spark.ExactPaths;
import io.convoy.storage.Storage;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The classes of photos.
 *
 * @param folder of the tables
 * @param photos how many photos the network was asked about
 * @param undefined for how many of them it gives no number, as it diverged in training
 * @param rejected how many photos cannot be used
 * @param perClass how many photos are called a class, by its name; classes without a photo are
 *     missing
 */
public record Predictions(
    String folder, long photos, long undefined, long rejected, Map<String, Long> perClass) {

  /** Copies the map. */
  public Predictions {
    perClass = Map.copyOf(perClass);
  }

  static Predictions of(Storage folder, ScoredFolder.Counts counts) {
    return new Predictions(
        folder.toString(),
        counts.scored(),
        counts.undefined(),
        counts.rejected(),
        counts.perClass());
  }

  /**
   * A row a photo, in the order of the paths: {@code path}, {@code predicted}, {@code
   * predicted_probability}, and {@code probabilities}, a map from each class to its probability.
   *
   * @param spark an open session
   */
  public Dataset<Row> rows(SparkSession spark) {
    return ExactPaths.reader(spark).parquet(folder + "/predictions.parquet");
  }

  /**
   * A row a photo that cannot be used: {@code path}, {@code reason} and {@code found}.
   *
   * @param spark an open session
   */
  public Dataset<Row> rejectedRows(SparkSession spark) {
    return ExactPaths.reader(spark).parquet(folder + "/rejected.parquet");
  }
}
