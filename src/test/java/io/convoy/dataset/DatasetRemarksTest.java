package io.convoy.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.ingest.PhotoFolder;
import io.convoy.settings.SplitSettings.ByShares;
import java.nio.file.Path;
import java.util.List;
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
    return DatasetRemarks.of(Preparation.storage(dataset), manifest);
  }

  @Test
  void aClassWithFewPhotosToMeasureOnIsTold() {
    photos().putAnimals(5, 300);

    assertEquals(
        List.of(
            "validation has 1 photo of cat: metrics on so few mean little",
            "test has 2 photos of cat: metrics on so few mean little"),
        remarks(new ByShares(0.7, 0.15, 0.15)));
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
