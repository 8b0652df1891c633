package io.convoy.predict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.failure.UserException;
import io.convoy.ingest.Packing;
import io.convoy.ingest.PhotoFolder;
import io.convoy.ingest.PhotoListing;
import io.convoy.ingest.PhotoTasks;
import io.convoy.modelfile.ModelCard;
import io.convoy.network.LayersConfiguration;
import io.convoy.network.LayersNetwork;
import io.convoy.network.NetworkBuilder;
import io.convoy.predict.Scoring.Limits;
import io.convoy.progress.Progress;
import io.convoy.report.TableWriter;
import io.convoy.settings.Activation;
import io.convoy.settings.Architecture;
import io.convoy.settings.Layer;
import io.convoy.settings.Loss;
import io.convoy.settings.Optimizer;
import io.convoy.settings.Precision;
import io.convoy.settings.TestTimeAugmentation;
import io.convoy.spark.SharedSpark;
import io.convoy.storage.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScoredFolderTest {
  private static final int HEIGHT = 12;
  private static final int WIDTH = 10;
  private static final ModelCard CARD =
      ModelCard.of(
          "net",
          List.of("dog", "cat"),
          HEIGHT,
          WIDTH,
          0.5,
          "hash",
          "0.1.0",
          "",
          TestTimeAugmentation.NONE,
          1);

  /** All are names of files on a local disk. */
  private static final List<String> HOSTILE =
      List.of(
          " blank before.png",
          "\"quoted\".png",
          "#comment.png",
          "=1+1.png",
          "a, \"b\", c.png",
          "blank behind .png",
          "carriage\rreturn.png",
          "colon:name.png",
          "d/new\nline.png",
          "d/\u00e9\u00fc \u732b \ud83d\udc08.png",
          "percent%20 + [1] {2} *.png",
          "tab\t'single'.png");

  @TempDir Path folder;
  private static MultiLayerNetwork network;

  @BeforeAll
  static void makeANetwork() {
    Architecture architecture =
        new Architecture(
            "net",
            List.of(new Layer.Dense(8, Activation.RELU)),
            Loss.CROSS_ENTROPY,
            new Optimizer.Sgd(0.1),
            2,
            1);
    network =
        new MultiLayerNetwork(
            ((LayersConfiguration) NetworkBuilder.configuration(architecture, 2, HEIGHT, WIDTH, 1))
                .dl4j());
    network.init();
  }

  private PhotoFolder photos(List<String> names) {
    PhotoFolder photos = new PhotoFolder(folder.resolve("photos"));
    for (int i = 0; i < names.size(); i++) {
      photos.put(names.get(i), PhotoFolder.png(20, 16, i));
    }
    return photos;
  }

  private Storage out(String name) {
    Storage out = Storage.at(folder.resolve(name).toString(), new Configuration());
    out.makeFolder();
    return out;
  }

  private ScoredFolder score(PhotoFolder photos, long taskBytes) {
    PhotoTasks files =
        new PhotoTasks(
            SharedSpark.context(),
            PhotoListing.of(photos.storage()),
            Optional.of(new Packing(taskBytes)));
    Scoring scoring =
        Scoring.of(
            CARD,
            Precision.FLOAT32,
            new Decision(CARD.classes(), CARD.threshold()),
            new Limits(10_000, 100_000));
    return ScoredFolder.of(
        SharedSpark.context(), files, scoring, new LayersNetwork(network), Progress.NONE);
  }

  private void write(PhotoFolder photos, Storage out, long taskBytes) {
    try (ScoredFolder scored = score(photos, taskBytes)) {
      scored.writeTables(new TableWriter(out), CARD.classes());
    }
  }

  private static List<Row> parquet(Storage out, String table) {
    return SharedSpark.session()
        .read()
        .parquet(out.child(table + ".parquet").toString())
        .collectAsList();
  }

  private static List<String> pathsInCsv(Storage out) {
    return SharedSpark.session()
        .read()
        .option("header", true)
        .option("multiLine", true)
        .option("escape", "\"")
        .option("lineSep", "\n")
        .csv(out.child("predictions.csv").toString())
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .toList();
  }

  @Test
  void hostileNamesAreTheSameInBothTables() {
    Storage out = out("out");

    write(photos(HOSTILE), out, 1);

    assertEquals(HOSTILE, parquet(out, "predictions").stream().map(r -> r.getString(0)).toList());
    assertEquals(HOSTILE, pathsInCsv(out));
  }

  @Test
  void theNumberOfTasksChangesNothing() {
    PhotoFolder photos = photos(List.of("1.png", "2.png", "3.png", "5.png", "6.png"));
    photos.put("4.png", new byte[] {1});

    write(photos, out("many"), 1);
    write(photos, out("one"), 1 << 30);

    Map<String, Float> ofMany = probabilities(out("many"));
    Map<String, Float> ofOne = probabilities(out("one"));
    assertEquals(5, ofOne.size());
    assertEquals(ofOne.keySet(), ofMany.keySet());
    ofOne.forEach((path, expected) -> assertEquals(expected, ofMany.get(path), 1e-6, path));
    assertEquals(1, parquet(out("one"), "rejected").size());
    assertEquals(parquet(out("one"), "rejected"), parquet(out("many"), "rejected"));
  }

  private static Map<String, Float> probabilities(Storage out) {
    return parquet(out, "predictions").stream()
        .collect(
            Collectors.toMap(
                row -> row.getString(0),
                row -> row.<String, Float>getJavaMap(row.fieldIndex("probabilities")).get("cat")));
  }

  @Test
  void thePhotosAreCountedByWhatTheyAreCalled() {
    PhotoFolder photos = photos(List.of("1.png", "2.png", "3.png")).put("4.png", new byte[0]);

    try (ScoredFolder scored = score(photos, 1 << 30)) {
      ScoredFolder.Counts counts = scored.counts();

      assertEquals(3, counts.scored());
      assertEquals(0, counts.undefined());
      assertEquals(1, counts.rejected());
    }
  }

  @Test
  void whereNoPhotoIsUsableTheFirstAreNamed() {
    PhotoFolder photos = new PhotoFolder(folder.resolve("photos"));
    List.of("a\nb.png", "c.png").forEach(name -> photos.put(name, new byte[] {1}));

    try (ScoredFolder scored = score(photos, 1)) {
      String message = assertThrows(UserException.class, scored::counts).getMessage();

      assertTrue(message.startsWith("None of the images (2) can be used; the first: a?b.png: "));
      assertEquals(1, message.lines().count(), message);
    }
  }

  @Test
  void onlyTheTablesAreLeft() throws IOException {
    Storage out = out("out");

    write(photos(List.of("1.png", "2.png")), out, 1);

    try (Stream<Path> files = Files.list(folder.resolve("out"))) {
      assertEquals(
          List.of("predictions.csv", "predictions.parquet", "rejected.csv", "rejected.parquet"),
          List.copyOf(
              files
                  .map(file -> file.getFileName().toString())
                  .collect(Collectors.toCollection(TreeSet::new))));
    }
  }
}
