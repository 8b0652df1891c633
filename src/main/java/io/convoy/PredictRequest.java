package io.convoy;

import io.convoy.cli.PredictCommand;
import io.convoy.failure.UserException;
import io.convoy.job.PredictJob;
import io.convoy.settings.Precision;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.apache.spark.sql.SparkSession;

/**
 * Asks for the classes of photos. Of the settings it takes {@code images.max-pixels} and {@code
 * images.max-file-bytes} alone, as all else is the model's.
 */
public final class PredictRequest extends Request<PredictRequest> {
  private final Photos photos;
  private final OptionalDouble threshold;
  private final Optional<Precision> precision;

  /** What predicts what. */
  private record Photos(String model, String images) {
    private Photos {
      Objects.requireNonNull(model, "model");
      Objects.requireNonNull(images, "images");
    }
  }

  PredictRequest(SparkSession spark, String model, String images) {
    this(
        Order.in(spark),
        new Photos(model, images),
        OptionalDouble.empty(),
        Optional.of(Precision.FLOAT32));
  }

  private PredictRequest(
      Order order, Photos photos, OptionalDouble threshold, Optional<Precision> precision) {
    super(order);
    this.photos = photos;
    this.threshold = threshold;
    this.precision = precision;
  }

  @Override
  PredictRequest with(Order changed) {
    return new PredictRequest(changed, photos, threshold, precision);
  }

  /**
   * Calls a photo the second class above this probability, instead of above the model's threshold.
   *
   * @param probability 0 to 1; for a model of two classes alone
   * @throws IllegalArgumentException if it is less or more
   */
  public PredictRequest threshold(double probability) {
    if (!(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException(probability + " is no probability");
    }
    return new PredictRequest(order(), photos, OptionalDouble.of(probability), precision);
  }

  /**
   * What the network computes in.
   *
   * @param name {@code float32}, which it is where nothing is said, {@code bfloat16}, or {@code
   *     auto}: bfloat16 where the processors compute in it
   * @throws IllegalArgumentException if it is none of these
   */
  public PredictRequest precision(String name) {
    return new PredictRequest(order(), photos, threshold, Precision.choice(name));
  }

  /**
   * Predicts, and writes the tables of the photos.
   *
   * @param folder of the tables
   * @throws UserException for what a user can mend, such as a model that is not there
   */
  public Predictions writeTo(String folder) {
    return order()
        .perform(
            context ->
                Predictions.of(
                    context.storage(folder),
                    new PredictJob(context)
                        .run(
                            new PredictCommand(
                                photos.model,
                                photos.images,
                                Optional.of(folder),
                                threshold,
                                precision,
                                OptionalInt.empty(),
                                order().settings(),
                                order().existing()))
                        .orElseThrow()));
  }
}
