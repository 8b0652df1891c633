package io.convoy.ml;

import io.convoy.engine.Predictor;
import io.convoy.failure.UserException;
import io.convoy.ingest.PhotoPixels;
import io.convoy.predict.Answer;
import io.convoy.predict.Scoring;
import java.util.Collections;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * A trained network as a function of Spark SQL: of a photo, the bytes of its file or an image of
 * Spark's schema, it gives a struct with the predicted {@code label}, the {@code probability} of
 * that class, the {@code probabilities} of all in their order, and the {@code reason} why there is
 * no prediction.
 *
 * <pre>{@code
 * ConvoyFunction.register(spark, "convoy_predict", "hdfs:///runs/first/models/conv24");
 * spark.sql("SELECT path, convoy_predict(content).label FROM photos");
 * }</pre>
 *
 * <p>SQL asks for one photo at a time, so that there are no minibatches: {@link
 * ConvoyModel#transform} is faster.
 */
public final class ConvoyFunction {
  /** The name under which the extension of sessions registers the function. */
  public static final String NAME = "convoy_predict";

  /** What the function gives. */
  static final StructType TYPE =
      new StructType()
          .add("label", DataTypes.StringType)
          .add("probability", DataTypes.DoubleType)
          .add("probabilities", DataTypes.createArrayType(DataTypes.DoubleType, false))
          .add("reason", DataTypes.StringType);

  private ConvoyFunction() {}

  /**
   * Registers the function in a session.
   *
   * @param name that it gets
   * @param model {@code RUN/models/NAME}, a file in it, or a folder that {@link ConvoyModel} saved
   * @throws UserException if there is no model that can be used
   */
  public static void register(SparkSession spark, String name, String model) {
    register(spark, name, ConvoyModel.of(spark, model));
  }

  /** Registers the function in a session, with the threshold of the model. */
  public static void register(SparkSession spark, String name, ConvoyModel model) {
    spark.udf().register(name, of(spark, model), TYPE);
  }

  /** The function of a model. */
  static UDF1<Object, Row> of(SparkSession spark, ConvoyModel model) {
    ExecutorsJar.require(spark.sparkContext());
    return new OnePhoto(model.network().send(spark.sparkContext()), model.scoring());
  }

  /** Scores a photo with what the thread finds ready. */
  private record OnePhoto(Broadcast<SharedNetwork> network, Scoring scoring)
      implements UDF1<Object, Row> {
    private static final long serialVersionUID = 1L;

    @Override
    public Row call(Object photo) {
      TaskContext task = TaskContext.get();
      PhotoPixels decoding = scoring.pixels();
      // Spark computes what is constant on the driver, outside of any task.
      Predictor predictor =
          network.value().take(task == null ? 1 : task.cpus(), scoring::predictor);
      try {
        return row(
            scoring
                .scorer(predictor)
                .score(
                    Collections.singletonList(photo).iterator(),
                    value -> PhotoColumn.of(value).read(value, decoding),
                    (value, said) -> said,
                    done -> {})
                .next());
      } finally {
        network.value().putBack(predictor);
      }
    }

    private Row row(Answer answer) {
      if (answer.decided() == null) {
        return RowFactory.create(null, null, null, RowScorer.reason(answer));
      }
      List<String> classes = scoring.decision().classes();
      double[] probabilities = RowScorer.probabilities(answer.outputs(), classes.size());
      return RowFactory.create(
          answer.decided(), probabilities[classes.indexOf(answer.decided())], probabilities, null);
    }
  }
}
