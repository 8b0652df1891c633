package io.convoy.predict;

import static org.apache.spark.sql.functions.col;

import io.convoy.failure.UserException;
import io.convoy.report.TableWriter;
import io.convoy.report.TableWriter.Marker;
import io.convoy.storage.Storage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Scored photos as their tasks have written them, without pixels: Parquet files in a hidden folder,
 * of which the tables are made without scoring again.
 */
public final class ScoredParts implements AutoCloseable {
  private static final String PREDICTIONS = "predictions";
  private static final String REJECTED = "rejected";

  /** Is there once all tables are, below the folder of the tables. */
  public static final String MARKER = PREDICTIONS + ".parquet/_SUCCESS";

  private static final int SHOWN_REASONS = 3;

  private final Storage folder;
  private final Dataset<Row> rows;

  private ScoredParts(Storage folder, Dataset<Row> rows) {
    this.folder = folder;
    this.rows = rows;
  }

  /**
   * Writes the parts, one a task.
   *
   * @param photos are computed once
   * @param out the folder that will have the tables
   */
  public static ScoredParts write(SparkSession spark, JavaRDD<ScoredPhoto> photos, Storage out) {
    Storage folder = out.child(PREDICTIONS).aside();
    // The folder's own name is hidden, which Spark warns of where it reads.
    String parts = folder.child("parts").toString();
    try {
      spark
          .createDataFrame(photos.map(ScoredPhoto::row), ScoredPhoto.SCHEMA)
          .write()
          .parquet(parts);
      return new ScoredParts(folder, spark.read().schema(ScoredPhoto.SCHEMA).parquet(parts));
    } catch (Exception | Error e) {
      // Exception, as Spark throws checked ones that its Java signatures do not name.
      folder.delete();
      throw e;
    }
  }

  /**
   * How many photos there are.
   *
   * @param perClass by the class's name
   * @param undefined for which the network gave no number
   * @param rejected which could not be used
   */
  public record Counts(Map<String, Long> perClass, long undefined, long rejected) {
    /** Those that the network was asked about. */
    public long scored() {
      return undefined + perClass.values().stream().mapToLong(Long::longValue).sum();
    }
  }

  /**
   * Counts.
   *
   * @throws UserException if all photos are rejected
   */
  public Counts counts() {
    Map<String, Long> perClass = new HashMap<>();
    long undefined = 0;
    long rejected = 0;
    for (Row row : rows.groupBy(col("class"), col("reason").isNotNull()).count().collectAsList()) {
      if (row.getBoolean(1)) {
        rejected += row.getLong(2);
      } else if (row.isNullAt(0)) {
        undefined += row.getLong(2);
      } else {
        perClass.put(row.getString(0), row.getLong(2));
      }
    }
    Counts counts = new Counts(perClass, undefined, rejected);
    if (counts.scored() == 0) {
      throw noneUsable(rejected);
    }
    return counts;
  }

  private UserException noneUsable(long rejected) {
    List<String> first =
        rejectedRows().orderBy("path").limit(SHOWN_REASONS).collectAsList().stream()
            .map(row -> row.getString(0) + ": " + row.getString(1))
            .map(line -> line.replaceAll("\\p{Cntrl}", "?"))
            .toList();
    return new UserException(
        "None of the %,d images can be used; the first: %s. Check --images.",
        rejected, String.join("; ", first));
  }

  /**
   * Writes {@code rejected} and then {@code predictions}, each in the order of the paths, one row
   * after the other.
   */
  public void writeTables(TableWriter tables) {
    tables.write(REJECTED, inOrder(rejectedRows()), Marker.SUCCESS);
    tables.write(
        PREDICTIONS,
        inOrder(rows.where("reason is null").select("path", "probability", "class")),
        Marker.SUCCESS);
  }

  private Dataset<Row> rejectedRows() {
    return rows.where("reason is not null").select("path", "reason", "found");
  }

  /** In one partition, whose sorting goes to disk where memory is short. */
  private static Dataset<Row> inOrder(Dataset<Row> table) {
    return table.repartition(1).sortWithinPartitions("path");
  }

  /** Deletes the parts. */
  @Override
  public void close() {
    folder.delete();
  }
}
