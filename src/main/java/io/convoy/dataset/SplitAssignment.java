package io.convoy.dataset;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.udf;

import io.convoy.failure.UserException;
import io.convoy.settings.SplitSettings;
import io.convoy.settings.SplitSettings.ByCounts;
import io.convoy.settings.SplitSettings.ByShares;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
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
   * Counts the images of each split.
   *
   * @param recordBytes bytes of an example
   * @param shardBytes at most this many bytes a shard
   * @throws UserException if there are too few images
   */
  Map<Split, SplitCounts> counts(Dataset<Row> assigned, int recordBytes, long shardBytes) {
    Integer[] all = zeros();
    Map<Split, Integer[]> perClass = new EnumMap<>(Split.class);
    for (Split split : Split.values()) {
      perClass.put(split, zeros());
    }
    for (Row row : assigned.groupBy("split", "label").count().collectAsList()) {
      int images = Math.toIntExact(row.getLong(2));
      perClass.get(Split.of(row.getString(0)))[row.getInt(1)] = images;
      all[row.getInt(1)] += images;
    }
    requireEnough(List.of(all));
    Map<Split, SplitCounts> counts = new EnumMap<>(Split.class);
    perClass.forEach(
        (split, images) ->
            counts.put(split, SplitCounts.of(List.of(images), recordBytes, shardBytes)));
    if (counts.get(Split.TRAIN).examples() == 0) {
      throw new UserException(
          "None of the images fell into the training split: add images, or raise split.shares.train.");
    }
    return counts;
  }

  private Integer[] zeros() {
    return Collections.nCopies(classes.size(), 0).toArray(Integer[]::new);
  }

  /**
   * Refuses images that cannot fill the splits.
   *
   * @param perClass the usable images of each class
   */
  void requireEnough(List<Integer> perClass) {
    for (int label = 0; label < classes.size(); label++) {
      String name = classes.get(label);
      int usable = perClass.get(label);
      if (usable == 0) {
        throw new UserException("None of the images of class %s can be used.", name);
      }
      if (settings instanceof ByCounts counts) {
        int needed = SplitRule.needed(counts, label, classes.size());
        if (usable < needed) {
          throw new UserException(
              "split.counts asks for %,d images of class %s (%,d for training and %,d for validation"
                  + " over all classes), and %,d can be used; lower the counts or split.by = shares.",
              needed, name, counts.train(), counts.validation(), usable);
        }
      }
    }
  }
}
