package io.convoy.report;

import io.convoy.evaluate.Predictions;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * {@code predictions}: a row an architecture and image of the validation and test splits. The paths
 * stay on the executors; the driver has no more of an image than its probabilities.
 */
public final class PredictionTable {
  private static final StructType SCHEMA =
      new StructType()
          .add("architecture", DataTypes.StringType, true)
          .add("split", DataTypes.StringType, true)
          .add("path", DataTypes.StringType, true)
          .add("label", DataTypes.IntegerType, true)
          .add("probability", DataTypes.DoubleType, true);

  private final SparkSession spark;
  private final Dataset<Row> index;

  /**
   * The probabilities of one architecture.
   *
   * @param architecture its name
   * @param bySplit for each split's key, the probability at each position
   */
  public record Scores(String architecture, Map<String, float[]> bySplit) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** From the predictions of the two splits. */
    public static Scores of(String architecture, Predictions validation, Predictions test) {
      return new Scores(
          architecture,
          Map.of("validation", validation.probabilities(), "test", test.probabilities()));
    }
  }

  /**
   * @param spark the session
   * @param index the data set's index, with columns {@code split}, {@code position}, {@code path},
   *     {@code label}
   */
  public PredictionTable(SparkSession spark, Dataset<Row> index) {
    this.spark = spark;
    this.index = index;
  }

  /** Writes the table: the architectures in their order, then validation, test, then positions. */
  public void write(TableWriter writer, List<Scores> scores) {
    Broadcast<List<Scores>> all =
        JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(new ArrayList<>(scores));
    try {
      Dataset<Row> examples =
          index
              .where("split <> 'train'")
              .select("split", "position", "path", "label")
              .repartition(1)
              .sortWithinPartitions(index.col("split").desc(), index.col("position"));
      Dataset<Row> rows =
          spark.createDataFrame(
              examples.javaRDD().mapPartitions(rowsOf -> rows(rowsOf, all.value())), SCHEMA);
      writer.write("predictions", rows, TableWriter.Marker.SUCCESS);
    } finally {
      all.destroy();
    }
  }

  private static Iterator<Row> rows(Iterator<Row> examples, List<Scores> scores) {
    List<Row> index = new ArrayList<>();
    examples.forEachRemaining(index::add);
    return scores.stream()
        .flatMap(one -> index.stream().map(example -> row(example, one)))
        .iterator();
  }

  private static Row row(Row example, Scores scores) {
    String split = example.getString(0);
    float probability = scores.bySplit.get(split)[example.getInt(1)];
    return RowFactory.create(
        scores.architecture,
        split,
        example.getString(2),
        example.getInt(3),
        Float.isNaN(probability) ? null : (double) probability);
  }
}
