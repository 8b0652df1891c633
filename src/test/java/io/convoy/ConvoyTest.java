package io.convoy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.failure.UserException;
import io.convoy.sample.SampleAction;
import io.convoy.spark.SharedSpark;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Convoy as another program uses it. */
class ConvoyTest {
  private static final SparkSession SPARK = SharedSpark.session();
  private static final PrintStream STDOUT = System.out;
  private static final ByteArrayOutputStream PRINTED = new ByteArrayOutputStream();

  @TempDir static Path folder;

  private static final List<String> LINES = new CopyOnWriteArrayList<>();
  private static PreparedDataset photos;
  private static Run run;
  private static Predictions predictions;

  @BeforeAll
  static void useEachMethod() {
    new SampleAction(SPARK).drawAnimals(at("photos"), 40, 1);
    System.setOut(new PrintStream(PRINTED, true, StandardCharsets.UTF_8));
    photos =
        Convoy.prepare(SPARK, at("photos"))
            .set("images.height", 16)
            .set("images.width", 20)
            .set("images.classes", List.of("dog", "cat"))
            .writeTo(at("set"));
    run = tiny(Convoy.train(SPARK, photos.folder())).progress(LINES::add).writeTo(at("run"));
    predictions =
        Convoy.predict(SPARK, run.best().orElseThrow().file(), at("photos"))
            .threshold(0.25)
            .writeTo(at("predictions"));
  }

  @AfterAll
  static void printAgain() {
    System.setOut(STDOUT);
  }

  private static String at(String name) {
    return folder.resolve(name).toString();
  }

  /** Two architectures of a few hundred parameters, one epoch. */
  private static <R extends TrainingRequest<R>> R tiny(TrainingRequest<R> request) {
    String rest = "loss=cross-entropy, optimizer{name=adam, learning-rate=1e-3}, batch=8";
    return request
        .set("architectures", "null")
        .set("architectures.wide", "{layers=[{dense=4}], epochs=7, " + rest + "}")
        .set("architectures.deep", "{layers=[{conv=2,kernel=3},{dense=3}], epochs=7, " + rest + "}")
        .set("architectures.other", "{layers=[{dense=2}], epochs=7, " + rest + "}")
        .architectures("deep", "wide")
        .epochs(1);
  }

  @Test
  void aDataSetTellsItsExamples() {
    assertEquals(List.of("dog", "cat"), photos.classes());
    assertEquals(16, photos.height());
    assertEquals(20, photos.width());
    assertEquals(40, photos.train() + photos.validation() + photos.test() + photos.rejected());
    assertEquals(photos, PreparedDataset.in(SPARK, at("set")));
  }

  @Test
  void aRunTellsItsModelsTheBestFirst() {
    assertEquals(
        List.of("deep", "wide"),
        run.models().stream().map(TrainedModel::architecture).sorted().toList());
    double best = run.models().get(0).validation().mse().orElseThrow();
    assertTrue(best <= run.models().get(1).validation().mse().orElseThrow());
    for (TrainedModel model : run.models()) {
      assertEquals(1, model.epochs());
      assertEquals(photos.test(), model.test().images());
      assertTrue(model.file().startsWith("file:") || model.file().startsWith("/"), model.file());
    }
    assertEquals(run, Run.in(SPARK, at("run")));
  }

  @Test
  void theTablesOfARunAreDataFrames() {
    assertEquals(2, run.table(SPARK, "metrics").select("architecture", "test_auc").count());
    assertRefused(() -> run.table(SPARK, "metric"), "no such table");
  }

  @Test
  void predictionsAreCountedAndADataFrame() {
    assertEquals(40, predictions.photos());
    assertEquals(0, predictions.rejected());
    assertEquals(40, predictions.perClass().values().stream().mapToLong(Long::longValue).sum());
    Map<String, Long> rows = new HashMap<>();
    for (Row row : predictions.rows(SPARK).groupBy("predicted").count().collectAsList()) {
      rows.put(row.getString(0), row.getLong(1));
    }
    assertEquals(predictions.perClass(), rows);
    assertEquals(0, predictions.rejectedRows(SPARK).count());
  }

  @Test
  void photosAreTrainedOnInOneRequest() {
    Run direct =
        tiny(Convoy.run(SPARK, at("photos")))
            .set("images", Map.of("height", 16, "width", 20))
            .set("images.classes", List.of("dog", "cat"))
            .datasets(at("datasets"))
            .writeTo(at("direct"));
    assertEquals(
        run.models().stream().map(TrainedModel::validation).toList(),
        direct.models().stream().map(TrainedModel::validation).toList());
    assertTrue(Files.isDirectory(folder.resolve("datasets")));
  }

  @Test
  void nothingIsPrintedAndTheLinesAreForWhoeverAsksForThem() {
    assertEquals("", PRINTED.toString(StandardCharsets.UTF_8));
    assertTrue(LINES.stream().anyMatch(line -> line.startsWith("train: ")), LINES::toString);
    assertTrue(LINES.stream().anyMatch(line -> line.startsWith("Report: ")), LINES::toString);
    assertTrue(LINES.stream().noneMatch(line -> line.contains("\n") || line.contains("\r")));
  }

  @Test
  void theSessionStaysOpenAndKeepsItsSettings() {
    SparkSession tokyo = SPARK.newSession();
    tokyo.conf().set("spark.sql.session.timeZone", "Asia/Tokyo");

    Convoy.prepare(tokyo, at("photos"))
        .set("images.height", 16)
        .set("images.width", 20)
        .writeTo(at("tokyo"));

    assertEquals("Asia/Tokyo", tokyo.conf().get("spark.sql.session.timeZone"));
    assertFalse(tokyo.sparkContext().isStopped());
  }

  @Test
  void theJobsOfTheCallerHaveTheNamesThatTheyHadBefore() {
    SPARK.sparkContext().setJobDescription("mine");
    try {
      Convoy.predict(SPARK, run.best().orElseThrow().file(), at("photos")).writeTo(at("named"));
      assertEquals("mine", SPARK.sparkContext().getLocalProperty("spark.job.description"));
      assertNull(SPARK.sparkContext().getLocalProperty("callSite.short"));
    } finally {
      SPARK.sparkContext().setJobDescription(null);
    }
  }

  @Test
  void aRequestMayBeTheBeginningOfSeveral() {
    PrepareRequest first = Convoy.prepare(SPARK, at("photos")).set("images.height", 16);
    PrepareRequest wide = first.set("images.width", 24);
    first.set("images.width", 8);

    assertEquals(24, wide.writeTo(at("wide")).width());
  }

  @Test
  void whatIsThereIsKeptUnlessItMayBeOverwritten() {
    TrainRequest again = tiny(Convoy.train(SPARK, photos.folder()));
    assertRefused(() -> again.writeTo(at("run")), "finished run");
    assertEquals(run, again.resume().writeTo(at("run")));
    PrepareRequest smaller =
        Convoy.prepare(SPARK, at("photos")).set("images.height", 8).set("images.width", 8);
    smaller.writeTo(at("smaller"));
    assertEquals(12, smaller.set("images.height", 12).overwrite().writeTo(at("smaller")).height());
  }

  @Test
  void mistakesAreThrownAsOneLine() {
    assertRefused(
        () -> Convoy.prepare(SPARK, at("nowhere")).writeTo(at("refused")), "no such folder");
    assertRefused(() -> Convoy.train(SPARK, at("nowhere")).writeTo(at("refused")), "no such data");
    assertRefused(
        () -> Convoy.train(SPARK, photos.folder()).set("trian.seed", 1).writeTo(at("refused")),
        "trian");
    assertRefused(
        () -> Convoy.predict(SPARK, at("nowhere"), at("photos")).writeTo(at("refused")), "nowhere");
    assertFalse(Files.exists(folder.resolve("refused")));
  }

  @Test
  void argumentsOutsideTheirRangeAreRefusedAtOnce() {
    TrainRequest train = Convoy.train(SPARK, photos.folder());
    PredictRequest predict = Convoy.predict(SPARK, at("model"), at("photos"));
    assertThrows(IllegalArgumentException.class, () -> train.epochs(0));
    assertThrows(IllegalArgumentException.class, () -> train.set("train.seed", new Object()));
    assertThrows(IllegalArgumentException.class, () -> predict.threshold(1.5));
    assertThrows(IllegalArgumentException.class, () -> predict.threshold(Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> predict.precision("float8"));
    assertThrows(NullPointerException.class, () -> Convoy.train(null, at("set")));
  }

  @Test
  void whatTheListenerThrowsComesBack() {
    IllegalStateException thrown = new IllegalStateException("enough");
    assertSame(
        thrown,
        assertThrows(
            IllegalStateException.class,
            () ->
                Convoy.prepare(SPARK, at("photos"))
                    .progress(
                        line -> {
                          throw thrown;
                        })
                    .writeTo(at("thrown"))));
  }

  private static void assertRefused(Runnable work, String reason) {
    String message = assertThrows(UserException.class, work::run).getMessage();
    assertTrue(message.contains(reason), message);
    assertEquals(1, message.lines().count(), message);
  }
}
