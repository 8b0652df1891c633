package io.convoy.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.cli.Command.Existing;
import io.convoy.cli.PredictCommand;
import io.convoy.cli.ReportCommand;
import io.convoy.settings.Precision;
import io.convoy.spark.SharedSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A class may be called anything that a folder may: one run with such names, and its uses. */
class ClassNamesTest {
  private static final String PLAIN = "Hot Dog";
  private static final String ODD = "猫 \"big\", <b>bold";
  private static final String ODD_IN_HTML = "猫 &quot;big&quot;, &lt;b&gt;bold";

  @TempDir static Path folder;
  private static Workplace place;

  @BeforeAll
  static void runOnce() throws IOException {
    place = new Workplace(folder).withPhotos();
    Files.move(place.path("photos/dogs"), place.path("photos/" + PLAIN));
    Files.move(place.path("photos/cats"), place.path("photos/" + ODD));
    new RunJob(place.context())
        .run(
            place.run(
                "run",
                Workplace.settings(
                    Map.of(
                        "images.classes",
                        "[\"Hot Dog\", \"猫 \\\"big\\\", <b>bold\"]",
                        "images.label-rule",
                        "folder"))));
  }

  private static Dataset<Row> csv(String file) {
    return SharedSpark.session()
        .read()
        .option("header", true)
        .option("quote", "\"")
        .option("escape", "\"")
        .csv(place.at(file));
  }

  private static Dataset<Row> parquet(String file) {
    return SharedSpark.session().read().parquet(place.at(file));
  }

  private static String predict(String images, Optional<String> out) {
    Workplace fresh = new Workplace(folder);
    new PredictJob(fresh.context())
        .run(
            new PredictCommand(
                fresh.at("run/models/deep"),
                images,
                out,
                OptionalDouble.empty(),
                Optional.of(Precision.FLOAT32),
                OptionalInt.empty(),
                PredictJobTest.defaults(Map.of()),
                Existing.KEEP));
    return fresh.out();
  }

  private static void assertNamesBothInPredictions(String tables) {
    Dataset<Row> saved = parquet(tables + "/predictions.parquet");
    assertEquals(List.of(saved.columns()), List.of(csv(tables + "/predictions.csv").columns()));
    assertEquals(Set.of(PLAIN, ODD), saved.select("probabilities").first().getJavaMap(0).keySet());
    assertEquals(
        saved.select("path", "predicted").sort("path").collectAsList(),
        csv(tables + "/predictions.csv").select("path", "predicted").sort("path").collectAsList());
  }

  @Test
  void theTablesOfTheRunHoldTheNames() {
    assertNamesBothInPredictions("run/tables");
    assertEquals(
        List.of(PLAIN, ODD),
        parquet("run/tables/predictions.parquet")
            .select("actual")
            .distinct()
            .sort("actual")
            .collectAsList()
            .stream()
            .map(row -> row.getString(0))
            .toList());
  }

  @Test
  void thePageShowsTheNamesAndTakesNoneForMarkup() throws IOException {
    Workplace fresh = new Workplace(folder);
    new ReportJob(fresh.context())
        .run(new ReportCommand(List.of(place.at("run")), Optional.of(place.at("again"))));

    String page = Files.readString(place.path("run/report/index.html"));
    assertTrue(page.contains(PLAIN), page);
    assertTrue(page.contains(ODD_IN_HTML), page);
    assertFalse(page.contains("<b>bold"), page);
  }

  @Test
  void aFolderIsPredictedWithTheNames() {
    predict(place.at("photos"), Optional.of(place.at("predicted")));
    assertNamesBothInPredictions("predicted");
  }

  @Test
  void onePhotoIsPredictedWithTheNames() throws IOException {
    String told = predict(place.at("photos/" + ODD + "/cat.0.jpg"), Optional.empty());
    assertTrue(told.contains(PLAIN) || told.contains(ODD), told);
  }
}
