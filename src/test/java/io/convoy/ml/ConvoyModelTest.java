package io.convoy.ml;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.Convoy;
import io.convoy.failure.UserException;
import io.convoy.spark.SharedSpark;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.spark.SparkConf;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.evaluation.BinaryClassificationEvaluator;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.feature.IndexToString;
import org.apache.spark.ml.feature.SQLTransformer;
import org.apache.spark.ml.feature.StringIndexerModel;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.serializer.KryoSerializer;
import org.apache.spark.serializer.SerializerInstance;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.SparkSessionExtensions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.reflect.ClassTag$;

/** Tiny networks as stages of Spark ML. */
class ConvoyModelTest {
  private static final SparkSession SPARK = SharedSpark.session();
  private static final StructType CONTENT = new StructType().add("content", DataTypes.BinaryType);

  @TempDir static Path folder;
  private static Trained trained;
  private static String ofTwo;
  private static ConvoyModel two;
  private static ConvoyModel five;

  @BeforeAll
  static void train() {
    trained = new Trained(folder);
    ofTwo = trained.ofTwo();
    two = ConvoyModel.of(ofTwo);
    five = ConvoyModel.of(trained.ofFive());
  }

  private static Dataset<Row> contents(byte[]... photos) {
    return SPARK.createDataFrame(
        Stream.of(photos).map(photo -> RowFactory.create((Object) photo)).toList(), CONTENT);
  }

  private static List<Path> photos(String name) throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve(name))) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static byte[] photo() throws IOException {
    return Files.readAllBytes(photos("photos").get(0));
  }

  /** The labels of photos by their files' names, as the evaluator wants them. */
  private static Dataset<Row> labelled(Dataset<Row> photos) {
    return photos.withColumn("label", col("path").rlike("cat\\.\\d+").cast(DataTypes.DoubleType));
  }

  @Test
  void theProbabilitiesAreThoseOfThePredictCommand() {
    for (String photos : List.of("photos", "figures")) {
      ConvoyModel model = photos.equals("photos") ? two : five;
      String file = photos.equals("photos") ? ofTwo : folder.resolve("five/models/tiny").toString();
      Convoy.predict(SPARK, file, trained.at(photos)).writeTo(trained.at("of-" + photos));
      Map<String, Row> wanted = new HashMap<>();
      SPARK
          .read()
          .parquet(trained.at("of-" + photos) + "/predictions.parquet")
          .collectAsList()
          .forEach(row -> wanted.put(row.getAs("path"), row));

      List<Row> rows = model.transform(trained.files(photos)).collectAsList();

      assertEquals(wanted.size(), rows.size());
      for (Row row : rows) {
        String path = row.getAs("path");
        Row command = wanted.get(path.substring(path.indexOf(photos + "/") + photos.length() + 1));
        double[] probabilities = row.<Vector>getAs("probability").toArray();
        for (int label = 0; label < model.numClasses(); label++) {
          float other =
              command
                  .<String, Float>getJavaMap(command.fieldIndex("probabilities"))
                  .get(model.classes()[label]);
          assertEquals(other, probabilities[label], 1e-6, path);
        }
        assertEquals(command.<String>getAs("predicted"), row.<String>getAs("predictedLabel"));
        assertEquals(
            row.<String>getAs("predictedLabel"),
            model.classes()[row.<Double>getAs("prediction").intValue()]);
        assertNull(row.getAs("reason"));
      }
    }
  }

  @Test
  void theRawPredictionIsTheLogarithmOfTheProbability() {
    Row row = five.transform(trained.files("figures")).first();
    double[] raw = row.<Vector>getAs("rawPrediction").toArray();
    double[] probabilities = row.<Vector>getAs("probability").toArray();
    double sum = 0;
    for (int label = 0; label < raw.length; label++) {
      assertEquals(Math.log(probabilities[label]), raw[label], 1e-12);
      sum += probabilities[label];
    }
    assertEquals(1, sum, 1e-5);
  }

  @Test
  void whatCannotBeUsedHasNullsAndAReason() throws IOException {
    byte[] photo = photo();
    byte[] half = Arrays.copyOf(photo, photo.length / 2);
    List<Row> rows =
        two.transform(
                contents(
                    photo, new byte[0], "no photo".getBytes(StandardCharsets.UTF_8), half, null))
            .collectAsList();
    assertNull(rows.get(0).getAs("reason"));
    assertEquals(5, rows.size());
    for (Row row : rows.subList(1, 5)) {
      assertNull(row.getAs("rawPrediction"));
      assertNull(row.getAs("probability"));
      assertNull(row.getAs("prediction"));
      assertNull(row.getAs("predictedLabel"));
      assertTrue(!row.<String>getAs("reason").isEmpty());
    }
    assertEquals("null, and no photo", rows.get(4).getAs("reason"));
  }

  @Test
  void rowsOfBadPhotosAreSkippedWhereThatIsAskedFor() throws IOException {
    Dataset<Row> photos = contents(new byte[0], photo(), null);
    ConvoyModel skipping = two.copy(ParamMap.empty());
    assertEquals(1, skipping.setHandleInvalid("skip").transform(photos).count());
    assertEquals(3, two.transform(photos).count());
    assertThrows(IllegalArgumentException.class, () -> skipping.setHandleInvalid("error"));
  }

  @Test
  void anImageOfSparksSchemaIsPredictedAsItsFileIs() throws IOException {
    BufferedImage drawn = ImageIO.read(photos("photos").get(0).toFile());
    Files.createDirectories(folder.resolve("png"));
    ImageIO.write(drawn, "png", folder.resolve("png/one.png").toFile());
    Dataset<Row> images = SPARK.read().format("image").load(trained.at("png"));

    ConvoyModel ofImages = two.copy(ParamMap.empty());
    Row image = ofImages.setFeaturesCol("image").transform(images).first();
    Row file = two.transform(trained.files("png")).first();

    assertArrayEquals(
        file.<Vector>getAs("probability").toArray(), image.<Vector>getAs("probability").toArray());
    Dataset<Row> grey = images.withColumn("image", col("image").withField("nChannels", lit(1)));
    assertTrue(
        ofImages.transform(grey).first().<String>getAs("reason").contains("bytes"),
        () -> ofImages.transform(grey).first().toString());
    Dataset<Row> none = images.withColumn("image", col("image").withField("mode", lit(-1)));
    assertEquals(
        "no image: Spark could not read it", ofImages.transform(none).first().getAs("reason"));
  }

  @Test
  void aSavedModelIsReadAgainWithItsParamsAndByTheCommands() {
    ConvoyModel set = ConvoyModel.of(ofTwo).setThreshold(0.25).setPredictionCol("class");
    String saved = trained.at("saved");
    assertDoesSave(set, saved);

    ConvoyModel read = ConvoyModel.load(saved);

    assertEquals(set.uid(), read.uid());
    assertEquals(0.25, read.getThreshold());
    assertEquals("class", read.getPredictionCol());
    assertEquals(
        set.transform(trained.files("photos")).drop("content").collectAsList().toString(),
        read.transform(trained.files("photos")).drop("content").collectAsList().toString());
    assertEquals(
        40,
        Convoy.predict(SPARK, saved, trained.at("photos"))
            .writeTo(trained.at("by-saved"))
            .photos());
  }

  private static void assertDoesSave(ConvoyModel model, String path) {
    try {
      model.save(path);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aPipelineWithAModelIsSavedReadAndEvaluated() throws IOException {
    SQLTransformer usable = new SQLTransformer().setStatement("SELECT * FROM __THIS__");
    IndexToString name = new IndexToString().setInputCol("prediction").setOutputCol("name");
    PipelineModel pipeline =
        new Pipeline()
            .setStages(new PipelineStage[] {usable, two, name})
            .fit(trained.files("photos"));
    pipeline.write().overwrite().save(trained.at("pipeline"));

    Dataset<Row> predicted =
        PipelineModel.load(trained.at("pipeline")).transform(labelled(trained.files("photos")));

    assertEquals(
        0, predicted.filter(col("name").notEqual(col("predictedLabel"))).count(), "by metadata");
    double accuracy =
        new MulticlassClassificationEvaluator().setMetricName("accuracy").evaluate(predicted);
    long right = predicted.filter(col("label").equalTo(col("prediction"))).count();
    assertEquals(right / 40.0, accuracy, 1e-12);
    double area = new BinaryClassificationEvaluator().evaluate(predicted);
    assertTrue(area >= 0 && area <= 1, () -> area + "");
    assertTrue(
        new MulticlassClassificationEvaluator().setMetricName("logLoss").evaluate(predicted) > 0);
  }

  @Test
  void labelsThatAreTextAreIndexedByTheClassesOfTheModel() {
    Dataset<Row> named =
        labelled(trained.files("photos"))
            .selectExpr("content", "IF(label = 1, 'cat', 'dog') AS animal");
    Dataset<Row> indexed =
        new StringIndexerModel(two.classes())
            .setInputCol("animal")
            .setOutputCol("index")
            .transform(named);
    assertEquals(0, indexed.filter("(animal = 'cat') != (index = 1.0)").count());
  }

  @Test
  void theThresholdDecidesBetweenTwoClasses() {
    Dataset<Row> photos = trained.files("photos");
    ConvoyModel model = ConvoyModel.of(ofTwo);
    assertEquals(40, model.setThreshold(0).transform(photos).filter("prediction = 1").count());
    assertEquals(40, model.setThreshold(1).transform(photos).filter("prediction = 0").count());
    assertThrows(IllegalArgumentException.class, () -> model.setThreshold(1.5));
  }

  @Test
  void columnsMayBeLeftOutAndKeepTheirOrder() throws IOException {
    ConvoyModel model = ConvoyModel.of(ofTwo).setRawPredictionCol("").setPredictedLabelCol("");
    Dataset<Row> row = model.transform(contents(photo()));
    assertArrayEquals(
        new String[] {"content", "probability", "prediction", "reason"}, row.columns());
    assertEquals(model.transformSchema(CONTENT), row.schema());
  }

  @Test
  void whatOtherColumnsSayOfThemselvesStays() {
    Dataset<Row> photos = trained.files("photos").withColumn("animal", lit("cat"));
    Dataset<Row> indexed =
        new StringIndexerModel(new String[] {"dog", "cat"})
            .setInputCol("animal")
            .setOutputCol("a.b")
            .transform(photos);
    Dataset<Row> predicted = two.transform(indexed);
    assertEquals(indexed.schema().apply("a.b"), predicted.schema().apply("a.b"));
  }

  private static void assertSays(String part, Class<? extends Exception> type, Runnable action) {
    String message = assertThrows(type, action::run).getMessage();
    assertTrue(message.contains(part), message);
    assertEquals(1, message.lines().count(), message);
  }

  @Test
  void mistakesAreToldInALine() {
    Dataset<Row> photos = trained.files("photos");
    Class<IllegalArgumentException> argument = IllegalArgumentException.class;
    assertSays("no column content", argument, () -> two.transform(photos.drop("content")));
    assertSays(
        "content is string",
        argument,
        () -> two.transform(photos.withColumn("content", lit("text"))));
    assertSays(
        "column prediction already",
        argument,
        () -> two.transform(photos.withColumn("prediction", lit(1))));
    assertSays("has 5", argument, () -> five.setThreshold(0.5));
    assertSays(
        "has 5",
        argument,
        () -> five.copy(ParamMap.empty().put(five.threshold().w(0.5))).transform(photos));
    assertSays("no such model", UserException.class, () -> ConvoyModel.of(trained.at("nowhere")));
    assertSays("ConvoyModel.of", UserException.class, () -> ConvoyModel.load(ofTwo));
  }

  @Test
  void aNetworkArrivesAlsoWhereTheSessionSerialisesWithKryo() throws IOException {
    SerializerInstance kryo = new KryoSerializer(new SparkConf()).newInstance();
    var tag = ClassTag$.MODULE$.<SharedNetwork>apply(SharedNetwork.class);
    TrainedNetwork network = two.network();
    SharedNetwork sent = network.send(SPARK.sparkContext()).value();
    SharedNetwork arrived = kryo.deserialize(kryo.serialize(sent, tag), tag);
    assertEquals(SharedNetwork.class, arrived.getClass());
    arrived.take(1, two.scoring()::predictor).close();
  }

  @Test
  void aCopyIsAStageOfItsOwn() {
    ConvoyModel copy = two.copy(ParamMap.empty()).setReasonCol("why");
    assertEquals(two.uid(), copy.uid());
    assertEquals("reason", two.getReasonCol());
    Transformer stage = copy;
    assertTrue(stage.explainParams().contains("handleInvalid: what to do"));
  }

  @Test
  void theFunctionOfSqlGivesTheSame() throws IOException {
    ConvoyFunction.register(SPARK, "convoy_predict", ofTwo);
    two.transform(trained.files("photos")).createOrReplaceTempView("predicted");
    assertEquals(
        40,
        SPARK
            .sql(
                "SELECT convoy_predict(content) AS said, predictedLabel, probability FROM predicted")
            .selectExpr("said.label = predictedLabel AS same", "said.reason IS NULL AS usable")
            .filter("same AND usable")
            .count());
    Row odd =
        SPARK.sql("SELECT convoy_predict(X'00') AS bad, convoy_predict(NULL) AS none").first();
    assertNull(odd.getStruct(0).getAs("label"));
    assertTrue(!odd.getStruct(0).<String>getAs("reason").isEmpty());
    assertEquals("null, and no photo", odd.getStruct(1).getAs("reason"));
    Row one = two.transform(contents(photo())).selectExpr("*", "convoy_predict(content) p").first();
    assertEquals(
        one.<Vector>getAs("probability").toArray()[1],
        one.getStruct(one.fieldIndex("p")).<Double>getList(2).get(1),
        1e-6);
  }

  @Test
  void theFunctionIsThereInSessionsWithTheExtension() {
    SparkSession session = SPARK.newSession();
    SparkSessionExtensions extensions = new SparkSessionExtensions();
    new ConvoyExtensions().apply(extensions);
    extensions.registerFunctions(session.sessionState().functionRegistry());
    String call = "SELECT convoy_predict(X'00').reason";
    assertSays("spark.convoy.model", UserException.class, () -> session.sql(call));
    assertSays(
        "2 arguments", UserException.class, () -> session.sql("SELECT convoy_predict(1, 2)"));
    session.conf().set("spark.convoy.model", ofTwo);
    assertTrue(session.sql(call).first().getString(0).length() > 0);
  }
}
