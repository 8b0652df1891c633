package io.convoy.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.cli.Command.Existing;
import io.convoy.cli.PredictCommand;
import io.convoy.cli.RunCommand;
import io.convoy.modelfile.ModelCard;
import io.convoy.modelfile.ModelFile;
import io.convoy.sample.SampleAction;
import io.convoy.settings.Precision;
import io.convoy.spark.SharedSpark;
import io.convoy.storage.Storage;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two equal trainings of a network that is too modest, of which one is calibrated. */
class CalibratedRunJobTest {
  private static final String NETWORK =
      "{layers=[{dense=16}], loss=cross-entropy, optimizer{name=adam, learning-rate=3e-3}, batch=8,"
          + " epochs=8, label-smoothing=0.8";

  @TempDir static Path folder;
  private static Workplace place;

  @BeforeAll
  static void train() {
    place = new Workplace(folder);
    new SampleAction(SharedSpark.session()).drawFigures(place.at("photos"), 200, 2, 1);
    new RunJob(place.context())
        .run(
            new RunCommand(
                place.at("photos"),
                place.at("run"),
                Optional.empty(),
                Workplace.settings(
                    Map.of(
                        "images.classes", "auto",
                        "architectures.own", NETWORK + "}",
                        "architectures.scaled", NETWORK + ", calibration=temperature}")),
                Existing.KEEP));
  }

  private static List<Row> table(String path, String where) {
    return SharedSpark.session()
        .read()
        .parquet(place.at(path))
        .where(where)
        .orderBy("path")
        .collectAsList();
  }

  private static Row metrics(String architecture) {
    return SharedSpark.session()
        .read()
        .parquet(place.at("run/tables/metrics.parquet"))
        .where("architecture = '" + architecture + "'")
        .first();
  }

  private static ModelCard card(String architecture) {
    Storage models = Storage.at(place.at("run/models/" + architecture), new Configuration());
    return ModelFile.at(models).card();
  }

  @Test
  void bothTellTheTemperatureAndWhatItDoes() {
    for (String figure :
        List.of(
            "temperature",
            "validation_ece_before_scaling",
            "validation_ece_after_scaling",
            "test_ece_before_scaling",
            "test_ece_after_scaling")) {
      assertEquals(
          metrics("own").<Double>getAs(figure), metrics("scaled").<Double>getAs(figure), figure);
    }
    double temperature = metrics("own").getAs("temperature");
    assertTrue(temperature < 0.9, () -> "temperature " + temperature);
  }

  @Test
  void onlyTheCalibratedOneIsScaled() {
    Row own = metrics("own");
    Row scaled = metrics("scaled");
    for (String split : List.of("validation", "test")) {
      assertEquals(
          own.<Double>getAs(split + "_ece_before_scaling"), own.<Double>getAs(split + "_ece"));
      assertEquals(
          own.<Double>getAs(split + "_ece_after_scaling"), scaled.<Double>getAs(split + "_ece"));
      assertEquals(
          own.<Double>getAs(split + "_accuracy"), scaled.<Double>getAs(split + "_accuracy"));
      assertTrue(
          scaled.<Double>getAs(split + "_cross_entropy")
              < own.<Double>getAs(split + "_cross_entropy"));
    }
    assertEquals(1, card("own").temperature());
    assertEquals(own.<Double>getAs("temperature"), card("scaled").temperature());
  }

  @Test
  void theModelsThresholdIsThatOfItsProbabilities() {
    for (String architecture : List.of("own", "scaled")) {
      assertEquals(
          metrics(architecture).<Double>getAs("validation_best_threshold"),
          card(architecture).threshold());
    }
  }

  @Test
  void predictionsAreThoseOfTheRun() {
    new PredictJob(new Workplace(folder).context())
        .run(
            new PredictCommand(
                place.at("run/models/scaled"),
                place.at("photos"),
                Optional.of(place.at("predictions")),
                OptionalDouble.empty(),
                Optional.of(Precision.FLOAT32),
                OptionalInt.empty(),
                PredictJobTest.defaults(Map.of()),
                Existing.KEEP));
    String name = card("scaled").classes().get(1);
    List<Row> expected =
        table("run/tables/predictions.parquet", "architecture = 'scaled' and split = 'test'");
    assertTrue(expected.size() > 10, expected::toString);
    for (Row row : expected) {
      String path = row.getAs("path");
      Row predicted = table("predictions/predictions.parquet", "path = '" + path + "'").get(0);
      assertEquals(
          row.<String, Float>getJavaMap(row.fieldIndex("probabilities")).get(name),
          predicted.<String, Float>getJavaMap(predicted.fieldIndex("probabilities")).get(name),
          1e-6f);
    }
    assertNull(metrics("scaled").getAs("failure"));
  }
}
