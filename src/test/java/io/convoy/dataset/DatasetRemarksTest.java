package io.convoy.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.ingest.PhotoFolder;
import io.convoy.settings.SplitWay.ByShares;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetRemarksTest {
  private static final ByShares ALL_TRAINING = new ByShares(1, 0, 0);

  @TempDir Path disk;

  private PhotoFolder photos() {
    return new PhotoFolder(disk.resolve("photos"));
  }

  private List<String> remarks(ByShares shares) {
    Path dataset = disk.resolve("out");
    Manifest manifest = Preparation.standard().with(shares).write(photos(), dataset);
    return DatasetRemarks.of(Preparation.storage(dataset), manifest, shares);
  }

  @Test
  void aClassWithFewPhotosToMeasureOnIsTold() {
    photos().putAnimals(5, 300);

    assertEquals(
        List.of(
            "validation has few photos of cat (1): metrics on so few mean little",
            "test has few photos of cat (2): metrics on so few mean little"),
        remarks(new ByShares(0.7, 0.15, 0.15)));
  }

  @Test
  void ofAThousandClassesEachSplitIsALineForThoseWithoutPhotosAndOneForThoseWithFew() {
    List<String> classes = IntStream.range(0, 1000).mapToObj("c%d"::formatted).toList();
    List<Integer> half = IntStream.range(0, 1000).mapToObj(label -> label % 2).toList();
    SplitCounts counts = SplitCounts.of(half, 1, 1 << 20);
    SplitCounts none = SplitCounts.of(Collections.nCopies(1000, 0), 1, 1 << 20);
    Manifest manifest =
        new Manifest(
            Manifest.FORMAT,
            "a",
            "b",
            "photos",
            classes,
            4,
            5,
            counts,
            counts,
            none,
            0,
            0,
            "",
            null,
            null,
            null);

    assertEquals(
        List.of(
            "validation has no photo of c0, c2, c4, c6, c8, c10, c12, c14, c16, c18 and 490 others:"
                + " metrics on so few mean little",
            "validation has few photos of c1 (1), c3 (1), c5 (1), c7 (1), c9 (1), c11 (1), c13 (1),"
                + " c15 (1), c17 (1), c19 (1) and 490 others: metrics on so few mean little"),
        DatasetRemarks.of(Preparation.storage(disk), manifest, new ByShares(0.5, 0.5, 0)));
  }

  @Test
  void aSplitThatIsAskedForAndGetsNoPhotoIsTold() {
    photos().putAnimals(1, 1);

    assertEquals(
        List.of(
            "validation has no photo: no class has enough photos, or groups of photos, for all"
                + " splits"),
        remarks(new ByShares(0.7, 0.3, 0)));
  }

  @Test
  void whereNothingIsMeasuredNothingIsTold() {
    photos().putAnimals(2, 2);

    assertEquals(List.of(), remarks(ALL_TRAINING));
  }

  @Test
  void aPhotoUnderTwoLabelsIsToldWithAPair() {
    photos().putAnimals(1, 1).put("dogs/copy.png", PhotoFolder.png(6, 8, 0));

    List<String> remarks = remarks(ALL_TRAINING);

    assertEquals(1, remarks.size());
    assertTrue(
        remarks
            .get(0)
            .startsWith(
                "1 photo is there under two labels, such as cat.0.png and dogs/copy.png (cat and"
                    + " dog)"),
        remarks.get(0));
  }

  @Test
  void copiesAreCountedAndToldWithAPair() {
    photos()
        .putAnimals(1, 1)
        .put("test/cats/a.png", PhotoFolder.png(6, 8, 0))
        .put("train/cats/b.png", PhotoFolder.png(6, 8, 0));

    List<String> remarks = remarks(ALL_TRAINING);

    assertEquals(1, remarks.size());
    assertTrue(
        remarks
            .get(0)
            .startsWith("2 photos are there more than once, such as cat.0.png and test/cats/a.png"),
        remarks.get(0));
  }
}
