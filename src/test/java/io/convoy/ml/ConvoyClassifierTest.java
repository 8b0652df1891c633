package io.convoy.ml;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.Run;
import io.convoy.failure.UserException;
import io.convoy.sample.SampleAction;
import io.convoy.spark.SharedSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.feature.StringIndexer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Training on the photos of a table. */
class ConvoyClassifierTest {
  private static final SparkSession SPARK = SharedSpark.session();

  @TempDir static Path folder;
  private static Trained place;
  private static Dataset<Row> photos;

  @BeforeAll
  static void draw() {
    place = new Trained(folder);
    new SampleAction(SPARK).drawAnimals(place.at("photos"), 40, 1);
    photos =
        place
            .files("photos")
            .withColumn("animal", when(col("path").rlike("cat\\.\\d+"), "cat").otherwise("dog"));
  }

  private static ConvoyClassifier classifier(String run) {
    return new ConvoyClassifier()
        .setLabelCol("animal")
        .setSettings(
            new String[] {
              "images.height=16",
              "images.width=20",
              "architectures=null",
              "architectures.tiny=" + Trained.TINY
            })
        .setRunFolder(place.at(run));
  }

  @Test
  void aTableOfPhotosWithNamesOfClassesIsTrainedOn() throws IOException {
    ConvoyClassifier classifier = classifier("named").setPredictionCol("said");
    ConvoyModel model = classifier.fit(photos);
    assertArrayEquals(new String[] {"cat", "dog"}, model.classes());
    assertSame(classifier, model.parent());
    assertEquals("said", model.getPredictionCol());
    assertEquals(40, model.transform(photos).filter("said IS NOT NULL").count());
    assertEquals("tiny", Run.in(SPARK, place.at("named/run")).best().orElseThrow().architecture());
    assertFalse(Files.exists(folder.resolve("named/photos")));
  }

  @Test
  void inAPipelineIndicesKeepTheNamesOfTheirClasses() throws IOException {
    StringIndexer indexer =
        new StringIndexer()
            .setInputCol("animal")
            .setOutputCol("label")
            .setStringOrderType("alphabetDesc");
    Pipeline pipeline =
        new Pipeline()
            .setStages(new PipelineStage[] {indexer, classifier("indexed").setLabelCol("label")});
    pipeline.write().overwrite().save(place.at("pipeline"));
    PipelineModel model = Pipeline.load(place.at("pipeline")).fit(photos);
    ConvoyModel trained = (ConvoyModel) model.stages()[1];
    assertArrayEquals(new String[] {"dog", "cat"}, trained.classes());
    assertEquals(
        0, model.transform(photos).filter("(prediction = 1) != (predictedLabel = 'cat')").count());
  }

  @Test
  void imagesOfSparksSchemaAreTrainedOn() {
    Dataset<Row> images =
        SPARK
            .read()
            .format("image")
            .option("recursiveFileLookup", true)
            .load(place.at("photos"))
            .withColumn("animal", col("image.origin").rlike("cat\\.\\d+").cast("int"));
    ConvoyModel model = classifier("images").setFeaturesCol("image").fit(images);
    assertArrayEquals(new String[] {"0", "1"}, model.classes());
    assertEquals("image", model.getFeaturesCol());
  }

  private static void assertSays(String part, Class<? extends Exception> type, Runnable action) {
    String message = assertThrows(type, action::run).getMessage();
    assertTrue(message.contains(part), message);
    assertEquals(1, message.lines().count(), message);
  }

  @Test
  void mistakesAreToldInALine() throws IOException {
    Class<IllegalArgumentException> argument = IllegalArgumentException.class;
    assertSays(
        "setRunFolder", argument, () -> new ConvoyClassifier().setLabelCol("animal").fit(photos));
    assertSays("no column label", argument, () -> new ConvoyClassifier().fit(photos));
    assertSays(
        "animal is array",
        argument,
        () ->
            classifier("x")
                .fit(
                    photos
                        .withColumn("animal", col("content").cast("string"))
                        .selectExpr("content", "array(animal) AS animal")));
    assertSays(
        "no label",
        UserException.class,
        () -> classifier("x").fit(photos.withColumn("animal", lit(null).cast("string"))));
    assertSays(
        "cannot be classes",
        UserException.class,
        () -> classifier("x").fit(photos.withColumn("animal", lit("cat"))));
    assertSays(
        "no index",
        UserException.class,
        () -> classifier("x").fit(photos.withColumn("animal", lit(0.5))));
    assertSays(
        "no KEY=VALUE",
        UserException.class,
        () -> classifier("y").setSettings(new String[] {"images.height"}).fit(photos));
    Files.createDirectories(folder.resolve("full"));
    Files.writeString(folder.resolve("full/note.txt"), "mine");
    assertSays("not empty", UserException.class, () -> classifier("full").fit(photos));
    assertTrue(Files.exists(folder.resolve("full/note.txt")));
  }
}
