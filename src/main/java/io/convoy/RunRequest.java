package io.convoy;

import io.convoy.cli.RunCommand;
import io.convoy.failure.UserException;
import io.convoy.job.RunJob;
import java.util.Objects;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/** Asks for a run on photos, which are prepared first. */
public final class RunRequest extends TrainingRequest<RunRequest> {
  private final Photos photos;

  /** The photos and what is told of them beside the settings. */
  private record Photos(String images, Optional<String> labels, Optional<String> datasets) {}

  RunRequest(SparkSession spark, String images) {
    this(
        Order.in(spark),
        Optional.empty(),
        new Photos(Objects.requireNonNull(images, "images"), Optional.empty(), Optional.empty()));
  }

  private RunRequest(Order order, Optional<String> from, Photos photos) {
    super(order, from);
    this.photos = photos;
  }

  @Override
  RunRequest with(Order changed, Optional<String> model) {
    return new RunRequest(changed, model, photos);
  }

  /** Takes the photos' labels from a table (CSV, TSV, JSON Lines or Parquet), not their paths. */
  public RunRequest labels(String file) {
    return new RunRequest(
        order(), from(), new Photos(photos.images, Optional.of(file), photos.datasets));
  }

  /**
   * Keeps prepared data sets in this folder, and finds them again there; it is {@code datasets}
   * beside the run where nothing else is said.
   */
  public RunRequest datasets(String folder) {
    return new RunRequest(
        order(), from(), new Photos(photos.images, photos.labels, Optional.of(folder)));
  }

  /**
   * Prepares the photos where that was not done before, trains, and writes the tables, the models
   * and the page. Where the same run was stopped in the folder, it goes on.
   *
   * @param folder of the run
   * @throws UserException for what a user can mend, such as a class without photos
   */
  public Run writeTo(String folder) {
    return order()
        .perform(
            context -> {
              new RunJob(context)
                  .run(
                      new RunCommand(
                          photos.images,
                          folder,
                          photos.datasets,
                          order().settings(),
                          order().existing(),
                          from(),
                          photos.labels));
              return Run.in(context.storage(folder));
            });
  }
}
