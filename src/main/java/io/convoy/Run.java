package io.convoy;

import io.convoy.failure.UserException;
import io.convoy.job.RunFiles;
import io.convoy.job.SavedRun;
import io.convoy.spark.ExactPaths;
import io.convoy.storage.Storage;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A run: architectures that were trained, and measured on the same photos.
 *
 * @param folder that it is in
 * @param models what is trained, the lowest mean squared error on validation first, and what failed
 *     last
 * @param page the HTML page that compares them
 */
public record Run(String folder, List<TrainedModel> models, String page) {

  /** Copies the list. */
  public Run {
    models = List.copyOf(models);
  }

  /**
   * Reads what is in a folder, of a run that may still go on.
   *
   * @param spark an open session
   * @param folder of a run
   * @throws UserException if there is no run in it
   */
  public static Run in(SparkSession spark, String folder) {
    return Order.in(spark).perform(context -> in(context.storage(folder)));
  }

  static Run in(Storage folder) {
    SavedRun saved = SavedRun.read(folder);
    RunFiles files = saved.files();
    return new Run(
        folder.toString(),
        saved.results().stream()
            .map(
                result ->
                    TrainedModel.of(
                        result, files.bestModel(result.architecture().name()).toString()))
            .toList(),
        files.page().toString());
  }

  /** The model with the lowest mean squared error on validation; empty where none is trained. */
  public Optional<TrainedModel> best() {
    return models.stream().filter(model -> model.failure().isEmpty()).findFirst();
  }

  /**
   * A table of the run, as Spark reads it: {@code metrics}, {@code epochs}, {@code predictions} or
   * another that the page of the formats lists.
   *
   * @param spark an open session
   * @param name of the table
   * @throws UserException if the run has no table of that name
   */
  public Dataset<Row> table(SparkSession spark, String name) {
    return Order.in(spark)
        .perform(
            context -> {
              Storage table = new RunFiles(context.storage(folder)).table(name);
              if (!table.exists()) {
                throw new UserException("%s: the run has no such table.", table);
              }
              return ExactPaths.reader(spark).parquet(table.toString());
            });
  }
}
