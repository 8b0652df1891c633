package io.convoy.ml;

import io.convoy.failure.UserException;
import io.convoy.storage.Storage;
import org.apache.spark.SparkContext;
import org.apache.spark.ml.util.DefaultParamsReader$;
import org.apache.spark.ml.util.DefaultParamsWriter$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWriter;
import scala.Option;

/** A model in Spark ML's format: the metadata as Spark writes it, and the model's file. */
final class SavedModel {
  private SavedModel() {}

  /** Writes a model. */
  static final class Writer extends MLWriter {
    private final ConvoyModel stage;
    private final TrainedNetwork network;

    Writer(ConvoyModel stage, TrainedNetwork network) {
      this.stage = stage;
      this.network = network;
    }

    @Override
    public void saveImpl(String path) {
      SparkContext context = sparkSession().sparkContext();
      DefaultParamsWriter$.MODULE$.saveMetadata(
          stage, path, context, Option.empty(), Option.empty());
      network.write(TrainedNetwork.storage(sparkSession(), path));
    }
  }

  /** Reads a model. */
  static final class Reader extends MLReader<ConvoyModel> {
    @Override
    public ConvoyModel load(String path) {
      Storage folder = TrainedNetwork.storage(sparkSession(), path);
      if (!folder.child("metadata").exists()) {
        throw new UserException(
            "%s: there is no model in Spark ML's format; give a folder that ConvoyModel.save wrote,"
                + " or read a model of a run with ConvoyModel.of.",
            folder);
      }
      var metadata =
          DefaultParamsReader$.MODULE$.loadMetadata(
              path, sparkSession().sparkContext(), ConvoyModel.class.getName());
      ConvoyModel model = new ConvoyModel(metadata.uid(), TrainedNetwork.at(folder));
      metadata.getAndSetParams(model, Option.empty());
      return model;
    }
  }
}
