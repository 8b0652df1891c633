package io.convoy.dataset;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.udf;

import io.convoy.failure.UserException;
import io.convoy.settings.SplitSettings;
import io.convoy.settings.SplitSettings.ByCounts;
import io.convoy.settings.SplitSettings.ByShares;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataTypes;

/**
 * Gives each image of an index (columns {@code label}, {@code hash}, {@code path}) its {@code
 * split} and its {@code position} in it, from 0 in the order of the hashes.
 */
final class SplitAssignment {
  private final SplitSettings settings;
  private final List<String> classes;

  SplitAssignment(SplitSettings settings, List<String> classes) {
    this.settings = settings;
    this.classes = classes;
  }

  Dataset<Row> assign(Dataset<Row> index) {
    var inSplit = Window.partitionBy("split").orderBy("hash", "path");
    return withSplit(index).withColumn("position", row_number().over(inSplit).minus(1));
  }

  private Dataset<Row> withSplit(Dataset<Row> index) {
    if (settings instanceof ByShares shares) {
      UDF1<String, String> split = hash -> SplitRule.byShares(hash, shares).key();
      return index.withColumn("split", udf(split, DataTypes.StringType).apply(col("hash")));
    }
    ByCounts counts = (ByCounts) settings;
    int[] train = new int[classes.size()];
    int[] validation = new int[classes.size()];
    for (int label = 0; label < classes.size(); label++) {
      train[label] = SplitRule.perClass(counts.train(), label, classes.size());
      validation[label] = SplitRule.perClass(counts.validation(), label, classes.size());
    }
    UDF2<Integer, Integer, Integer> order =
        (label, rank) -> SplitRule.byCounts(rank, train[label], validation[label]).ordinal();
    UDF1<Integer, String> key = ordinal -> Split.values()[ordinal].key();
    Column rank = row_number().over(Window.partitionBy("label").orderBy("hash", "path"));
    // Byte-identical files share the earliest split of any of them, whatever their labels.
    Column ofSameBytes = min(col("order")).over(Window.partitionBy("hash"));
    return index
        .withColumn("rank", rank)
        .withColumn("order", udf(order, DataTypes.IntegerType).apply(col("label"), col("rank")))
        .withColumn("split", udf(key, DataTypes.StringType).apply(ofSameBytes))
        .drop("rank", "order");
  }

  /**
   * Refuses counts that the images cannot fill.
   *
   * @param perClass the usable images of each class
   */
  void requireEnough(List<Long> perClass) {
    if (settings instanceof ByCounts counts) {
      for (int label = 0; label < classes.size(); label++) {
        int needed = SplitRule.needed(counts, label, classes.size());
        if (perClass.get(label) < needed) {
          throw new UserException(
              "split.counts asks for %,d images of class %s (%,d for training and %,d for validation over"
                  + " all classes), and %,d can be used; lower the counts or split.by = shares.",
              needed, classes.get(label), counts.train(), counts.validation(), perClass.get(label));
        }
      }
    }
  }
}
