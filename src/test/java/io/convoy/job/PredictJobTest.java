package io.convoy.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.cli.Command.Existing;
import io.convoy.cli.Command.SettingsSource;
import io.convoy.cli.Command.Show;
import io.convoy.cli.PredictCommand;
import io.convoy.cli.RunCommand;
import io.convoy.failure.UserException;
import io.convoy.sample.SampleAction;
import io.convoy.settings.Precision;
import io.convoy.spark.SharedSpark;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A tiny network that a run has trained, on the photos of that run and on others. */
class PredictJobTest {
  private static final String MODEL = "run/models/deep";
  private static final int HEIGHT = 16;
  private static final int WIDTH = 20;

  @TempDir static Path folder;
  private static Workplace place;

  @BeforeAll
  static void train() throws IOException {
    place = new Workplace(folder).withPhotos();
    new RunJob(place.context()).run(place.run("run", Workplace.tinySettings()));
    new SampleAction(SharedSpark.session()).drawFigures(place.at("figures"), 60, 12, 1);
    new RunJob(place.context()).run(runOfFigures());
    Files.createDirectories(place.path("unlabelled"));
    List<Path> photos;
    try (Stream<Path> files = Files.list(place.path("photos/cats"))) {
      photos = files.sorted().limit(3).toList();
    }
    for (int i = 0; i < photos.size(); i++) {
      Files.copy(photos.get(i), place.path("unlabelled/IMG_" + i + ".jpg"));
    }
  }

  private static final List<String> FIGURES =
      IntStream.rangeClosed(1, 12).mapToObj("class-%03d"::formatted).toList();

  private static RunCommand runOfFigures() {
    return new RunCommand(
        place.at("figures"),
        place.at("many"),
        Optional.empty(),
        Workplace.settings(
            Map.of(
                "images.classes",
                FIGURES.toString(),
                "architectures.deep.test-time-augmentation",
                "mirror",
                "architectures.wide.test-time-augmentation",
                "mirror")),
        Existing.KEEP);
  }

  private static PredictCommand ofMany(PredictCommand command) {
    return by("many/models/deep", command);
  }

  private static PredictCommand by(String model, PredictCommand command) {
    return new PredictCommand(
        place.at(model),
        command.images(),
        command.out(),
        command.threshold(),
        Optional.of(Precision.FLOAT32),
        OptionalInt.empty(),
        command.settings(),
        command.existing());
  }

  static SettingsSource defaults(Map<String, String> overrides) {
    return new SettingsSource(List.of(), overrides, List.of(), OptionalInt.empty(), Show.NOTHING);
  }

  private static PredictCommand command(String images, String out) {
    return new PredictCommand(
        place.at(MODEL),
        place.at(images),
        Optional.of(place.at(out)),
        OptionalDouble.empty(),
        Optional.of(Precision.FLOAT32),
        OptionalInt.empty(),
        defaults(Map.of()),
        Existing.KEEP);
  }

  private static PredictCommand photo(String image) {
    return new PredictCommand(
        place.at(MODEL),
        place.at(image),
        Optional.empty(),
        OptionalDouble.empty(),
        Optional.of(Precision.FLOAT32),
        OptionalInt.empty(),
        defaults(Map.of()),
        Existing.KEEP);
  }

  private static PredictCommand with(PredictCommand command, double threshold) {
    return new PredictCommand(
        command.model(),
        command.images(),
        command.out(),
        OptionalDouble.of(threshold),
        Optional.of(Precision.FLOAT32),
        OptionalInt.empty(),
        command.settings(),
        command.existing());
  }

  private static String predict(PredictCommand command) {
    Workplace fresh = new Workplace(folder);
    new PredictJob(fresh.context()).run(command);
    return fresh.out();
  }

  private static String predictWithoutSpark(PredictCommand command) {
    Workplace fresh = new Workplace(folder);
    new PredictJob(fresh.contextWithoutSpark()).run(command);
    return fresh.out();
  }

  private static void refused(Executable command, String... told) {
    String message = assertThrows(UserException.class, command).getMessage();
    assertEquals(1, message.lines().count(), message);
    for (String part : told) {
      assertTrue(message.contains(part), message);
    }
  }

  private static List<Row> table(String out, String name) {
    return SharedSpark.session()
        .read()
        .parquet(place.at(out + "/" + name + ".parquet"))
        .collectAsList();
  }

  private static Map<String, Row> predictions(String out) {
    return table(out, "predictions").stream()
        .collect(Collectors.toMap(row -> row.getString(0), row -> row));
  }

  /** Of the network that is tried here. */
  private static List<Row> predictionsOfTheRun() {
    return SharedSpark.session()
        .read()
        .parquet(place.at("run/tables/predictions.parquet"))
        .where("architecture = 'deep'")
        .select("path", "probability", "split")
        .collectAsList();
  }

  /** Not bit for bit: minibatches of another size are summed in another order. */
  private static double probability(Row prediction, String name) {
    return prediction.<String, Float>getJavaMap(prediction.fieldIndex("probabilities")).get(name);
  }

  @Test
  void theProbabilitiesAreThoseOfTheRun() {
    predict(command("photos", "same"));

    Map<String, Row> predictions = predictions("same");
    assertEquals(40, predictions.size());
    List<Row> expected = predictionsOfTheRun();
    assertTrue(expected.size() > 5, expected::toString);
    for (Row row : expected) {
      assertEquals(
          row.getDouble(1),
          probability(predictions.get(row.getString(0)), "cat"),
          1e-6,
          row::toString);
    }
  }

  @Test
  void theProbabilitiesOfManyClassesAreThoseOfTheRun() {
    String told = predict(ofMany(command("figures", "of-many")));

    Map<String, Row> predictions = predictions("of-many");
    assertEquals(60, predictions.size());
    List<Row> expected =
        SharedSpark.session()
            .read()
            .parquet(place.at("many/tables/predictions.parquet"))
            .where("architecture = 'deep'")
            .collectAsList();
    assertTrue(expected.size() > 5, expected::toString);
    for (Row row : expected) {
      Row predicted = predictions.get(row.<String>getAs("path"));
      assertEquals(row.<String>getAs("predicted"), predicted.getAs("predicted"));
      for (String name : FIGURES) {
        assertEquals(probability(row, name), probability(predicted, name), 1e-6, row::toString);
      }
    }
    assertTrue(told.matches("(?s).*/of-many: 60 photos, \\d+ class-0\\d\\d.*; 0 rejected\n"), told);
  }

  @Test
  void aModelThatIsTrainedWithTheMirrorSaysTheSameOfAPhotoAndItsMirrorImage() throws IOException {
    Files.createDirectories(place.path("mirrored"));
    BufferedImage photo = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    BufferedImage mirror = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        int colour = new Color(12 * x, 15 * y, x * y % 256).getRGB();
        photo.setRGB(x, y, colour);
        mirror.setRGB(WIDTH - 1 - x, y, colour);
      }
    }
    ImageIO.write(photo, "png", place.path("mirrored/photo.png").toFile());
    ImageIO.write(mirror, "png", place.path("mirrored/mirror.png").toFile());

    predict(by("many/models/wide", command("mirrored", "of-mirrored")));
    predict(by("run/models/wide", command("mirrored", "of-mirrored-plain")));

    Map<String, Row> same = predictions("of-mirrored");
    for (String name : FIGURES) {
      assertEquals(
          probability(same.get("photo.png"), name),
          probability(same.get("mirror.png"), name),
          1e-6);
    }
    Map<String, Row> plain = predictions("of-mirrored-plain");
    assertNotEquals(
        probability(plain.get("photo.png"), "cat"), probability(plain.get("mirror.png"), "cat"));
  }

  @Test
  void aPhotoOfManyClassesIsToldTheFiveMostProbable() {
    String told = predictWithoutSpark(ofMany(photo("figures/class-001/class-001.0.jpg")));

    assertTrue(
        told.matches(
            "class-001\\.0\\.jpg: (class-0\\d\\d) \\(probability of \\1 0\\.\\d{3}"
                + "(, of class-0\\d\\d 0\\.\\d{3}){4}\\)\n"),
        told);
  }

  @Test
  void aThresholdIsForTwoClassesAlone() {
    refused(
        () -> predictWithoutSpark(ofMany(with(command("figures", "threshold"), 0.5))),
        "--threshold is for a model of two classes; ",
        "many/models/deep has 12, ");
  }

  @Test
  void asManyPhotosAreCalledPositiveAsTheRunsThresholdsSay() {
    predict(command("photos", "called"));

    Row best =
        SharedSpark.session()
            .read()
            .parquet(place.at("run/tables/thresholds.parquet"))
            .join(
                SharedSpark.session()
                    .read()
                    .parquet(place.at("run/tables/metrics.parquet"))
                    .selectExpr("architecture", "validation_best_threshold as threshold"),
                scala.collection.JavaConverters.asScalaBuffer(List.of("architecture", "threshold"))
                    .toSeq())
            .where("architecture = 'deep' and split = 'validation'")
            .select("true_positives", "false_positives")
            .first();
    Map<String, Row> predictions = predictions("called");
    long positive =
        predictionsOfTheRun().stream()
            .filter(row -> row.getString(2).equals("validation"))
            .filter(row -> predictions.get(row.getString(0)).getAs("predicted").equals("cat"))
            .count();
    assertEquals(best.getLong(0) + best.getLong(1), positive);
  }

  @Test
  void theTablesHaveThePromisedColumnsAndTheOrderOfThePaths() throws IOException {
    String told = predict(command("photos", "columns"));

    List<String> lines = Files.readAllLines(place.path("columns/predictions.csv"));
    assertEquals("path,predicted,predicted_probability,probabilities", lines.get(0));
    assertEquals("path,reason,found\n", Files.readString(place.path("columns/rejected.csv")));
    List<String> paths = table("columns", "predictions").stream().map(r -> r.getString(0)).toList();
    assertEquals(paths.stream().sorted().toList(), paths);
    assertEquals(paths, lines.stream().skip(1).map(line -> line.split(",")[0]).toList());
    assertTrue(
        told.matches("(?s).*/columns: 40 photos, \\d+ cat and \\d+ dog .*; 0 rejected\n"), told);
  }

  @Test
  void theProbabilityOfThePredictedClassIsTheOneByItsName() {
    predict(command("photos", "named"));

    for (Row row : table("named", "predictions")) {
      double dog = probability(row, "dog");
      double cat = probability(row, "cat");
      assertEquals(1, dog + cat, 1e-7, row::toString);
      assertEquals(
          row.getAs("predicted").equals("cat") ? cat : dog,
          row.<Double>getAs("predicted_probability"),
          1e-7,
          row::toString);
    }
  }

  @Test
  void photosNeedNoLabelsAndOthersThanPhotosAreRejected() throws IOException {
    Files.createDirectories(place.path("mixed"));
    Files.copy(place.path("unlabelled/IMG_0.jpg"), place.path("mixed/holiday.jpg"));
    Files.writeString(place.path("mixed/page.jpg"), "<html>");

    String told = predict(command("mixed", "mixed-out"));

    assertEquals(1, predictions("mixed-out").size());
    Row rejected = table("mixed-out", "rejected").get(0);
    assertEquals("page.jpg", rejected.getString(0));
    assertTrue(rejected.getString(2).startsWith("6 bytes"), rejected::toString);
    assertTrue(told.contains("1 photo,") && told.contains("1 rejected"), told);
  }

  @ParameterizedTest
  @CsvSource({"0, cat", "1, dog"})
  void aThresholdOnTheCommandLineIsTheOneThatCounts(double threshold, String called) {
    String told = predictWithoutSpark(with(photo("unlabelled/IMG_0.jpg"), threshold));

    assertTrue(
        told.startsWith("IMG_0.jpg: " + called + " (probability of " + called + " 0."), told);
    assertTrue(told.endsWith("; called cat above " + threshold + ")\n"), told);
  }

  @Test
  void onePhotoIsPrintedWithoutSpark() {
    predict(command("unlabelled", "of-all"));
    double probability = probability(predictions("of-all").get("IMG_1.jpg"), "cat");

    String told = predictWithoutSpark(photo("unlabelled/IMG_1.jpg"));

    String number = String.format(java.util.Locale.ROOT, "%.3f", probability);
    assertTrue(told.contains("of cat " + number), told);
    assertEquals(1, told.lines().count(), told);
  }

  @Test
  void onePhotoWithAnOutputIsATableOfOneRow() {
    String told = predict(command("unlabelled/IMG_0.jpg", "one"));

    assertEquals(List.of("IMG_0.jpg"), List.copyOf(predictions("one").keySet()));
    assertEquals(2, told.lines().count(), told);
  }

  @Test
  void onePhotoThatIsNoneIsRefusedWithTheReason() throws IOException {
    Files.writeString(place.path("page.jpg"), "<html>");

    refused(() -> predictWithoutSpark(photo("page.jpg")), "page.jpg cannot be used", "HTML");
  }

  @Test
  void anOutputIsReplacedOnlyWhereThatIsAskedFor() {
    PredictCommand first = command("unlabelled", "twice");
    predict(first);
    refused(() -> predictWithoutSpark(first), "twice is not empty", "--overwrite");

    predict(
        new PredictCommand(
            first.model(),
            place.at("unlabelled/IMG_0.jpg"),
            first.out(),
            first.threshold(),
            Optional.of(Precision.FLOAT32),
            OptionalInt.empty(),
            first.settings(),
            Existing.OVERWRITE));

    assertEquals(1, predictions("twice").size());
  }

  @Test
  void aFolderWithoutAnOutputIsRefused() {
    refused(() -> predictWithoutSpark(photo("unlabelled")), "--out is missing", "unlabelled");
  }

  @Test
  void photosThatAreNotThereAreNamed() {
    refused(
        () -> predictWithoutSpark(command("fotos", "none")), "fotos", "no such folder or photo");
  }

  @Test
  void aFolderWithoutPhotosIsNamed() throws IOException {
    Files.createDirectories(place.path("empty"));

    refused(() -> predictWithoutSpark(command("empty", "none")), "empty", "no image");
  }

  @Test
  void photosOfWhichNoneIsUsableLeaveNoTables() throws IOException {
    Files.createDirectories(place.path("pages"));
    Files.writeString(place.path("pages/1.jpg"), "<html>");

    refused(() -> predict(command("pages", "no-pages")), "None of the images (1)", "1.jpg: ");
    try (Stream<Path> left = Files.list(place.path("no-pages"))) {
      assertEquals(List.of(), left.toList());
    }
  }

  @Test
  void aModelThatIsNotThereIsNamed() {
    PredictCommand wrong = model("run/models/conv");

    refused(() -> predictWithoutSpark(wrong), "run/models/conv", "no such model");
    assertFalse(Files.exists(place.path("none")));
  }

  @Test
  void aFileOfOtherSoftwareIsNoModel() throws IOException {
    Files.writeString(place.path("model.h5"), "HDF");

    refused(() -> predictWithoutSpark(model("model.h5")), "model.h5", "no model of convoy's");
  }

  private static PredictCommand model(String model) {
    return new PredictCommand(
        place.at(model),
        place.at("unlabelled"),
        Optional.of(place.at("none")),
        OptionalDouble.empty(),
        Optional.of(Precision.FLOAT32),
        OptionalInt.empty(),
        defaults(Map.of()),
        Existing.KEEP);
  }

  @ParameterizedTest
  @CsvSource({"unlabelled, the input", "run, the input", "run/models, the input"})
  void noOutputThatWouldDeleteAnInputIsOverwritten(String out, String told) {
    PredictCommand command = command("unlabelled", out);
    refused(
        () ->
            predictWithoutSpark(
                new PredictCommand(
                    command.model(),
                    command.images(),
                    command.out(),
                    command.threshold(),
                    Optional.of(Precision.FLOAT32),
                    OptionalInt.empty(),
                    command.settings(),
                    Existing.OVERWRITE)),
        told);
  }

  @Test
  void aLimitOfThePhotosIsASetting() {
    PredictCommand command = photo("unlabelled/IMG_0.jpg");

    refused(
        () -> predictWithoutSpark(set(command, "images.max-file-bytes")),
        "more bytes than images.max-file-bytes, 10");
  }

  @Test
  void whatTheModelDecidesIsNoSetting() {
    PredictCommand command = photo("unlabelled/IMG_0.jpg");

    refused(
        () -> predictWithoutSpark(set(command, "images.height")), "--set images.height", "model");
  }

  private static PredictCommand set(PredictCommand command, String key) {
    return new PredictCommand(
        command.model(),
        command.images(),
        command.out(),
        command.threshold(),
        Optional.of(Precision.FLOAT32),
        OptionalInt.empty(),
        defaults(Map.of(key, "10")),
        command.existing());
  }

  private static PredictCommand explained(PredictCommand command, int most) {
    return new PredictCommand(
        command.model(),
        command.images(),
        command.out(),
        command.threshold(),
        command.precision(),
        OptionalInt.of(most),
        command.settings(),
        command.existing());
  }

  private static List<String> pictures(String out) throws IOException {
    Path explain = place.path(out).resolve("explain");
    try (Stream<Path> files = Files.walk(explain)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> explain.relativize(file).toString())
          .filter(name -> !name.endsWith(".crc"))
          .sorted()
          .toList();
    }
  }

  @Test
  void theFirstPhotosOfAFolderAreExplainedByPicturesOfTheirOwnShape() throws IOException {
    new PredictJob(place.context()).run(explained(command("unlabelled", "explained"), 2));

    assertEquals(List.of("IMG_0.jpg.png", "IMG_1.jpg.png"), pictures("explained"));
    BufferedImage photo = ImageIO.read(place.path("unlabelled/IMG_0.jpg").toFile());
    BufferedImage picture = ImageIO.read(place.path("explained/explain/IMG_0.jpg.png").toFile());
    double scale = Math.min(1, 480.0 / Math.max(photo.getWidth(), photo.getHeight()));
    assertEquals(Math.round(scale * photo.getWidth()), picture.getWidth());
    assertEquals(Math.round(scale * photo.getHeight()), picture.getHeight());
    assertTrue(place.out().contains("explained/explain: 2 pictures of where deep sees the class"));
  }

  @Test
  void photosThatCannotBeUsedAreNotExplained() throws IOException {
    Files.createDirectories(place.path("some-bad/below"));
    Files.writeString(place.path("some-bad/a.jpg"), "no photo");
    Files.copy(place.path("unlabelled/IMG_0.jpg"), place.path("some-bad/below/b.jpg"));
    new PredictJob(place.context()).run(explained(command("some-bad", "some-explained"), 100));

    assertEquals(List.of("below/b.jpg.png"), pictures("some-explained"));
  }

  @Test
  void onePhotoIsExplainedWhereAFolderIsNamed() throws IOException {
    new PredictJob(place.context())
        .run(explained(ofMany(command("unlabelled/IMG_1.jpg", "one-explained")), 100));

    assertEquals(List.of("IMG_1.jpg.png"), pictures("one-explained"));
    refused(
        () -> predictWithoutSpark(explained(photo("unlabelled/IMG_1.jpg"), 1)),
        "--explain",
        "--out");
  }

  @Test
  void aNetworkWithoutFeatureMapsIsNotExplained() {
    refused(
        () ->
            predictWithoutSpark(
                explained(by("run/models/wide", command("unlabelled", "unexplained")), 1)),
        "run/models/wide",
        "no feature maps",
        "leave --explain out");
    assertFalse(Files.exists(place.path("unexplained")));
  }
}
