package io.convoy;

import io.convoy.dataset.Manifest;
import io.convoy.failure.UserException;
import io.convoy.storage.Storage;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/**
 * A data set: the examples of a folder of photos, with their splits.
 *
 * @param folder that it is in
 * @param classes what the photos show, in the order of their labels
 * @param height rows of each image
 * @param width columns of each image
 * @param train how many examples train
 * @param validation how many examples validate
 * @param test how many examples test
 * @param rejected how many photos cannot be used; {@code rejected.parquet} in the folder has the
 *     reasons
 * @param leftOut how many photos are in no split, without a fault of theirs
 * @param contentHash of all labels and pixels, 64 hexadecimal digits: equal for equal examples
 */
public record PreparedDataset(
    String folder,
    List<String> classes,
    int height,
    int width,
    long train,
    long validation,
    long test,
    long rejected,
    long leftOut,
    String contentHash) {

  /** Copies the list. */
  public PreparedDataset {
    classes = List.copyOf(classes);
  }

  /**
   * Reads what is in a folder.
   *
   * @param spark an open session
   * @param folder of a data set
   * @throws UserException if there is no data set in it
   */
  public static PreparedDataset in(SparkSession spark, String folder) {
    return Order.in(spark).perform(context -> in(context.storage(folder)));
  }

  static PreparedDataset in(Storage folder) {
    Manifest manifest = Manifest.read(folder);
    return new PreparedDataset(
        folder.toString(),
        manifest.classes(),
        manifest.height(),
        manifest.width(),
        manifest.train().examples(),
        manifest.validation().examples(),
        manifest.test().examples(),
        manifest.rejected(),
        manifest.leftOut(),
        manifest.contentHash());
  }
}
