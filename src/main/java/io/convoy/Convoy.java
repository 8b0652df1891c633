package io.convoy;

import io.convoy.program.Main;
import org.apache.spark.sql.SparkSession;

/**
 * convoy as a library: the work of its commands, from Java or Scala, in a Spark session of the
 * caller's.
 *
 * <pre>{@code
 * PreparedDataset photos = Convoy.prepare(spark, "hdfs:///photos").writeTo("hdfs:///sets/photos");
 * Run run = Convoy.train(spark, photos.folder()).epochs(3).writeTo("hdfs:///runs/first");
 * String model = run.best().orElseThrow().file();
 * Predictions predictions = Convoy.predict(spark, model, "hdfs:///new").writeTo("hdfs:///predicted");
 * }</pre>
 *
 * <p>Each method makes a request, whose methods say how it is to be done, as the options of the
 * command do that have the same names, and whose {@code writeTo} does it. Folders are paths or URIs
 * of any Hadoop file system.
 *
 * <p>The session is used and stays open. Nothing is printed: {@link Request#progress} is told the
 * lines that the command would print. What a user can mend, of the inputs, the settings or the
 * session, is thrown as an {@link io.convoy.failure.UserException}; any other exception is a bug of
 * convoy's or comes from Spark.
 */
public final class Convoy {
  private Convoy() {}

  /**
   * Makes a data set of photos, as the command {@code prepare} does.
   *
   * @param spark an open session
   * @param images the folder of the photos
   */
  public static PrepareRequest prepare(SparkSession spark, String images) {
    return new PrepareRequest(spark, images);
  }

  /**
   * Trains architectures on a prepared data set, as the command {@code train} does.
   *
   * @param spark an open session
   * @param data the folder of the data set
   */
  public static TrainRequest train(SparkSession spark, String data) {
    return new TrainRequest(spark, data);
  }

  /**
   * Prepares photos and trains on them, as the command {@code run} does.
   *
   * @param spark an open session
   * @param images the folder of the photos
   */
  public static RunRequest run(SparkSession spark, String images) {
    return new RunRequest(spark, images);
  }

  /**
   * Predicts the classes of photos, as the command {@code predict} does.
   *
   * @param spark an open session
   * @param model a trained model: {@link TrainedModel#file}, or {@code RUN/models/NAME} for the
   *     best of an architecture
   * @param images the folder of the photos, or one photo
   */
  public static PredictRequest predict(SparkSession spark, String model, String images) {
    return new PredictRequest(spark, model, images);
  }

  /** The program of convoy's commands; ends the virtual machine with its exit status. */
  public static void main(String[] arguments) {
    Main.main(arguments);
  }
}
