package io.convoy.report;

import io.convoy.dataset.DatasetTables;
import io.convoy.dataset.DatasetTables.Example;
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
          .add("probability", DataTypes.DoubleType, true)
          .add("actual", DataTypes.StringType, true);

  private final List<Example> examples;
  private final List<String> classes;

  /**
   * The probabilities of one architecture.
   *
   * @param architecture its name
   * @param threshold of its model; a greater probability is called positive
   * @param bySplit the probability at each position
   */
  public record Scores(String architecture, double threshold, Map<Split, float[]> bySplit) {
    /** From the predictions of the two splits. */
    public static Scores of(
        String architecture, double threshold, Predictions validation, Predictions test) {
      return new Scores(
          architecture,
          threshold,
          Map.of(Split.VALIDATION, validation.probabilities(), Split.TEST, test.probabilities()));
    }
  }

  /**
   * @param examples of the two splits; sorted here
   * @param classes in the order of their labels
   */
  public PredictionTable(List<Example> examples, List<String> classes) {
    this.classes = List.copyOf(classes);
    this.examples =
        examples.stream()
            .sorted(Comparator.comparing(Example::split).thenComparing(Example::position))
            .toList();
  }

  /**
   * The table of a data set.
   *
   * @param classes in the order of their labels
   */
  public static PredictionTable of(DatasetTables dataset, List<String> classes) {
    List<Example> examples = new ArrayList<>();
    dataset.forEachExample(
        example -> {
          if (example.split() != Split.TRAIN) {
            examples.add(example);
          }
        });
    return new PredictionTable(examples, classes);
  }

  /** Writes the table: the architectures in their order, then validation, test, then positions. */
  public void write(TableWriter writer, List<Scores> scores) {
    Stream<Row> rows =
        scores.stream().flatMap(one -> examples.stream().map(example -> row(example, one)));
    writer.write("predictions", columns(classes), rows.iterator(), TableWriter.Marker.SUCCESS);
  }

  /**
   * The columns of the table.
   *
   * @param classes in the order of their labels
   */
  public static StructType columns(List<String> classes) {
    return AnswerColumns.behind(SCHEMA, classes);
  }

  private Row row(Example example, Scores scores) {
    float probability = scores.bySplit.get(example.split())[example.position()];
    int label = example.photo().label();
    Double number = Float.isNaN(probability) ? null : (double) probability;
    // In float32, as the tables of thresholds do.
    int called = probability > (float) scores.threshold ? 1 : 0;
    List<Object> cells = new ArrayList<>();
    cells.add(scores.architecture);
    cells.add(example.split().key());
    cells.add(example.photo().path());
    cells.add(label);
    cells.add(number);
    cells.add(classes.get(label));
    cells.addAll(AnswerColumns.cells(classes, number, number == null ? null : classes.get(called)));
    return RowFactory.create(cells.toArray());
  }
}
