package io.convoy.ml;

import io.convoy.engine.Predictor;
import io.convoy.evaluate.Predictions;
import io.convoy.ingest.PhotoPixels;
import io.convoy.predict.Answer;
import io.convoy.predict.Scoring;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.util.TaskCompletionListener;

/**
 * Gives the rows of a partition their predictions, a minibatch at a time.
 *
 * @param network once on each executor
 * @param scoring how
 * @param kind of the photos
 * @param column the place of the photos in a row
 * @param outputs what is added to a row, in this order
 * @param invalid what becomes of a row without a prediction
 */
record RowScorer(
    Broadcast<SharedNetwork> network,
    Scoring scoring,
    PhotoColumn kind,
    int column,
    List<Output> outputs,
    Invalid invalid)
    implements MapPartitionsFunction<Row, Row> {
  private static final long serialVersionUID = 1L;

  /** What the reason is where a network that diverged gives NaN. */
  static final String NO_NUMBER = "the network gives no number, as it diverged in training";

  /** What becomes of the row of a photo that cannot be used. */
  enum Invalid {
    KEPT,
    SKIPPED
  }

  /** A column that is added. */
  enum Output {
    RAW_PREDICTION,
    PROBABILITY,
    PREDICTION,
    PREDICTED_LABEL,
    REASON;

    Object of(Answer answer, List<String> classes) {
      if (this == REASON) {
        return reason(answer);
      }
      if (answer.decided() == null) {
        return null;
      }
      return switch (this) {
        case RAW_PREDICTION -> Vectors.dense(logarithms(answer.outputs(), classes.size()));
        case PROBABILITY -> Vectors.dense(probabilities(answer.outputs(), classes.size()));
        case PREDICTION -> (double) classes.indexOf(answer.decided());
        case PREDICTED_LABEL -> answer.decided();
        case REASON -> throw new IllegalStateException();
      };
    }
  }

  /** Why there is no prediction; null where there is one. */
  static String reason(Answer answer) {
    if (answer.reason() != null) {
      return answer.reason();
    }
    return answer.decided() == null ? NO_NUMBER : null;
  }

  /** 0 to 1, of each class in their order. */
  static double[] probabilities(float[] outputs, int classes) {
    return IntStream.range(0, classes)
        .mapToDouble(label -> Predictions.probability(outputs, label))
        .toArray();
  }

  /** Natural ones, finite also of a probability that is 0 in float32. */
  private static double[] logarithms(float[] outputs, int classes) {
    double[] values = probabilities(outputs, classes);
    for (int label = 0; label < classes; label++) {
      values[label] = Math.log(Math.max(values[label], Float.MIN_VALUE));
    }
    return values;
  }

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    TaskContext task = TaskContext.get();
    SharedNetwork shared = network.value();
    Predictor predictor = shared.take(task.cpus(), scoring::lastingPredictor);
    task.addTaskCompletionListener((TaskCompletionListener) end -> giveUp(predictor, shared, end));
    PhotoPixels decoding = scoring.pixels();
    Iterator<Scored> scored =
        scoring
            .scorer(predictor)
            .score(rows, row -> kind.read(row.get(column), decoding), Scored::new, done -> {});
    Iterable<Scored> each = () -> scored;
    return StreamSupport.stream(each.spliterator(), false)
        .filter(row -> invalid == Invalid.KEPT || row.answer.decided() != null)
        .map(row -> extended(row.row, row.answer))
        .iterator();
  }

  /** What failed in the middle may not be fit for another task. */
  private static void giveUp(Predictor predictor, SharedNetwork shared, TaskContext task) {
    if (task.isFailed()) {
      predictor.close();
    } else {
      shared.putBack(predictor);
    }
  }

  private record Scored(Row row, Answer answer) {}

  private Row extended(Row row, Answer answer) {
    Object[] values = new Object[row.length() + outputs.size()];
    for (int i = 0; i < row.length(); i++) {
      values[i] = row.get(i);
    }
    for (int i = 0; i < outputs.size(); i++) {
      values[row.length() + i] = outputs.get(i).of(answer, scoring.decision().classes());
    }
    return RowFactory.create(values);
  }
}
