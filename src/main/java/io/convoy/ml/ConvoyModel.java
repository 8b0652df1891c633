package io.convoy.ml;

import io.convoy.failure.UserException;
import io.convoy.ml.RowScorer.Invalid;
import io.convoy.ml.RowScorer.Output;
import io.convoy.modelfile.ModelCard;
import io.convoy.predict.Decision;
import io.convoy.predict.Scoring;
import io.convoy.predict.Scoring.Limits;
import io.convoy.settings.Precision;
import io.convoy.settings.SettingsLoader;
import io.convoy.train.Workers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.attribute.NominalAttribute;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * A trained network that predicts the class of photos in a column, as the command {@code predict}
 * does in a folder: the same pixels, the same test-time augmentation, the same temperature, in
 * float32.
 *
 * <pre>{@code
 * Dataset<Row> photos = spark.read().format("binaryFile").load("hdfs:///photos");
 * Dataset<Row> predicted = ConvoyModel.of("hdfs:///runs/first/models/conv24").transform(photos);
 * }</pre>
 *
 * <p>The column has bytes of files, or images of Spark's schema. A photo that cannot be used gives
 * nulls and a reason, and no exception. A network goes to each executor once, and a task makes its
 * predictor once; photos go through it in minibatches. Where the data frame has many more
 * partitions than there are cores, some become one task.
 */
public final class ConvoyModel extends Model<ConvoyModel>
    implements PhotoParams<ConvoyModel>, MLWritable {
  private static final long serialVersionUID = 1L;
  private static final int TWO = 2;
  private static final int TASKS_A_CORE = 8;
  private static final int FEWEST_TASKS = 32;

  private final String uid;
  private final transient TrainedNetwork network;
  private final PhotoColumns columns;
  private final DoubleParam threshold;

  ConvoyModel(String uid, TrainedNetwork network) {
    this.uid = uid;
    this.network = network;
    this.columns = PhotoColumns.of(this);
    this.threshold =
        new DoubleParam(
            this,
            "threshold",
            "of two classes, the probability above which a photo is called the second; the model's"
                + " own by default",
            ParamValidators.inRange(0, 1));
    columns.setDefaults(this);
    if (isOfTwo()) {
      setDefault(threshold, network.card().threshold());
    }
  }

  /**
   * A model that convoy has trained, as a stage; in the session that is active.
   *
   * @param model {@code RUN/models/NAME} for the best of an architecture, or a file in it, on any
   *     Hadoop file system
   * @throws UserException if there is no model that can be used
   */
  public static ConvoyModel of(String model) {
    return of(SparkSession.active(), model);
  }

  /** See {@link #of(String)}. */
  public static ConvoyModel of(SparkSession spark, String model) {
    return new ConvoyModel(
        Identifiable$.MODULE$.randomUID("convoy"),
        TrainedNetwork.at(TrainedNetwork.storage(spark, model)));
  }

  /** Reads what {@link #write} wrote; a folder of it. */
  public static ConvoyModel load(String path) {
    return read().load(path);
  }

  /** Reads what {@link #write} wrote. */
  public static MLReader<ConvoyModel> read() {
    return new SavedModel.Reader();
  }

  /**
   * Writes Spark ML's format: a folder with {@code metadata} and the model's file, as every command
   * of convoy reads it.
   */
  @Override
  public MLWriter write() {
    return new SavedModel.Writer(this, network);
  }

  @Override
  public String uid() {
    return uid;
  }

  @Override
  public PhotoColumns columns() {
    return columns;
  }

  /** The names of the classes, in the order of their indices. */
  public String[] classes() {
    return card().classes().toArray(String[]::new);
  }

  /** How many classes there are. */
  public int numClasses() {
    return card().classes().size();
  }

  /** Of two classes, the probability above which a photo is called the second. */
  public DoubleParam threshold() {
    return threshold;
  }

  /** See {@link #threshold}. */
  public double getThreshold() {
    return (double) getOrDefault(threshold);
  }

  /**
   * See {@link #threshold}; the model's own by default.
   *
   * @throws IllegalArgumentException if there are more than two classes, or it is not in 0 to 1
   */
  public ConvoyModel setThreshold(double probability) {
    requireOfTwo();
    set(threshold, probability);
    return this;
  }

  private ModelCard card() {
    return network.card();
  }

  private boolean isOfTwo() {
    return numClasses() == TWO;
  }

  private void requireOfTwo() {
    if (!isOfTwo()) {
      throw new IllegalArgumentException(
          "A threshold is for a model of two classes; this one has %,d, and calls a photo what has"
                  .formatted(numClasses())
              + " the greatest probability. Leave it out.");
    }
  }

  @Override
  public ConvoyModel copy(ParamMap extra) {
    return copyValues(new ConvoyModel(uid, network), extra).setParent(parent());
  }

  /**
   * Adds the columns; see {@link PhotoParams}.
   *
   * @throws IllegalArgumentException if a column is missing, of another type, or there already
   */
  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    Dataset<Row> photos = dataset.toDF();
    StructType schema = photos.schema();
    StructType extended = transformSchema(schema);
    RowScorer scorer =
        new RowScorer(
            network.on(photos.sparkSession().sparkContext()),
            scoring(),
            PhotoColumn.of(schema, getFeaturesCol()),
            schema.fieldIndex(getFeaturesCol()),
            List.copyOf(outputs().keySet()),
            getHandleInvalid().equals(PhotoColumns.SKIP) ? Invalid.SKIPPED : Invalid.KEPT);
    Dataset<Row> scored =
        photos.coalesce(tasks(photos)).mapPartitions(scorer, Encoders.row(extended));
    // Spark's encoder drops what the fields say beside their type, such as the classes.
    Column[] described = new Column[extended.size()];
    for (int i = 0; i < described.length; i++) {
      StructField field = extended.apply(i);
      described[i] = scored.col(quoted(field.name())).as(field.name(), field.metadata());
    }
    return scored.select(described);
  }

  /**
   * At most. A task has its price, and Spark reads files in tasks of 32; a few for each core are
   * enough, also where not all executors have come yet.
   */
  private static int tasks(Dataset<Row> photos) {
    Workers workers = Workers.of(photos.sparkSession().sparkContext(), OptionalInt.empty());
    return Math.max(FEWEST_TASKS, TASKS_A_CORE * workers.count() * workers.threads());
  }

  private static String quoted(String column) {
    return "`" + column.replace("`", "``") + "`";
  }

  /** How photos are scored now. */
  Scoring scoring() {
    double above = isOfTwo() ? getThreshold() : card().threshold();
    return Scoring.of(
        card(), Precision.FLOAT32, new Decision(card().classes(), above), Defaults.LIMITS);
  }

  TrainedNetwork network() {
    return network;
  }

  /** Read once. */
  private static final class Defaults {
    private static final Limits LIMITS = limits();

    private static Limits limits() {
      var images = new SettingsLoader().load(List.of(), Map.of()).settings().images();
      return new Limits(images.maxPixels(), images.maxFileBytes());
    }
  }

  @Override
  public StructType transformSchema(StructType schema) {
    PhotoColumn.of(schema, getFeaturesCol());
    if (isSet(threshold)) {
      requireOfTwo();
    }
    return extended(schema, outputs(), NominalAttribute.defaultAttr().withValues(classes()));
  }

  private Map<Output, String> outputs() {
    return outputs(this);
  }

  /** The columns that a stage adds, by their names, in their order. */
  static Map<Output, String> outputs(PhotoParams<?> stage) {
    Map<Output, String> outputs = new LinkedHashMap<>();
    outputs.put(Output.RAW_PREDICTION, stage.getRawPredictionCol());
    outputs.put(Output.PROBABILITY, stage.getProbabilityCol());
    outputs.put(Output.PREDICTION, stage.getPredictionCol());
    outputs.put(Output.PREDICTED_LABEL, stage.getPredictedLabelCol());
    outputs.put(Output.REASON, stage.getReasonCol());
    outputs.values().removeIf(String::isEmpty);
    return outputs;
  }

  /**
   * A schema with the columns that are added.
   *
   * @param classes what the prediction's index stands for
   * @throws IllegalArgumentException if one is there already
   */
  static StructType extended(
      StructType schema, Map<Output, String> outputs, NominalAttribute classes) {
    List<StructField> fields = new ArrayList<>(List.of(schema.fields()));
    List<String> names = new ArrayList<>(List.of(schema.fieldNames()));
    outputs.forEach(
        (output, name) -> {
          if (names.contains(name)) {
            throw new IllegalArgumentException(
                "There is a column %s already; name another with %s."
                    .formatted(name, setter(output)));
          }
          names.add(name);
          Metadata described =
              output == Output.PREDICTION ? classes.withName(name).toMetadata() : Metadata.empty();
          fields.add(new StructField(name, type(output), true, described));
        });
    return new StructType(fields.toArray(StructField[]::new));
  }

  private static DataType type(Output output) {
    return switch (output) {
      case RAW_PREDICTION, PROBABILITY -> SQLDataTypes.VectorType();
      case PREDICTION -> DataTypes.DoubleType;
      case PREDICTED_LABEL, REASON -> DataTypes.StringType;
    };
  }

  private static String setter(Output output) {
    return switch (output) {
      case RAW_PREDICTION -> "setRawPredictionCol";
      case PROBABILITY -> "setProbabilityCol";
      case PREDICTION -> "setPredictionCol";
      case PREDICTED_LABEL -> "setPredictedLabelCol";
      case REASON -> "setReasonCol";
    };
  }

  /** As in {@code ConvoyModel: uid=convoy_1, architecture=conv24, numClasses=2}. */
  @Override
  public String toString() {
    return "ConvoyModel: uid=%s, architecture=%s, numClasses=%d"
        .formatted(uid, card().architecture(), numClasses());
  }
}
