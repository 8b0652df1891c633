package io.convoy.report;

import io.convoy.dataset.AssignedPhoto;
import io.convoy.dataset.DatasetTables;
import io.convoy.dataset.Split;
import io.convoy.evaluate.Predictions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** {@code predictions}: a row an architecture and image of the validation and test splits. */
public final class PredictionTable {
  private static final StructType SCHEMA =
      new StructType()
          .add("architecture", DataTypes.StringType, true)
          .add("split", DataTypes.StringType, true)
          .add("path", DataTypes.StringType, true)
          .add("label", DataTypes.IntegerType, true)
          .add("probability", DataTypes.DoubleType, true);

  private final List<AssignedPhoto> photos;

  /**
   * The probabilities of one architecture.
   *
   * @param architecture its name
   * @param bySplit the probability at each position
   */
  public record Scores(String architecture, Map<Split, float[]> bySplit) {
    /** From the predictions of the two splits. */
    public static Scores of(String architecture, Predictions validation, Predictions test) {
      return new Scores(
          architecture,
          Map.of(Split.VALIDATION, validation.probabilities(), Split.TEST, test.probabilities()));
    }
  }

  /**
   * @param photos of the two splits; sorted here
   */
  public PredictionTable(List<AssignedPhoto> photos) {
    this.photos =
        photos.stream()
            .sorted(
                Comparator.comparing(AssignedPhoto::split).thenComparing(AssignedPhoto::position))
            .toList();
  }

  /** The table of a data set. */
  public static PredictionTable of(DatasetTables dataset) {
    List<AssignedPhoto> photos = new ArrayList<>();
    dataset.forEachExample(
        photo -> {
          if (photo.split() != Split.TRAIN) {
            photos.add(photo);
          }
        });
    return new PredictionTable(photos);
  }

  /** Writes the table: the architectures in their order, then validation, test, then positions. */
  public void write(TableWriter writer, List<Scores> scores) {
    Stream<Row> rows =
        scores.stream().flatMap(one -> photos.stream().map(photo -> row(photo, one)));
    writer.write("predictions", SCHEMA, rows.iterator(), TableWriter.Marker.SUCCESS);
  }

  private static Row row(AssignedPhoto each, Scores scores) {
    float probability = scores.bySplit.get(each.split())[each.position()];
    return RowFactory.create(
        scores.architecture,
        each.split().key(),
        each.photo().path(),
        each.photo().label(),
        Float.isNaN(probability) ? null : (double) probability);
  }
}
