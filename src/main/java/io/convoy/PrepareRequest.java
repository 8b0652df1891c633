package io.convoy;

import io.convoy.cli.PrepareCommand;
import io.convoy.failure.UserException;
import io.convoy.job.PrepareJob;
import java.util.Objects;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/** Asks for a data set of photos: labelled, decoded, resized, split. */
public final class PrepareRequest extends Request<PrepareRequest> {
  private final String images;
  private final Optional<String> labels;

  PrepareRequest(SparkSession spark, String images) {
    this(Order.in(spark), Objects.requireNonNull(images, "images"), Optional.empty());
  }

  private PrepareRequest(Order order, String images, Optional<String> labels) {
    super(order);
    this.images = images;
    this.labels = labels;
  }

  @Override
  PrepareRequest with(Order changed) {
    return new PrepareRequest(changed, images, labels);
  }

  /** Takes the photos' labels from a table (CSV, TSV, JSON Lines or Parquet), not their paths. */
  public PrepareRequest labels(String file) {
    return new PrepareRequest(order(), images, Optional.of(file));
  }

  /**
   * Makes the data set, or finds it made already.
   *
   * @param folder of the data set
   * @throws UserException for what a user can mend, such as a class without photos
   */
  public PreparedDataset writeTo(String folder) {
    return order()
        .perform(
            context -> {
              new PrepareJob(context)
                  .run(
                      new PrepareCommand(
                          images, folder, order().settings(), order().existing(), labels));
              return PreparedDataset.in(context.storage(folder));
            });
  }
}
