package io.convoy.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.convoy.failure.UserException;
import io.convoy.image.ImageLimits;
import io.convoy.image.ImageSize;
import io.convoy.image.PhotoDecoder;
import io.convoy.ingest.PhotoFolder;
import io.convoy.settings.SettingsLoader;
import io.convoy.settings.SplitSettings;
import io.convoy.settings.SplitWay.ByCounts;
import io.convoy.settings.SplitWay.ByShares;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetWriterTest {
  private static final ByShares ALL_TRAINING = new ByShares(1, 0, 0);

  @TempDir Path disk;

  @Test
  void eachRowOfTheIndexHasItsPixelsAndItsLabelAtItsPosition() throws Exception {
    PhotoFolder photos = photos().putAnimals(8, 8);
    Preparation.standard().withRecordsPerShard(3).write(photos, out("out"));
    PhotoDecoder decoder =
        new PhotoDecoder(
            new ImageSize(Preparation.HEIGHT, Preparation.WIDTH),
            new ImageLimits(Preparation.MOST_PIXELS));

    List<Row> rows = Preparation.table(out("out"), "examples");

    assertEquals(16, rows.size());
    for (Row row : rows) {
      byte[] file = Files.readAllBytes(disk.resolve("photos").resolve(row.<String>getAs("path")));
      byte[] record = new byte[Preparation.RECORD_BYTES];
      Preparation.examples(out("out"), Split.of(row.getAs("split")))
          .read(row.<Integer>getAs("position"), record);
      assertEquals(row.<Integer>getAs("label"), (int) record[0]);
      assertArrayEquals(decoder.decode(file), Arrays.copyOfRange(record, 1, record.length));
    }
  }

  @Test
  void shardsAreOfEqualSizeButTheLast() throws IOException {
    Preparation preparation = Preparation.standard().with(ALL_TRAINING).withRecordsPerShard(4);

    Manifest manifest = preparation.write(photos().putAnimals(5, 5), out("out"));

    assertEquals(new SplitCounts(10, List.of(5, 5), 3, 4), manifest.train());
    assertEquals(new SplitCounts(0, List.of(0, 0), 0, 1), manifest.test());
    assertEquals(
        List.of("train-00000.u8 4", "train-00001.u8 4", "train-00002.u8 2"),
        list(out("out").resolve("pixels")).stream()
            .map(
                file ->
                    file.getFileName() + " " + file.toFile().length() / Preparation.RECORD_BYTES)
            .toList());
  }

  @Test
  void theDataSetIsTheSameForAnyNumberOfPartitionsAndInAnyPlace() {
    Preparation preparation = Preparation.standard().withRecordsPerShard(4);
    Manifest here = preparation.write(photos().putAnimals(7, 6), out("here"));
    PhotoFolder elsewhere = new PhotoFolder(disk.resolve("elsewhere")).putAnimals(7, 6);

    Manifest there = preparation.withTaskBytes(1).write(elsewhere, out("there"));

    assertEquals(here.contentHash(), there.contentHash());
    assertEquals(
        Preparation.table(out("here"), "examples"), Preparation.table(out("there"), "examples"));
  }

  @Test
  void aSplitByCountsIsTheSameForAnyNumberOfPartitions() {
    Preparation preparation = Preparation.standard().with(new ByCounts(6, 4));
    PhotoFolder photos = photos().putAnimals(7, 6);
    Manifest one = preparation.write(photos, out("one"));

    Manifest many = preparation.withTaskBytes(1).write(photos, out("many"));

    assertEquals(one, many);
  }

  @Test
  void otherPixelsOrAnotherSplitGiveAnotherContentHash() {
    Preparation preparation = Preparation.standard();
    PhotoFolder photos = photos().putAnimals(4, 4);
    String before = preparation.with(ALL_TRAINING).write(photos, out("before")).contentHash();
    PhotoFolder other =
        new PhotoFolder(disk.resolve("other"))
            .putAnimals(4, 4)
            .put("cat.0.png", PhotoFolder.png(6, 8, 99));

    assertFalse(before.equals(preparation.with(ALL_TRAINING).write(other, out("a")).contentHash()));
    assertFalse(before.equals(preparation.write(photos, out("b")).contentHash()));
  }

  @Test
  void goodImagesUnderOddNamesAreUsed() {
    List<String> names =
        List.of(
            "CAT.1.JPG",
            "cat 2.jpeg",
            "cat.ä#%+&'.jpg",
            "cat.%20.jpg",
            "cat.[1]{2}*?.jpg",
            "cat.12:30.jpg",
            "cats/deep/down/1.jpg",
            "class=dog/1.jpg",
            "dögs/dog.1.jpg");
    PhotoFolder photos = new PhotoFolder(disk.resolve("photos [2024] {a,b} #1 50%"));
    names.forEach(name -> photos.put(name, PhotoFolder.jpeg(6, 8)));

    Preparation.standard().write(photos, out("out"));

    assertEquals(
        names.stream().sorted().toList(),
        Preparation.splits(out("out")).keySet().stream().sorted().toList());
  }

  @Test
  void aPngNamedJpgIsUsed() {
    photos().put("cat.png.jpg", PhotoFolder.png(6, 8, 1)).put("dog.1.jpg", PhotoFolder.jpeg(6, 8));

    Manifest manifest = Preparation.standard().with(ALL_TRAINING).write(photos(), out("out"));

    assertEquals(List.of(1, 1), manifest.train().perClass());
  }

  @Test
  void hiddenFilesAndOtherFilesTakeNoPart() {
    photos()
        .putAnimals(1, 1)
        .put(".cat.1.jpg", new byte[1])
        .put("_temporary/cat.1.jpg", new byte[1])
        .put("@eaDir/cat.1.jpg", new byte[1])
        .put("Thumbs.db", new byte[1]);

    Manifest manifest = Preparation.standard().with(ALL_TRAINING).write(photos(), out("out"));

    assertEquals(2, manifest.train().examples());
    assertEquals(0, manifest.rejected());
  }

  @Test
  void badImagesAreRejectedWithTheirReasonAndWhatWasFound() {
    byte[] jpeg = PhotoFolder.jpeg(60, 80);
    photos()
        .putAnimals(1, 1)
        .put("cat.bomb.png", PhotoFolder.png(101, 100, 1))
        .put("cat.cut.jpg", Arrays.copyOf(jpeg, jpeg.length - 20))
        .put("cat.empty.jpg", new byte[0])
        .put("cat.html.jpg", "<html></html>".getBytes(java.nio.charset.StandardCharsets.UTF_8))
        .put("cat.large.jpg", new byte[100_001])
        .put("dogs/cat.1.jpg", jpeg)
        .put("bird.jpg", "no".getBytes(java.nio.charset.StandardCharsets.UTF_8));

    Manifest manifest =
        Preparation.standard()
            .with(ALL_TRAINING)
            .with(Preparation.images(1))
            .write(photos(), out("out"));

    assertEquals(7, manifest.rejected());
    List<String> rows =
        Preparation.table(out("out"), "rejected").stream()
            .map(
                row ->
                    row.mkString(" | ").replaceAll("^(cat.bomb.*|cat.cut.*|dogs.*) \\| .*", "$1"))
            .toList();
    assertEquals(
        List.of(
            "bird.jpg | no label: neither its name nor its folders name a class"
                + " | 2 bytes that begin with 6E 6F",
            "cat.bomb.png | 100x101 pixels, more than images.max-pixels, 10000",
            "cat.cut.jpg | truncated JPEG: no end-of-image marker",
            "cat.empty.jpg | empty file | 0 bytes",
            "cat.html.jpg | not an image: starts with HTML"
                + " | 13 bytes that begin with 3C 68 74 6D 6C 3E 3C 2F",
            "cat.large.jpg | more bytes than images.max-file-bytes, 100000 | 100001 bytes",
            "dogs/cat.1.jpg | two labels: the name says cat, the folder dog"),
        rows);
  }

  @Test
  void moreBadImagesThanAllowedAreToldAndLeaveNothing() {
    photos().putAnimals(3, 3).put("cat.a.jpg", new byte[0]).put("bird.jpg", new byte[1]);

    UserException e =
        assertThrows(
            UserException.class,
            () -> Preparation.standard().with(Preparation.images(0.2)).write(photos(), out("out")));

    assertEquals(
        "2 of 8 images cannot be used, more than the share of 0.2 that --max-rejected allows; the"
            + " first: bird.jpg: no label: neither its name nor its folders name a class;"
            + " cat.a.jpg: empty file. Mend or remove them, or raise --max-rejected.",
        e.getMessage());
    assertFalse(Files.exists(out("out")));
  }

  @Test
  void asManyBadImagesAsAllowedAreNoError() {
    photos().putAnimals(3, 3).put("cat.a.jpg", new byte[0]).put("bird.jpg", new byte[1]);

    Manifest manifest =
        Preparation.standard()
            .with(ALL_TRAINING)
            .with(Preparation.images(0.25))
            .write(photos(), out("out"));

    assertEquals(2, manifest.rejected());
  }

  @Test
  void anInterruptedWriteLeavesNoManifest() throws IOException {
    Files.createDirectories(out("out"));
    Files.write(out("out").resolve("pixels"), new byte[1]);
    photos().putAnimals(2, 2);

    assertThrows(
        Exception.class,
        () -> Preparation.standard().with(ALL_TRAINING).write(photos(), out("out")));

    assertFalse(Manifest.isIn(Preparation.storage(out("out"))));
  }

  @Test
  void noTemporaryAndNoChecksumFilesAreLeft() throws IOException {
    Preparation.standard().with(ALL_TRAINING).write(photos().putAnimals(2, 2), out("out"));

    try (Stream<Path> files = Files.walk(out("out"))) {
      assertEquals(
          List.of(), files.filter(file -> file.getFileName().toString().startsWith(".")).toList());
    }
  }

  @Test
  void aClassOfWhichNothingCanBeUsedIsToldByName() {
    photos().putAnimals(2, 0).put("dog.1.jpg", new byte[0]);

    UserException e =
        assertThrows(
            UserException.class,
            () -> Preparation.standard().with(Preparation.images(1)).write(photos(), out("out")));

    assertEquals("None of the images of class dog can be used.", e.getMessage());
  }

  @Test
  void eachClassTrainsHoweverSmallTheShareIs() {
    photos().putAnimals(1, 1);

    Manifest manifest =
        Preparation.standard().with(new ByShares(1e-9, 1 - 1e-9, 0)).write(photos(), out("out"));

    assertEquals(List.of(1, 1), manifest.train().perClass());
  }

  @Test
  void aRareClassIsInEachSplit() {
    photos().putAnimals(5, 300);

    Manifest manifest =
        Preparation.standard().with(new ByShares(0.7, 0.15, 0.15)).write(photos(), out("out"));

    assertEquals(
        List.of(2, 1, 2),
        Stream.of(manifest.train(), manifest.validation(), manifest.test())
            .map(counts -> counts.perClass().get(1))
            .toList());
  }

  private PhotoFolder photos() {
    return new PhotoFolder(disk.resolve("photos"));
  }

  private Path out(String name) {
    return disk.resolve(name);
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return new ArrayList<>(files.sorted().toList());
    }
  }

  @Test
  void photosThatComeSplitAreWrittenSoAndCopiesLeftOutOfTraining() {
    photos()
        .put("train/cats/a.png", PhotoFolder.png(6, 8, 1))
        .put("train/cats/copy.png", PhotoFolder.png(6, 8, 2))
        .put("test/cats/b.png", PhotoFolder.png(6, 8, 2))
        .put("val/dogs/c.png", PhotoFolder.png(6, 8, 3))
        .put("train/dogs/d.png", PhotoFolder.png(6, 8, 4));
    SplitSettings split =
        new SettingsLoader()
            .load("split { by = folders, duplicates = remove-from-train }", "my.conf", Map.of())
            .settings()
            .split();

    Manifest manifest = Preparation.standard().with(split).write(photos(), out("out"));

    assertEquals(
        Map.of(
            "train/cats/a.png", "train",
            "train/dogs/d.png", "train",
            "val/dogs/c.png", "validation",
            "test/cats/b.png", "test"),
        Preparation.splits(out("out")));
    assertEquals(1, manifest.leftOut());
    assertEquals(0, manifest.rejected());
  }
}
