package io.convoy;

import io.convoy.cli.TrainCommand;
import io.convoy.failure.UserException;
import io.convoy.job.TrainJob;
import java.util.Objects;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/** Asks for a run on a data set that is prepared. */
public final class TrainRequest extends TrainingRequest<TrainRequest> {
  private final String data;

  TrainRequest(SparkSession spark, String data) {
    this(Order.in(spark), Objects.requireNonNull(data, "data"), Optional.empty());
  }

  private TrainRequest(Order order, String data, Optional<String> from) {
    super(order, from);
    this.data = data;
  }

  @Override
  TrainRequest with(Order changed, Optional<String> model) {
    return new TrainRequest(changed, data, model);
  }

  /**
   * Trains, and writes the tables, the models and the page. Where the same run was stopped in the
   * folder, it goes on.
   *
   * @param folder of the run
   * @throws UserException for what a user can mend, such as a folder that holds another run
   */
  public Run writeTo(String folder) {
    return order()
        .perform(
            context -> {
              new TrainJob(context)
                  .run(
                      new TrainCommand(
                          data, folder, order().settings(), order().existing(), from()));
              return Run.in(context.storage(folder));
            });
  }
}
