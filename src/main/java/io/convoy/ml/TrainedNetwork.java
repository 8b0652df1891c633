package io.convoy.ml;

import io.convoy.modelfile.ModelCard;
import io.convoy.modelfile.ModelFile;
import io.convoy.modelfile.ModelFile.Loaded;
import io.convoy.modelfile.ModelFile.Updater;
import io.convoy.storage.Storage;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;

/**
 * A trained network on the driver, which sends it to the executors when it is first used, once.
 * Thread-safe.
 */
final class TrainedNetwork {
  private final Loaded model;
  private Broadcast<SharedNetwork> sent;
  private SparkContext sentBy;

  private TrainedNetwork(Loaded model) {
    this.model = model;
  }

  /**
   * Loads it.
   *
   * @param place {@code RUN/models/NAME} or a file in it
   * @throws io.convoy.failure.UserException if there is no model that can be used
   */
  static TrainedNetwork at(Storage place) {
    return new TrainedNetwork(ModelFile.at(place).load());
  }

  /** A place as the session has it. */
  static Storage storage(SparkSession spark, String place) {
    return Storage.at(place, spark.sparkContext().hadoopConfiguration());
  }

  ModelCard card() {
    return model.card();
  }

  /** Writes the model into a folder, in which every command finds it. */
  void write(Storage folder) {
    new ModelFile(folder.child(ModelFile.BEST))
        .write(model.card(), model.network(), Updater.LEFT_OUT);
  }

  /**
   * The network on the executors.
   *
   * @throws io.convoy.failure.UserException if they do not have convoy's classes
   */
  synchronized Broadcast<SharedNetwork> on(SparkContext context) {
    if (sent == null || sentBy != context) {
      ExecutorsJar.require(context);
      sent = send(context);
      sentBy = context;
    }
    return sent;
  }

  /** Sends it once more, for someone who uses it in a way of their own. */
  Broadcast<SharedNetwork> send(SparkContext context) {
    return JavaSparkContext.fromSparkContext(context).broadcast(new SharedNetwork(model.network()));
  }
}
