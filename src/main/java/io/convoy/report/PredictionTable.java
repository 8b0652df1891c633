package io.convoy.report;

import io.convoy.dataset.DatasetTables;
import io.convoy.dataset.DatasetTables.Example;
import io.convoy.dataset.Split;
import io.convoy.evaluate.Predictions;
import io.convoy.storage.Storage;
import io.convoy.table.Columns;
import io.convoy.table.SavedColumn;
import io.convoy.table.SavedRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** {@code predictions}: a row an architecture and image of the validation and test splits. */
public final class PredictionTable {
  private final Columns<Answer> columns = new Columns<>("predictions");
  private final SavedColumn<String> architecture =
      columns.text("architecture", a -> a.scores.architecture);
  private final SavedColumn<String> split = columns.text("split", a -> a.example.split().key());
  private final SavedColumn<String> path = columns.text("path", a -> a.example.photo().path());
  private final SavedColumn<Integer> label = columns.integer("label", Answer::label);
  private final SavedColumn<Double> probability =
      columns.number("probability", Answer::positiveProbability);
  private final SavedColumn<Map<String, Float>> probabilities;
  private final List<String> classes;

  /**
   * @param classes in the order of their labels
   */
  public PredictionTable(List<String> classes) {
    this.classes = classes;
    columns.text("actual", answer -> classes.get(answer.label()));
    probabilities =
        AnswerColumns.add(
            columns,
            classes,
            Answer::outputs,
            answer -> answer.outputs() == null ? null : classes.get(answer.called()));
  }

  /** What an architecture says of a photo. */
  private record Answer(Scores scores, Example example) {
    Predictions predictions() {
      return scores.bySplit.get(example.split());
    }

    int label() {
      return example.photo().label();
    }

    /** The network's; null where it gave no number. */
    float[] outputs() {
      float[] outputs = predictions().ofImage(example.position());
      return Float.isNaN(outputs[0]) ? null : outputs;
    }

    /** Of the positive class; null for more than two classes, and without a number. */
    Double positiveProbability() {
      float[] outputs = outputs();
      return outputs == null || outputs.length > 1 ? null : (double) outputs[0];
    }

    /** In float32, as the tables of thresholds do. */
    int called() {
      return predictions().isBinary()
          ? outputs()[0] > (float) scores.threshold ? 1 : 0
          : predictions().predicted(example.position());
    }
  }

  /**
   * The predictions of one architecture.
   *
   * @param architecture its name
   * @param threshold of its model of two classes; a greater probability is called positive
   * @param examples that it predicts, in the order of the table
   * @param bySplit of the images, at their positions
   */
  public record Scores(
      String architecture,
      double threshold,
      List<Example> examples,
      Map<Split, Predictions> bySplit) {}

  /**
   * A row as it is read.
   *
   * @param split its key
   * @param outputs the network's, one of two classes, else one a class; NaN where it gave no number
   */
  public record Prediction(
      String architecture, String split, String path, int label, float[] outputs) {}

  /** The names and types of the columns. */
  public StructType schema() {
    return columns.schema();
  }

  /** Writes the table: the architectures in their order, then validation, test, then positions. */
  public void write(TableWriter writer, List<Scores> scores) {
    Stream<Row> rows =
        scores.stream()
            .flatMap(
                one -> one.examples.stream().map(example -> columns.row(new Answer(one, example))));
    writer.write("predictions", columns.schema(), rows.iterator(), TableWriter.Marker.SUCCESS);
  }

  /** The validation and test examples of a data set, in the order of the table. */
  public static List<Example> examples(DatasetTables dataset) {
    List<Example> examples = new ArrayList<>();
    dataset.forEachExample(
        example -> {
          if (example.split() != Split.TRAIN) {
            examples.add(example);
          }
        });
    examples.sort(Comparator.comparing(Example::split).thenComparing(Example::position));
    return examples;
  }

  void read(Storage folder, Consumer<Prediction> reader) {
    columns.read(
        folder,
        row ->
            reader.accept(
                new Prediction(
                    row.value(architecture),
                    row.value(split),
                    row.value(path),
                    row.value(label),
                    outputs(row))));
  }

  private float[] outputs(SavedRow row) {
    if (classes.size() == 2) {
      return new float[] {(float) row.number(probability)};
    }
    Map<String, Float> byName = row.valueOrNull(probabilities);
    float[] outputs = new float[classes.size()];
    for (int label = 0; label < outputs.length; label++) {
      outputs[label] =
          byName == null ? Float.NaN : byName.getOrDefault(classes.get(label), Float.NaN);
    }
    return outputs;
  }
}
